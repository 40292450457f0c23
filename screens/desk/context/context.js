// @ts-check
// <sb-context>: the right pane: wrap-up when it is due, the hand-over card, the customer's record, the articles.

import { css, html, nothing } from '../../kit/vendor/lit.js';
import '../../kit/handover-card.js';
import '../../kit/knowledge-search.js';
import { isMine } from '../../kit/lists.js';
import '../../kit/record.js';
import { StoreElement } from '../../kit/store-element.js';
import { icon } from '../../kit/icons.js';
import { base, buttons } from '../../kit/styles.js';
import '../conversation/wrap-up.js';
import { strings } from '../strings.js';

const words = strings.context;

/** Passes on `show-turn`, `insert` and `wrapped-up`; fires `command`. */
export class Context extends StoreElement {
  static styles = [
    base,
    buttons,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 0;
        min-width: 0;
      }
      .pane {
        flex: 1;
        padding: 4px 0 24px;
      }
      details {
        border-bottom: 1px solid var(--line);
      }
      details:last-child {
        border-bottom: 0;
      }
      summary {
        position: sticky;
        top: -4px;
        z-index: 1;
        display: flex;
        align-items: center;
        gap: 8px;
        padding: 11px 16px 9px;
        background: var(--surface);
        cursor: pointer;
        list-style: none;
        font-weight: 650;
      }
      h2 {
        font-size: inherit;
        font-weight: 650;
      }
      summary::-webkit-details-marker {
        display: none;
      }
      summary > .icon:first-child {
        color: var(--ink-faint);
      }
      summary > .icon:last-child {
        margin-inline-start: auto;
        color: var(--ink-faint);
        transition: rotate var(--quick);
      }
      details:not([open]) summary > .icon:last-child {
        rotate: -90deg;
      }
      .body {
        padding: 2px 16px 18px;
      }
      .due {
        border-inline-start: 3px solid var(--warn);
      }
      .quiet {
        color: var(--ink-faint);
      }
      .back {
        display: none;
        margin: 8px 12px 0;
      }
      @media (max-width: 1180px) {
        .back {
          display: inline-flex;
          align-self: flex-start;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.shown = '';
  }

  /** @param {string} selector */
  #focus(selector) {
    const target = /** @type {HTMLElement | null} */ (this.renderRoot.querySelector(selector));
    const details = target?.closest('details');
    if (details) details.open = true;
    target?.focus();
  }

  toWrapUp() {
    this.#focus('sb-wrap-up');
  }

  toSearch() {
    this.#focus('sb-knowledge');
  }

  /** A conversation, or a wrap-up that has come due, starts at the top. */
  updated() {
    const { selectedId, selected } = this.store;
    const shown = `${selectedId} ${selected?.item?.stage === 'wrap_up'}`;
    if (shown !== this.shown) /** @type {HTMLElement} */ (this.renderRoot.querySelector('.pane')).scrollTop = 0;
    this.shown = shown;
  }

  render() {
    const { store } = this;
    const followed = store.selected;
    const item = followed?.item;
    const isWrapUp = item && item.stage === 'wrap_up' && isMine(item, store.me.operator_id);
    return html`<button class="button small plain back" @click=${() => this.tell('command', 'context')}>
        ${icon('back', 15)} ${words.back}
      </button>
      <div class="pane quiet-scroll">
        ${isWrapUp
          ? section(
              'archive',
              words.wrapUp,
              html`<sb-wrap-up .store=${store} .followed=${followed}></sb-wrap-up>`,
              'due',
            )
          : nothing}
        ${followed ? handOver(followed) : nothing} ${followed ? record(followed) : nothing}
        ${section('book', words.knowledge, html`<sb-knowledge></sb-knowledge>`)}
      </div>`;
  }
}

/** @typedef {import('../../kit/followed.js').Followed} Followed */

/** @param {Followed} followed */
const handOver = ({ card, isLoaded }) =>
  section(
    'transfer',
    words.handOver,
    card
      ? html`<sb-handover-card .card=${card}></sb-handover-card>`
      : html`<p class="quiet">${isLoaded ? words.notHandedOver : words.loading}</p>`,
  );

/** @param {Followed} followed */
const record = ({ record, isLoaded }) =>
  section(
    'record',
    words.record,
    record
      ? html`<sb-record .record=${record}></sb-record>`
      : html`<p class="quiet">${isLoaded ? words.noRecord : words.loading}</p>`,
  );

/**
 * @param {import('../../kit/icons.js').IconName} name
 * @param {string} title
 * @param {unknown} body
 * @param {string} [tone]
 */
const section = (name, title, body, tone = '') =>
  html`<details open class=${tone}>
    <summary>
      ${icon(name, 16)}
      <h2>${title}</h2>
      ${icon('chevron', 16)}
    </summary>
    <div class="body">${body}</div>
  </details>`;

customElements.define('sb-context', Context);
