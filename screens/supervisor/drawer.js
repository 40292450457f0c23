// @ts-check
// <sb-drawer>: one conversation, read-only, as it happens; the hand-over card beside its transcript.

import { css, html, nothing } from '../kit/vendor/lit.js';
import '../kit/handover-card.js';
import { customerName } from '../kit/lists.js';
import { StoreElement } from '../kit/store-element.js';
import { icon } from '../kit/icons.js';
import { moodFace } from '../kit/mood.js';
import { base, buttons, parts } from '../kit/styles.js';
import { Ticker } from '../kit/ticker.js';
import { secondsSince, timer } from '../kit/time.js';
import { channelWord, stageWord } from '../kit/words.js';
import '../kit/waterfall.js';
import '../kit/transcript/transcript.js';
import { strings } from './strings.js';

/** @typedef {import('../kit/followed.js').Followed} Followed */

/** Fires `shut`. */
export class Drawer extends StoreElement {
  static properties = { ...StoreElement.properties, turn: { attribute: false }, tab: { state: true } };
  static styles = [
    base,
    buttons,
    parts,
    css`
      :host {
        position: fixed;
        inset: var(--bar, 48px) 0 0 auto;
        z-index: 10;
        display: flex;
        width: min(620px, 100vw);
      }
      aside {
        display: flex;
        flex-direction: column;
        flex: 1;
        min-width: 0;
        border-inline-start: 1px solid var(--line);
        background: var(--ground);
        box-shadow: var(--shadow-3);
        animation: slide var(--calm) var(--ease);
      }
      @keyframes slide {
        from {
          opacity: 0;
          transform: translateX(24px);
        }
      }
      header {
        display: flex;
        align-items: center;
        gap: 8px;
        padding: 12px 10px 8px 20px;
        background: var(--surface);
      }
      h2 {
        display: flex;
        align-items: center;
        gap: 8px;
        font-size: 16px;
        font-weight: 650;
      }
      .tabs {
        display: flex;
        gap: 4px;
        padding: 0 16px;
        border-bottom: 1px solid var(--line);
        background: var(--surface);
      }
      .tabs button {
        padding: 7px 6px 8px;
        border: 0;
        background: none;
        font-weight: 550;
        color: var(--ink-faint);
      }
      .tabs [aria-selected='true'] {
        color: var(--accent);
        box-shadow: inset 0 -2px var(--accent);
      }
      .card {
        flex: 1;
        padding: 16px 20px;
        background: var(--surface);
      }
      .note {
        display: flex;
        align-items: center;
        gap: 8px;
        padding: 9px 20px;
        border-top: 1px solid var(--line);
        background: var(--surface);
        color: var(--ink-faint);
        font-size: var(--text-s);
      }
      .loading {
        flex: 1;
        padding: 24px;
        color: var(--ink-faint);
      }
    `,
  ];

  constructor() {
    super();
    new Ticker(this);
    /** @type {'transcript' | 'card' | 'timing'} */ this.tab = 'transcript';
    /**
     * The turn to bring into sight once the transcript is there.
     * @type {{conversation_id: string, seq: number} | null}
     */
    this.turn = null;
    /** @type {unknown} */ this.shownTurn = null;
  }

  updated() {
    const { turn } = this;
    const followed = this.store.selected;
    if (!turn || turn === this.shownTurn || followed?.id !== turn.conversation_id || !followed.isLoaded) return;
    this.shownTurn = turn;
    void this.#show(turn.seq);
  }

