// @ts-check
// <sb-conversation>: the middle of the desk: who it is, what was said, and where to answer.

import { html, nothing } from '../../kit/vendor/lit.js';
import { customerName, isMine } from '../../kit/lists.js';
import { StoreElement } from '../../kit/store-element.js';
import { icon } from '../../kit/icons.js';
import { moodFace } from '../../kit/mood.js';
import { shelf } from '../../kit/remember.js';
import { base, buttons, parts } from '../../kit/styles.js';
import { Ticker } from '../../kit/ticker.js';
import { secondsSince, timer } from '../../kit/time.js';
import { channelWord, stageWord } from '../../kit/words.js';
import '../../kit/transcript/transcript.js';
import './composer.js';
import '../phone/phone-bar.js';
import { conversationStyles } from './conversation-styles.js';
import { strings } from './strings.js';

const kept = shelf('switchboard.desk:');

/** Words being said are told anew every second or two; older ones turned out to be none, and nobody says so. */
const GHOST_MS = 5_000;

/** Fires `command` (detail: name); `show-turn`, `insert` and `write` are methods. */
/** @typedef {{who: 'customer' | 'operator', speakerId: string, name: string, text: string}} Ghost */

export class Conversation extends StoreElement {
  static properties = { ...StoreElement.properties, softphone: { attribute: false }, showsWorkings: { state: true } };
  static styles = [base, buttons, parts, conversationStyles];

  constructor() {
    super();
    new Ticker(this);
    this.showsWorkings = kept.get('workings') ?? true;
    /** @type {import('../phone/softphone.js').Softphone} */ this.softphone;
  }

