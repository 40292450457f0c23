// @ts-check
// The list of messages: keeps its end in sight, says new ones to screen readers, offers choices and the summary card.

import { LitElement, html, nothing, repeat } from '../../kit/vendor/lit.js';
import { icon } from '../../kit/icons.js';
import { richText } from '../../kit/rich-text.js';
import { StickToEnd } from '../../kit/stick-to-end.js';
import { base, buttons, fields } from '../../kit/styles.js';
import { Ticker } from '../../kit/ticker.js';
import { clock } from '../../kit/time.js';
import { linesOf } from './lines.js';
import { logStyles } from './log-styles.js';
import { summaryCard } from './summary-card.js';
import { strings } from '../strings.js';

/** Fires `choose` (detail: text), `confirm`, `change-card`, `retry` and `edit` (detail: client id). */
export class ChatLog extends LitElement {
  static properties = { session: { attribute: false }, version: { type: Number } };
  static styles = [base, buttons, fields, logStyles];

  constructor() {
    super();
    new Ticker(this);
    /** @type {import('../session.js').ChatSession} */ this.session;
    /** Raised by the shell with every change of the session. */
    this.version = 0;
    this.end = new StickToEnd(this);
  }

  /** @param {string} name @param {unknown} [detail] */
  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  render() {
    const { session } = this;
    const lines = linesOf(session);
    this.end.newest(lines.at(-1)?.key ?? '');
    const mine = lines.filter((line) => line.kind === 'bubble' && line.who === 'customer').at(-1);
    return html`
      <div
        class="scroller quiet-scroll"
        tabindex="0"
        role="log"
        aria-live="polite"
        aria-relevant="additions"
        aria-label=${strings.log}
        data-testid="chat-log"
      >
        <div class="lines">
          ${session.isNotRestored ? html`<p class="notice">${strings.notRestored}</p>` : nothing}
          ${session.isWelcomed || lines.length ? nothing : skeleton}
          ${repeat(
            lines,
            (line) => line.key,
            (line) => (line.kind === 'bubble' ? this.#bubble(line, line === mine) : divider(line)),
          )}
        </div>
      </div>
      ${session.typing ? typing(session.typing) : nothing}
      ${this.end.hasNewBelow
        ? html`<button class="new-below" @click=${this.end.toEnd}>${icon('chevron', 16)} ${strings.newBelow}</button>`
        : nothing}
    `;
  }

  /** @param {import('./lines.js').Bubble} line @param {boolean} isMyLast */
  #bubble(line, isMyLast) {
    const failed = line.parcel?.state === 'failed';
    // Its spaces are kept, so there are none but the text's own.
    const look = `bubble ${line.parcel ? 'pending' : ''} ${failed ? 'failed' : ''}`;
    return html`<div
      class="turn ${line.who} ${line.isFirst ? 'first' : ''}"
      data-key=${line.key}
      data-testid="message"
      data-who=${line.who}
      data-seq=${line.seq || nothing}
    >
      ${line.isFirst ? this.#byline(line) : nothing}
      ${line.text ? html`<div class=${look} dir="auto">${richText(line.text)}</div>` : nothing}
      ${line.sources.length ? sources(line.sources) : nothing} ${line.card ? this.#card(line.card) : nothing}
      ${line.choices.length ? this.#choices(line.choices) : nothing}
      ${failed ? this.#failure(/** @type {import('../../kit/outbox.js').Parcel} */ (line.parcel)) : nothing}
      ${!failed && (isMyLast || line.isLast)
        ? html`<p class="meta">
            <time datetime=${line.at}>${clock(line.at)}</time> ${isMyLast ? this.#delivery(line) : nothing}
          </p>`
        : nothing}
    </div>`;
  }

  /** @param {import('./lines.js').SummaryCard} card */
  #card(card) {
    return summaryCard(card, {
      confirm: () => this.#tell('confirm'),
      change: () => this.#tell('change-card'),
    });
  }

  /** @param {string[]} choices */
  #choices(choices) {
    return html`<div class="choices">
      ${choices.map(
        (choice) =>
          html`<button class="choice" dir="auto" data-testid="choice" @click=${() => this.#tell('choose', choice)}>
            ${choice}
          </button>`,
      )}
    </div>`;
  }

  /** @param {import('./lines.js').Bubble} line */
  #byline({ who, name }) {
    if (who === 'customer') return html`<p class="sr-only">${strings.you}</p>`;
    const mark = who === 'agent' ? html`<span class="ai">${icon('agent', 13)} ${strings.ai}</span>` : nothing;
    return html`<p class="byline"><b>${name}</b> ${mark}</p>`;
  }

  /** @param {import('./lines.js').Bubble} line */
  #delivery({ parcel, seq }) {
    const { session } = this;
    const [name, mark] = parcel
      ? [session.socket.state === 'live' ? strings.sending : strings.queuedHere, icon('clock', 13)]
      : seq <= session.readByOperator
        ? [strings.read, icon('checks', 13)]
        : [strings.sent, icon('check', 13)];
    return html`<span class="delivery" data-testid="delivery">${mark} ${name}</span>`;
  }

  /** @param {import('../../kit/outbox.js').Parcel} parcel */
  #failure({ clientId, why }) {
    return html`<p class="failure" role="alert" data-testid="not-sent">
      ${icon('alert', 14)} <span>${strings.notSent} ${why}</span>
      <button @click=${() => this.#tell('retry', clientId)} data-testid="retry">${strings.retry}</button>
      <button @click=${() => this.#tell('edit', clientId)}>${strings.edit}</button>
    </p>`;
  }
}

/** @param {import('./lines.js').Divider} line */
const divider = ({ kind, key, text }) =>
  html`<p class="notice" data-key=${key} data-testid=${kind}><span dir="auto">${text}</span></p>`;

/** @param {string} name */
const typing = (name) =>
  html`<p class="typing" data-testid="typing">
    <span class="dots" aria-hidden="true"><i></i><i></i><i></i></span> ${strings.typing(name)}
  </p>`;

/** The articles an answer came from, each once. @param {import('../../kit/protocol.js').Source[]} sources */
const sources = (sources) =>
  html`<p class="sources">
    ${icon('source', 14)} ${strings.from}: ${[...new Set(sources.map(({ title }) => title))].join(', ')}
  </p>`;

const skeleton = html`<div class="skeleton" aria-hidden="true"><i></i><i></i></div>`;

customElements.define('switchboard-chat-log', ChatLog);