  focus() {
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('aside'))?.focus();
  }

  /** @param {CustomEvent<number>} event */
  #showTurn(event) {
    void this.#show(event.detail);
  }

  /** @param {number} seq */
  async #show(seq) {
    this.tab = 'transcript';
    await this.updateComplete;
    const transcript = /** @type {import('../kit/transcript/transcript.js').Transcript} */ (
      this.renderRoot.querySelector('sb-transcript')
    );
    await transcript.updateComplete;
    transcript.showTurn(seq);
  }

  #shut = () => this.tell('shut');

  render() {
    const followed = this.store.selected;
    const item = followed?.item;
    if (!followed || !item) return this.#loading();
    const timed = followed.log.events.filter(({ data }) => data.kind === 'turn_timed').map(({ data }) => data);
    const tab =
      (this.tab === 'card' && !followed.card) || (this.tab === 'timing' && !timed.length) ? 'transcript' : this.tab;
    return html`<aside
      tabindex="-1"
      aria-label=${strings.conversationWith(customerName(item))}
      data-testid="drawer"
      @show-turn=${this.#showTurn}
    >
      <header>${this.#title(item)} ${this.#downloads(followed.id)}${this.#cross()}</header>
      <div class="tabs" role="tablist">
        ${this.#tab('transcript', strings.transcript, tab)}
        ${followed.card ? this.#tab('card', strings.handOverCard, tab) : nothing}
        ${timed.length ? this.#tab('timing', strings.timing, tab) : nothing}
      </div>
      ${tab === 'card' ? this.#card(followed) : tab === 'timing' ? this.#timing(followed, timed) : this.#said(followed)}
      <p class="note">${icon('lock', 15)} ${strings.readingAlong}</p>
    </aside>`;
  }

  #loading() {
    return html`<aside tabindex="-1">
      <header>
        <h2 class="grow">${strings.conversation}</h2>
        ${this.#cross()}
      </header>
      <p class="loading">${strings.loading}</p>
    </aside>`;
  }

  /** @param {import('../kit/protocol.js').WorkItem} item */
  #title(item) {
    return html`<div class="grow">
      <h2>
        <span class="one-line">${customerName(item)}</span> ${item.is_verified
          ? html`<span class="chip good">${icon('shield', 13)} ${strings.verified}</span>`
          : nothing}
        ${moodFace(item.mood, item.mood_trend)}
      </h2>
      <p class="soft one-line">
        ${stageWord(item.stage)}${item.operator_name ? ` (${item.operator_name})` : ''} · ${channelWord(item.channel)} ·
        ${item.stage === 'closed' ? '' : html`<span class="num">${timer(secondsSince(item.started_at))}</span>`}
      </p>
    </div>`;
  }

  /** @param {string} id */
  #downloads(id) {
    const at = (/** @type {string} */ form) => `/api/conversations/${encodeURIComponent(id)}/transcript?format=${form}`;
    return html`<a class="button small" href=${at('txt')} download>${icon('download', 15)} ${strings.transcript}</a>
      <a class="button small" href=${at('why.txt')} download title=${strings.whyTitle}>${strings.why}</a>`;
  }

  #cross() {
    return html`<button
      class="icon-button"
      aria-label=${strings.close}
      title=${strings.closeKey}
      data-testid="drawer-close"
      @click=${this.#shut}
    >
      ${icon('close')}
    </button>`;
  }

  /** @param {Followed} followed */
  #card({ card }) {
    return html`<div class="card quiet-scroll"><sb-handover-card .card=${card}></sb-handover-card></div>`;
  }

  /** @param {Followed} followed @param {unknown[]} timed the turns whose times are known */
  #timing({ log }, timed) {
    return html`<div class="card quiet-scroll">
      <sb-waterfall .turns=${timed} .texts=${textsOf(log.events)}></sb-waterfall>
    </div>`;
  }

  /** @param {Followed} followed */
  #said({ id, item, log, isLoaded, readByCustomer, isCustomerTyping }) {
    if (!isLoaded || !item) return html`<p class="loading">${strings.loading}</p>`;
    return html`<sb-transcript
      .conversationId=${id}
      .events=${log.events}
      .agentName=${this.store.agentName}
      .customerName=${customerName(item)}
      .readSeq=${readByCustomer}
      .isCustomerTyping=${isCustomerTyping}
    ></sb-transcript>`;
  }

  /** @param {'transcript' | 'card' | 'timing'} id @param {string} name @param {string} shown */
  #tab(id, name, shown) {
    return html`<button
      role="tab"
      aria-selected=${shown === id}
      data-testid="drawer-${id}"
      @click=${() => (this.tab = id)}
    >
      ${name}
    </button>`;
  }
}

/** What the customer said, by sequence number. @param {import('../kit/protocol.js').EventOut[]} events */
const textsOf = (events) =>
  new Map(events.flatMap(({ seq, data }) => (data.kind === 'customer_said' ? [[seq, data.text]] : [])));

customElements.define('sb-drawer', Drawer);
