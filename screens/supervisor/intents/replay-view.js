// @ts-check
// <sb-replay>: what the past days would have looked like with this proposal as an intent.

import { css, html, nothing } from '../../kit/vendor/lit.js';
import { icon } from '../../kit/icons.js';
import { base, buttons, fields, parts } from '../../kit/styles.js';
import { ago } from '../../kit/time.js';
import { counted, interval, percent, points } from './figures.js';
import { InboxElement } from './inbox-element.js';
import { sectionStyles } from './section-styles.js';

/** @typedef {import('./api.js').Replay} Replay */

const FIRST_MOVES = 6;
/** @type {Record<string, string>} */
const steps = {
  read: 'Reading the past',
  encode: 'Understanding what was said',
  compare: 'Comparing before and after',
};

/** Fires `turn-chosen` (detail: conversation_id, seq). */
export class ReplayView extends InboxElement {
  static properties = {
    ...InboxElement.properties,
    detail: { attribute: false },
    days: { state: true },
    isWhole: { state: true },
  };
  static styles = [
    base,
    buttons,
    fields,
    parts,
    sectionStyles,
    css`
      .tiles {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(150px, 1fr));
        gap: 8px;
      }
      .tile {
        display: grid;
        align-content: start;
        gap: 1px;
        padding: 9px 12px 10px;
        border-radius: var(--radius-m);
        background: var(--ground);
      }
      .tile b {
        font-size: 19px;
        font-weight: 650;
        letter-spacing: -0.01em;
      }
      .tile .good {
        color: var(--good);
      }
      .tile .bad {
        color: var(--bad);
      }
      .tile span {
        font-size: var(--text-s);
        color: var(--ink-soft);
      }
      .sheet {
        overflow-x: auto;
      }
      table {
        width: 100%;
        border-collapse: collapse;
      }
      th {
        padding: 4px 10px 4px 0;
        border-bottom: 1px solid var(--line);
        text-align: start;
        font-size: var(--text-s);
        font-weight: 550;
        color: var(--ink-faint);
        white-space: nowrap;
      }
      td {
        padding: 6px 10px 6px 0;
        border-bottom: 1px solid var(--line);
        vertical-align: top;
      }
      tr:last-child td {
        border-bottom: 0;
      }
      td.num {
        text-align: end;
        font-weight: 600;
      }
      th.num {
        text-align: end;
      }
      .said {
        color: var(--ink-soft);
        overflow-wrap: anywhere;
      }
      .turn {
        padding: 0;
        border: 0;
        background: none;
        text-align: start;
        overflow-wrap: anywhere;
      }
      .turn:hover {
        color: var(--accent);
        text-decoration: underline;
      }
      .waiting {
        display: grid;
        gap: 7px;
      }
      progress {
        width: 100%;
        height: 5px;
        accent-color: var(--accent);
      }
      @media (max-width: 760px) {
        thead {
          position: absolute;
          clip-path: inset(50%);
        }
        thead th {
          position: absolute;
        }
        tbody,
        tr,
        table {
          display: block;
        }
        tr {
          display: grid;
          grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) auto;
          gap: 3px 10px;
          padding: 8px 0;
          border-bottom: 1px solid var(--line);
        }
        tr:last-child {
          border-bottom: 0;
        }
        td {
          padding: 0;
          border: 0;
        }
        .to::before {
          content: '→ ';
          color: var(--ink-faint);
        }
        .across {
          grid-column: 1 / -1;
        }
        [data-testid='worst']::before {
          content: 'Worst mistakes';
          font-size: var(--text-s);
          font-weight: 550;
          color: var(--ink-faint);
        }
      }
      .clean {
        display: flex;
        align-items: center;
        gap: 6px;
      }
      .none {
        color: var(--ink-faint);
        font-style: italic;
      }
    `,
  ];

  constructor() {
    super();
    /** @type {import('./api.js').Proposal} */ this.detail;
    this.days = 30;
    this.isWhole = false;
  }

  render() {
    const { inbox, detail } = this;
    const running = inbox.replay?.proposal === detail.id ? inbox.replay.job : null;
    const isFixed = detail.status === 'approved' || detail.status === 'merged';
    return html`<header>
        <h3>What would have happened</h3>
        ${running || isFixed
          ? nothing
          : html`<select
                class="input"
                aria-label="Days to replay"
                data-testid="replay-days"
                @change=${(/** @type {Event} */ event) =>
                  (this.days = Number(/** @type {HTMLSelectElement} */ (event.target).value))}
              >
                ${[7, 30, 90].map(
                  (days) => html`<option value=${days} ?selected=${days === this.days}>last ${days} days</option>`,
                )}
              </select>
              <button
                class="button small ${detail.replay ? '' : 'primary'}"
                data-testid="replay"
                ?disabled=${Boolean(inbox.replay)}
                @click=${() => inbox.runReplay(this.days)}
              >
                ${icon('retry', 15)} ${detail.replay ? 'Replay again' : 'Replay'}
              </button>`}
      </header>
      ${running
        ? html`<div class="waiting" role="status" data-testid="replay-running">
            <p class="soft">${steps[running.step] ?? 'Replaying'}</p>
            <progress max="1" value=${running.share} aria-label="Progress"></progress
            ><button class="button small more" @click=${() => inbox.cancelReplay()}>Stop</button>
          </div>`
        : detail.replay
          ? this.#result(detail.replay)
          : html`<p class="soft">
              ${isFixed
                ? 'It was decided without a replay, or the library has changed since.'
                : 'Not replayed in its present form. A replay shows the turns it would have caught, ' +
                  'which intents would lose some, and the worst mistakes.'}
            </p>`}`;
  }

