// @ts-check
// <sb-proposal-list>: the proposals of one status, best first; press one, or step with J and K.

import { css, html, nothing, repeat } from '../../kit/vendor/lit.js';
import { icon } from '../../kit/icons.js';
import { base, buttons, fields, parts } from '../../kit/styles.js';
import { dayAndClock } from '../../kit/time.js';
import { strings as shared } from '../strings.js';
import { badgesOf } from './badges.js';
import { chartStyles } from './charts-styles.js';
import { dayBars } from './charts.js';
import { InboxElement } from './inbox-element.js';
import { strings } from './strings.js';

export class ProposalList extends InboxElement {
  static styles = [
    base,
    buttons,
    fields,
    parts,
    chartStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 0;
      }
      .filters {
        display: flex;
        gap: 6px;
        padding: 0 14px 10px;
      }
      .filters .input {
        min-height: 30px;
        padding-block: 3px;
      }
      ol {
        flex: 1;
        min-height: 0;
        border-top: 1px solid var(--line);
        outline: 0;
      }
      .row {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 3px 12px;
        width: 100%;
        padding: 10px 14px 11px;
        border: 0;
        border-bottom: 1px solid var(--line);
        background: none;
        text-align: start;
      }
      .row:hover {
        background: var(--hover);
      }
      .row[aria-current='true'] {
        background: var(--accent-soft);
        box-shadow: inset 3px 0 var(--accent);
      }
      .row:focus-visible {
        outline-offset: -2px;
      }
      .row b {
        font-weight: 600;
        text-align: match-parent;
      }
      .row .bars {
        grid-row: span 2;
        align-self: center;
        width: 72px;
      }
      .badges {
        grid-column: 1 / -1;
        display: flex;
        flex-wrap: wrap;
        gap: 4px;
        min-width: 0;
      }
      .badges:empty {
        display: none;
      }
      .chip.note {
        background: var(--note-soft);
        color: var(--note);
      }
      [aria-current='true'] .chip:not(.warn, .bad, .note) {
        background: var(--surface);
      }
      .meta {
        font-size: var(--text-s);
        color: var(--ink-faint);
      }
      .nothing {
        display: grid;
        justify-items: center;
        gap: 8px;
        padding: 44px 26px;
        text-align: center;
        color: var(--ink-soft);
      }
      .nothing .icon {
        color: var(--ink-faint);
      }
      .bone {
        height: 66px;
        margin: 0 14px;
        border-bottom: 1px solid var(--line);
        background:
          linear-gradient(var(--sunken), var(--sunken)) 0 16px / 62% 11px no-repeat,
          linear-gradient(var(--sunken), var(--sunken)) 0 38px / 40% 9px no-repeat;
        animation: breathe 1.4s ease-in-out infinite alternate;
      }
      @keyframes breathe {
        to {
          opacity: 0.45;
        }
      }
    `,
  ];

  /**
   * Put the focus on a row, or where there is none on the list itself: not on a field, which would take the keys.
   * @param {string | null} id
   */
  focusRow(id) {
    const row = [...this.renderRoot.querySelectorAll('.row')].find(
      (one) => /** @type {HTMLElement} */ (one).dataset.id === id,
    );
    const place = /** @type {HTMLElement | null} */ (row ?? this.renderRoot.querySelector('.row, ol'));
    place?.focus({ preventScroll: true });
    place?.scrollIntoView({ block: 'nearest' });
  }

  render() {
    return html`<div class="filters">${this.#statuses()} ${this.#lines()}</div>
      <ol class="quiet-scroll" tabindex="-1" aria-label=${strings.proposals} data-testid="proposals">
        ${this.inbox.isLoaded ? this.#rows() : nothing} ${this.#instead()}
      </ol>`;
  }

  #statuses() {
    const { inbox } = this;
    return html`<select
      class="input"
      aria-label=${strings.which}
      data-testid="status"
      @change=${(/** @type {Event} */ event) => inbox.show(/** @type {HTMLSelectElement} */ (event.target).value)}
    >
      ${Object.entries(strings.statuses).map(
        ([id, name]) =>
          html`<option value=${id} ?selected=${id === inbox.status}>
            ${name}${inbox.counts[id] ? ` (${inbox.counts[id]})` : ''}
          </option>`,
      )}
    </select>`;
  }

  #lines() {
    const lines = this.inbox.library?.lines_of_business ?? [];
    if (lines.length < 2) return nothing;
    return html`<select class="input" aria-label=${shared.lineOfBusiness} data-testid="line" @change=${this.#lined}>
      <option value="">${shared.everyLine}</option>
      ${lines.map((line) => html`<option ?selected=${line === this.inbox.line}>${line}</option>`)}
    </select>`;
  }

  #rows() {
    return repeat(
      this.inbox.shown,
      ({ id }) => id,
      (row) => html`<li>${this.#row(row)}</li>`,
    );
  }

  /** What stands there while there are no rows. */
  #instead() {
    const { inbox } = this;
    if (inbox.isLoaded) return inbox.shown.length ? nothing : html`<li>${this.#nothing()}</li>`;
    return inbox.problem ? nothing : [0, 1, 2, 3].map(() => html`<li class="bone" aria-hidden="true"></li>`);
  }

  /** @param {Event} event */
  #lined = (event) => {
    this.inbox.line = /** @type {HTMLSelectElement} */ (event.target).value;
    this.inbox.changed();
  };

  /** @param {import('./api.js').Row} row */
  #row(row) {
    const when =
      row.status === 'snoozed' && row.snoozed_until
        ? strings.back(dayAndClock(row.snoozed_until))
        : row.decided_at
          ? `${row.decided_by ?? ''} · ${dayAndClock(row.decided_at)}`
          : strings.thisWeek(row.this_week);
    return html`<button
      class="row"
      aria-current=${row.id === this.inbox.selectedId}
      data-testid="proposal"
      data-id=${row.id}
      @click=${() => this.inbox.select(row.id)}
    >
      <b class="one-line" dir="auto" title=${row.name}>${row.name}</b>${dayBars(row.per_day, { width: 72, height: 26 })}
      <span class="meta one-line num">${shared.conversations(row.conversations)} · ${when}</span>
      <span class="badges">${badgesOf(row)}</span>
    </button>`;
  }

  #nothing() {
    const { inbox } = this;
    if (inbox.line && inbox.rows.length) return html`<p class="nothing">${strings.nothingIn(inbox.line)}</p>`;
    if (inbox.status !== 'pending') return html`<p class="nothing">${strings.empty[inbox.status]}</p>`;
    const isOff = inbox.discovery?.lines.every((line) => !line.is_on);
    const waiting = inbox.discovery?.waiting ?? 0;
    return html`<div class="nothing" data-testid="inbox-empty">
      ${icon('inbox', 34)}<b>${strings.nothingToReview}</b>
      <p>
        ${isOff ? strings.allOff : waiting ? strings.turnsWait(waiting, shared.turns(waiting)) : strings.howItFills}
      </p>
    </div>`;
  }
}

customElements.define('sb-proposal-list', ProposalList);