  /** @returns {import('./composer.js').DeskComposer | null} */
  get #composer() {
    return this.renderRoot.querySelector('sb-desk-composer');
  }

  /** @param {number} seq */
  showTurn(seq) {
    /** @type {import('../../kit/transcript/transcript.js').Transcript | null} */ (
      this.renderRoot.querySelector('sb-transcript')
    )?.showTurn(seq);
  }

  /** @param {string} text */
  insert(text) {
    this.#composer?.insert(text);
  }

  /** @param {'say' | 'note'} mode */
  async write(mode) {
    await this.updateComplete;
    this.#composer?.write(mode);
  }

  toggleWorkings() {
    this.showsWorkings = !this.showsWorkings;
    kept.set('workings', this.showsWorkings);
  }

  render() {
    const { store } = this;
    const followed = store.selected;
    const item = followed?.item;
    if (!followed || !item) return store.selectedId ? loading : this.#empty();
    return html`${this.#header(item)}
    ${item.call
      ? html`<sb-phone-bar .store=${store} .softphone=${this.softphone} .item=${item}></sb-phone-bar>`
      : nothing}
    ${followed.isLoaded
      ? html`<sb-transcript
          .conversationId=${followed.id}
          .events=${followed.log.events}
          .parcels=${store.outbox.parcels}
          .agentName=${store.agentName}
          .customerName=${customerName(item)}
          .me=${store.me.operator_id}
          .readSeq=${followed.readByCustomer}
          .isCustomerTyping=${followed.isCustomerTyping}
          .showsWorkings=${this.showsWorkings}
          .ghosts=${this.#ghosts(item)}
          @retry=${(/** @type {CustomEvent} */ event) => store.outbox.retry(event.detail)}
          @discard=${(/** @type {CustomEvent} */ event) => store.outbox.withdraw(event.detail)}
        ></sb-transcript>`
      : loading}
    ${this.#foot(followed, item)}`;
  }

  /** @param {import('../../kit/protocol.js').WorkItem} item */
  #header(item) {
    const canAct = isMine(item, this.store.me.operator_id) && item.stage !== 'wrap_up';
    return html`<header>
      <button class="icon-button narrow" aria-label=${strings.back} @click=${() => this.tell('command', 'list')}>
        ${icon('back')}
      </button>
      <div class="who grow">
        <h1>
          <span class="one-line" data-testid="customer-name">${customerName(item)}</span> ${item.is_verified
            ? html`<span class="chip good" data-testid="verified">${icon('shield', 13)} ${strings.verified}</span>`
            : html`<span class="chip">${strings.notVerified}</span>`}
          ${moodFace(item.mood, item.mood_trend, 19)}
        </h1>
        ${this.#where(item)}
      </div>
      ${this.#switches()} ${canAct ? this.#verbs(item) : nothing}
    </header>`;
  }

  /** Channel, queue, time, and who else is there. @param {import('../../kit/protocol.js').WorkItem} item */
  #where(item) {
    const { store } = this;
    const viewers = store.followed.get(item.conversation_id)?.viewers ?? [];
    return html`<p class="one-line">
      ${item.is_customer_online ? nothing : html`<span class="warn">${strings.customerAway}</span> · `}
      ${channelWord(item.channel)} · ${store.queueName(item.queue) || store.agentName} ·
      <span class="num">${timer(secondsSince(item.started_at))}</span>${viewers.length
        ? html` · <span data-testid="viewers">${strings.viewers(viewers)}</span>`
        : nothing}
    </p>`;
  }

  /** The agent's workings; the side panel, where the window has no room for it. */
  #switches() {
    return html`<button
        class="icon-button workings"
        aria-pressed=${this.showsWorkings}
        title=${strings.workingsTitle}
        aria-label=${strings.workings}
        data-testid="workings"
        @click=${this.toggleWorkings}
      >
        ${icon('agent')}
      </button>
      <button
        class="icon-button narrow-context"
        title="${strings.context} (Alt+O)"
        aria-label=${strings.context}
        data-testid="show-context"
        @click=${() => this.tell('command', 'context')}
      >
        ${icon('record')}
      </button>`;
  }

  /** What may become of a conversation of mine. @param {import('../../kit/protocol.js').WorkItem} item */
  #verbs(item) {
    const isInCall = item.call && this.softphone.lineOf(item.conversation_id)?.phase === 'live';
    return html`<span class="verbs">
      ${this.#verb('hand-back', 'handBack', 'handBack', strings.handBack, strings.handBackTitle)}
      ${this.#verb('transfer', 'transfer', 'transfer', strings.transfer, strings.transferTitle)}
      ${this.#verb('release', 'release', 'queue', strings.release, strings.releaseTitle)}
      ${isInCall ? nothing : this.#verb('end', 'end', 'close', strings.end, strings.endTitle, 'danger end')}</span
    >`;
  }

  /**
   * @param {string} id for tests
   * @param {string} command
   * @param {import('../../kit/icons.js').IconName} sign
   * @param {string} word
   * @param {string} title
   */
  #verb(id, command, sign, word, title, look = '') {
    return html`<button
      class="button small ${look}"
      data-testid=${id}
      title=${title}
      @click=${() => this.tell('command', command)}
    >
      ${icon(sign, 15)}<span class="word">${word}</span>
    </button>`;
  }

  connectedCallback() {
    super.connectedCallback();
    this.softphone.addEventListener('change', this.#looked);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.softphone.removeEventListener('change', this.#looked);
  }

  #looked = () => this.requestUpdate();

  /**
   * What is being said right now, before it is final.
   * @param {import('../../kit/protocol.js').WorkItem} item
   * @returns {Ghost[]}
   */
  #ghosts(item) {
    const { captions = {} } = this.softphone.lineOf(item.conversation_id) ?? {};
    /** @param {import('../../voice/line.js').Caption} caption @returns {Ghost | Ghost[]} */
    const ghost = ({ speaker, legId, name, text, isFinal, at }) => {
      if (speaker === 'agent' || isFinal || !text || performance.now() - at > GHOST_MS) return [];
      if (speaker === 'customer') return { who: speaker, speakerId: '', name: strings.customer, text };
      const isMe = legId === this.store.me.operator_id;
      return { who: speaker, speakerId: legId, name: isMe ? strings.you : name || strings.colleague, text };
    };
    return Object.values(captions).flatMap(ghost);
  }

  /**
   * @param {import('../../kit/followed.js').Followed} followed
   * @param {import('../../kit/protocol.js').WorkItem} item
   */
  #foot(followed, item) {
    const { store } = this;
    const mine = isMine(item, store.me.operator_id);
    if (mine && item.stage === 'wrap_up')
      return html`<p class="foot warn">
        ${icon('archive', 17)} <span class="grow">${strings.isOver}</span>
        <button class="button small" @click=${() => this.tell('command', 'wrapUp')}>${strings.toWrapUp}</button>
      </p>`;
    if (mine) return html`<sb-desk-composer .store=${store} .followed=${followed}></sb-desk-composer>`;
    if (item.stage === 'queued')
      return html`<p class="foot">
        ${icon('queue', 17)} <span class="grow">${strings.waitingIn(store.queueName(item.queue))}</span>
        <button class="button small primary" data-testid="pick-open" @click=${() => store.pick(item.conversation_id)}>
          ${strings.take}
        </button>
      </p>`;
    return html`<p class="foot">
      ${icon('lock', 17)}
      <span class="grow">${strings.readAlong(stageWord(item.stage), item.operator_name)}</span>
    </p>`;
  }

  #empty() {
    const { me, isLoaded, waiting } = this.store;
    if (!isLoaded) return loading;
    const isHere = me.presence === 'available';
    const words = strings.empty;
    return html`<div class="empty">
      ${jacks}
      <h1>${isHere ? words.ready : words.notReady}</h1>
      <p>${isHere ? words.readyHint : words.notReadyHint}</p>
      ${isHere
        ? nothing
        : html`<button
            class="button primary"
            data-testid="go-available"
            @click=${() => this.tell('command', 'available')}
          >
            ${words.becomeAvailable}
          </button>`}
      ${waiting.length ? html`<p class="soft">${words.waiting(waiting.length)}</p>` : nothing}
    </div>`;
  }
}

const loading = html`<div class="loading" role="status" aria-label=${strings.loading}>
  <i></i><i class="end"></i><i></i>
</div>`;

/** A board of jacks with one cord plugged in. */
const jacks = html`<svg
  class="jacks"
  viewBox="0 0 220 100"
  width="220"
  height="100"
  fill="none"
  stroke="currentColor"
  aria-hidden="true"
>
  ${[20, 65, 110, 155, 200].map((x) =>
    [20, 60].map(
      (y) =>
        html`<svg x=${x - 9} y=${y - 9} width="18" height="18" viewBox="0 0 18 18">
          <circle cx="9" cy="9" r="7" stroke-width="2" opacity=".3" />
          <circle cx="9" cy="9" r="2" fill="currentColor" stroke="none" opacity=".3" />
        </svg>`,
    ),
  )}
  <path d="M65 20 C65 98 155 98 155 60" stroke="var(--accent)" stroke-width="3" stroke-linecap="round" />
  <circle cx="65" cy="20" r="5" fill="var(--accent)" stroke="none" />
  <circle cx="155" cy="60" r="5" fill="var(--accent)" stroke="none" />
</svg>`;

customElements.define('sb-conversation', Conversation);