  /** @param {Replay} replay */
  #result(replay) {
    const { caught, confusion, worst } = replay;
    const taken = confusion
      .filter(({ before, after }) => before !== null && after !== null)
      .reduce((sum, { count }) => sum + count, 0);
    const change = replay.containment_after.value - replay.containment_before.value;
    const moves = this.isWhole ? confusion : confusion.slice(0, FIRST_MOVES);
    return html`<div class="tiles num" data-testid="replay-result">
        <div class="tile">
          <span>Turns it would have caught</span><b data-testid="caught">${caught.part}</b
          ><span>${percent(caught.value)} of ${caught.whole.toLocaleString('en-GB')} (${interval(caught)})</span>
        </div>
        <div class="tile">
          <span>Taken from other intents</span><b class=${taken > caught.part / 3 ? 'bad' : ''}>${taken}</b
          ><span>${taken ? 'see the table' : 'none loses a turn'}</span>
        </div>
        <div class="tile">
          <span>Stay with the agent</span>${replay.containment_before.whole
            ? html`<b class=${change > 0 ? 'good' : change < 0 ? 'bad' : ''}>${points(change)}</b
                ><span
                  >${percent(replay.containment_before.value)} to ${percent(replay.containment_after.value)}
                  (${interval(replay.containment_after)})</span
                >`
            : html`<b>not known</b><span>no conversation has ended yet</span>`}
        </div>
        ${replay.correct_before.whole
          ? html`<div class="tile">
              <span>Right, where a person checked</span
              ><b>${points(replay.correct_after.value - replay.correct_before.value)}</b
              ><span
                >${percent(replay.correct_before.value)} to ${percent(replay.correct_after.value)} of
                ${replay.correct_before.whole}</span
              >
            </div>`
          : nothing}
      </div>
      ${confusion.length
        ? html`<div class="sheet">
              <table data-testid="confusion">
                <thead>
                  <tr>
                    <th scope="col">Was understood as</th>
                    <th scope="col">Would be</th>
                    <th scope="col" class="num">Turns</th>
                    <th scope="col">For instance</th>
                  </tr>
                </thead>
                <tbody>
                  ${moves.map(
                    (move) =>
                      html`<tr>
                        <td>${intentName(move.before_name ?? move.before)}</td>
                        <td class="to">${intentName(move.after_name ?? move.after)}</td>
                        <td class="num">${move.count}</td>
                        <td class="said across" dir="auto">
                          ${move.examples.map((text, at) => html`${at ? html`<br />` : nothing}“${text}”`)}
                        </td>
                      </tr>`,
                  )}
                </tbody>
              </table>
            </div>
            ${confusion.length > moves.length
              ? html`<button class="button small more" @click=${() => (this.isWhole = true)}>
                  Show all ${confusion.length} kinds of change
                </button>`
              : nothing}`
        : html`<p class="soft">Nothing would have been answered differently.</p>`}
      ${worst.length
        ? html`<div class="sheet">
            <table data-testid="worst">
              <thead>
                <tr>
                  <th scope="col">Worst mistakes</th>
                  <th scope="col">Would be</th>
                  <th scope="col">${worst.some(({ intent }) => intent) ? 'Is really' : 'Was'}</th>
                  <th scope="col" class="num">Sure</th>
                </tr>
              </thead>
              <tbody>
                ${worst.map(
                  (one) =>
                    html`<tr>
                      <td class="across">
                        <button
                          class="turn"
                          dir="auto"
                          title="Open the transcript at this turn"
                          @click=${() =>
                            this.tell('turn-chosen', { conversation_id: one.conversation_id, seq: one.seq })}
                        >
                          “${one.text}”
                        </button>
                      </td>
                      <td class="to">${intentName(one.after_name ?? one.after)}</td>
                      <td>${intentName(one.intent ? this.#nameOf(one.intent) : (one.before_name ?? one.before))}</td>
                      <td class="num">${percent(one.probability)}</td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>`
        : html`<p class="clean soft">${icon('check', 15)} No mistake found among the turns whose meaning is known.</p>`}
      <p class="faint">
        ${counted(replay.turns, 'turn')} of the last ${replay.days} days, replayed
        ${ago(replay.at) === 'now' ? 'just now' : `${ago(replay.at)} ago`}. Brackets hold the 95 % interval.
      </p>`;
  }

  /** @param {string} id */
  #nameOf(id) {
    return this.inbox.library?.intents.find((intent) => intent.id === id)?.name ?? id;
  }
}

/** @param {string | null} name */
const intentName = (name) => name ?? html`<span class="none">not understood</span>`;

customElements.define('sb-replay', ReplayView);
