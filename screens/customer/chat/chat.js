// @ts-check
// <switchboard-chat>: the button in the corner and the panel behind it. Any site embeds it; see
// docs/howto/embed-the-chat.md.

import { LitElement, html, nothing } from '../../kit/vendor/lit.js';
import { icon } from '../../kit/icons.js';
import { base, buttons } from '../../kit/styles.js';
import '../call/call-panel.js';
import './chat-log.js';
import './composer.js';
import { CustomerCall } from '../call/customer-call.js';
import { panelStyles } from '../panel-styles.js';
import { panelHeader } from '../panel-header.js';
import { followViewport, isPhone } from '../call/phone.js';
import { ChatSession } from '../session.js';
import { transcriptText } from './lines.js';
import { language } from '../../kit/language.js';
import { timer } from '../../kit/time.js';
import { waitingBanner } from './waiting-banner.js';
import { strings } from '../strings.js';

const HOME = new URL('/', import.meta.url).origin;

export class SwitchboardChat extends LitElement {
  static properties = {
    server: { type: String },
    open: { type: Boolean, reflect: true },
    isMenuOpen: { state: true },
    isEnding: { state: true },
    isChanging: { state: true },
    version: { state: true },
  };
  static styles = [base, buttons, panelStyles];

  constructor() {
    super();
    this.server = HOME;
    this.open = false;
    this.isMenuOpen = false;
    this.isEnding = false;
    /** The customer pressed "Change something" on the summary. */
    this.isChanging = false;
    this.version = 0;
    this.isStarted = false;
    /** @type {(() => void) | undefined} */ this.leaveViewport = undefined;
  }

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#look);
    if (this.session) return;
    this.session = new ChatSession(new URL(this.server, HOME).origin, preChatOf(this));
    this.session.addEventListener('change', () => {
      this.version += 1;
      this.#look();
    });
    this.customerCall = new CustomerCall(this.session);
    this.customerCall.addEventListener('change', () => (this.version += 1));
    this.session.addEventListener('draft', (event) => {
      const { text, why } = /** @type {CustomEvent} */ (event).detail;
      this.#composer?.fill(text, why);
    });
    if (this.session.keptInTab.get('open')) this.open = true;
    if (this.session.hasEarlier || this.open) this.#start();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#look);
    this.leaveViewport?.();
  }

  /** Open the panel. */
  show() {
    this.open = true;
  }

  /** Close the panel; the conversation goes on. */
  hide() {
    this.open = false;
  }

  /** Open the panel and call, from a press. */
  async call() {
    this.#call.begin();
    this.open = true;
    await this.updateComplete;
    // The button that was pressed is gone; the call's keys need the focus inside.
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('.panel'))?.focus();
  }

  /** Open the panel and say `text` for the customer. @param {string} text */
  ask(text) {
    this.#start();
    if (this.#session.hasEnded) this.#session.startOver();
    this.#session.say(text);
    this.open = true;
  }

  /** @returns {ChatSession} */
  get #session() {
    return /** @type {ChatSession} */ (this.session);
  }

  /** @returns {CustomerCall} */
  get #call() {
    return /** @type {CustomerCall} */ (this.customerCall);
  }

  /** @returns {import('../call/call-panel.js').CallPanel | null} */
  get #callPanel() {
    return this.renderRoot?.querySelector('switchboard-call');
  }

  /** @returns {import('./composer.js').ChatComposer | null} */
  get #composer() {
    return this.renderRoot?.querySelector('switchboard-chat-composer');
  }

  #start() {
    if (this.isStarted) return;
    this.isStarted = true;
    this.#session.start();
  }

  /** An open panel in a visible tab is read; otherwise new messages count as unread. */
  #look = () => {
    if (!this.open || document.visibilityState !== 'visible') return;
    this.#session.tellRead();
    this.#session.kept.set('seen', [this.#session.conversationId, this.#session.log.lastSeq]);
  };

  get #unread() {
    const [id, seen] = this.#session.kept.get('seen') ?? [];
    const from = id === this.#session.conversationId ? seen : 0;
    return this.#session.log.events.filter(({ seq, data }) => seq > from && /^(agent|operator)_said$/.test(data.kind))
      .length;
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    if (!changed.has('open') || (changed.get('open') === undefined && !this.open)) return;
    this.#session.keptInTab.set('open', this.open || null);
    if (this.open) this.#opened();
    else this.#closed();
    this.dispatchEvent(
      new CustomEvent('switchboard-toggle', { detail: { open: this.open }, bubbles: true, composed: true }),
    );
  }

  async #opened() {
    // A call begins its own conversation, which the chat follows then.
    if (!this.#call.isOpen || this.#session.hasEarlier) this.#start();
    this.leaveViewport = followViewport(this);
    this.#composer?.fill(this.#session.keptInTab.get('draft') ?? '');
    this.#look();
    await this.updateComplete;
    // On a phone the keyboard would cover the greeting: the panel takes the focus, not the field.
    if (isPhone() || this.#call.isOpen) /** @type {HTMLElement} */ (this.renderRoot.querySelector('.panel')).focus();
    else this.#composer?.focus();
  }

  async #closed() {
    this.leaveViewport?.();
    this.isMenuOpen = false;
    this.isEnding = false;
    await this.updateComplete;
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('.launcher'))?.focus();
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    if (!isWriting(event) && this.#callPanel?.keyed(event)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    if (this.isMenuOpen) this.isMenuOpen = false;
    else if (this.isEnding) this.isEnding = false;
    else this.hide();
  }

  /** @param {CustomEvent<string>} event */
  #say(event) {
    this.isChanging = false;
    this.#session.say(event.detail);
  }

  #chatInstead() {
    this.#call.dismiss();
    this.#start();
  }

  #changeCard() {
    this.isChanging = true;
    this.#composer?.focus();
  }

  /** @param {CustomEvent<string>} event */
  #edit(event) {
    const parcel = this.#session.outbox.withdraw(event.detail);
    this.#composer?.fill(parcel?.text ?? '');
    this.#composer?.focus();
  }

  #download() {
    const file = new Blob([transcriptText(this.#session)], { type: 'text/plain;charset=utf-8' });
    const link = Object.assign(document.createElement('a'), {
      href: URL.createObjectURL(file),
      download: strings.file.name,
    });
    link.click();
    URL.revokeObjectURL(link.href);
    this.isMenuOpen = false;
  }

  #end() {
    this.isEnding = false;
    this.#session.end();
  }

  render() {
    return html`<link
        rel="stylesheet"
        href="${HOME}/static/kit/tokens.css"
        @load=${() => this.setAttribute('ready', '')}
      />
      ${this.open ? this.#panel() : this.#launcher()}`;
  }

  #launcher() {
    if (this.#call.isOpen) return this.#inCall();
    const unread = this.#unread;
    const words = unread ? strings.launcherUnread(unread) : strings.launcher;
    return html`<button
      class="launcher"
      data-testid="launcher"
      aria-label=${words}
      title=${words}
      aria-expanded="false"
      @click=${this.show}
    >
      ${icon('chat', 27)}
      ${unread
        ? html`<span class="badge" data-testid="unread" aria-hidden="true">${unread > 9 ? '9+' : unread}</span>`
        : nothing}
    </button>`;
  }

  /** A call goes on behind the closed panel. */
  #inCall() {
    const { since = 0 } = this.#call.line ?? {};
    const words = strings.call.launcher(since ? timer((Date.now() - since) / 1000) : '');
    return html`<button
      class="launcher in-call"
      data-testid="launcher"
      aria-label=${words}
      title=${words}
      aria-expanded="false"
      @click=${this.show}
    >
      ${icon('phone', 27)}
    </button>`;
  }

  #panel() {
    const session = this.#session;
    const { line } = this.#call;
    const isTalking = this.isStarted || session.isWelcomed || !line;
    return html`<section
      class="panel"
      role="dialog"
      aria-modal=${isPhone()}
      tabindex="-1"
      lang=${language}
      aria-label=${strings.title(session.brand)}
      data-testid="panel"
      data-stage=${session.stage}
      @keydown=${this.#pressed}
    >
      ${this.#header()} ${line ? this.#callOf(line, !isTalking) : nothing} ${this.#connection()}
      ${isTalking ? this.#talk() : nothing}
    </section>`;
  }

  #header() {
    return panelHeader(this.#session, this.isMenuOpen, {
      menu: () => (this.isMenuOpen = !this.isMenuOpen),
      close: () => this.hide(),
      download: () => this.#download(),
      end: () => Object.assign(this, { isMenuOpen: false, isEnding: true }),
      call: this.#call.line ? null : () => this.call(),
    });
  }

  /** @param {import('../../voice/line.js').VoiceLine} line @param {boolean} isAlone without a chat below it */
  #callOf(line, isAlone) {
    return html`<switchboard-call
      ?alone=${isAlone}
      .line=${line}
      .version=${this.version}
      agentName=${this.#session.agentName}
      @hang-up=${(/** @type {CustomEvent} */ event) => this.#call.hangUp(event.detail)}
      @again=${() => this.#call.begin()}
      @chat=${this.#chatInstead}
      @dismiss=${() => this.#call.dismiss()}
    ></switchboard-call>`;
  }

  #talk() {
    const session = this.#session;
    return html`<switchboard-chat-log
        .session=${session}
        .version=${this.version}
        @choose=${this.#say}
        @confirm=${() => session.confirmHandover()}
        @change-card=${this.#changeCard}
        @retry=${(/** @type {CustomEvent} */ event) => session.outbox.retry(event.detail)}
        @edit=${this.#edit}
      ></switchboard-chat-log>
      ${session.problem
        ? html`<p class="problem-bar" role="alert" data-testid="problem">
            ${icon('alert', 16)} <span>${session.problem}</span>
          </p>`
        : nothing}
      ${this.isEnding ? this.#endQuestion() : session.hasEnded ? this.#ended() : this.#foot()}`;
  }

  #connection() {
    const { state } = this.#session.socket;
    if (state !== 'waiting' && !(state === 'connecting' && this.#session.isWelcomed)) return nothing;
    return html`<p class="connection" role="status" data-testid="reconnecting">
      <i class="spinner"></i> <span class="grow">${strings.reconnecting}</span>
      <button class="button small" @click=${() => this.#session.socket.retryNow()}>${strings.tryNow}</button>
    </p>`;
  }

  #foot() {
    const session = this.#session;
    const hasSpoken =
      session.outbox.parcels.length || session.log.events.some(({ data }) => data.kind === 'customer_said');
    return html`<div class="foot">
      ${this.#call.isOpen ? nothing : waitingBanner(session)}
      ${hasSpoken || this.#call.line || !session.isWelcomed
        ? nothing
        : html`<button class="call-offer" data-testid="call-offer" @click=${this.call}>
            ${icon('phone', 17)} ${strings.call.offer}
          </button>`}
      <switchboard-chat-composer
        .maxText=${session.maxText}
        placeholder=${this.isChanging ? strings.placeholderChange : strings.placeholder}
        @say=${this.#say}
        @typing=${(/** @type {CustomEvent} */ event) => session.tellTyping(event.detail)}
        @draft-change=${(/** @type {CustomEvent} */ event) => session.keptInTab.set('draft', event.detail || null)}
      ></switchboard-chat-composer>
      ${session.stage === 'agent'
        ? html`<p class="under">
            <span>${strings.disclosure}</span>
            <button data-testid="ask-person" @click=${() => session.say(strings.personSays)}>${strings.person}</button>
          </p>`
        : nothing}
    </div>`;
  }

  #endQuestion() {
    return html`<div class="foot question">
      <b>${strings.endSure}</b>
      <div>
        <button class="button danger" data-testid="end-yes" @click=${this.#end}>${strings.endYes}</button>
        <button class="button" @click=${() => (this.isEnding = false)}>${strings.endNo}</button>
      </div>
    </div>`;
  }

  #ended() {
    return html`<div class="foot question" data-testid="ended">
      <b>${strings.ended}</b>
      <div>
        <button class="button primary" data-testid="start-new" @click=${() => this.#session.startOver()}>
          ${strings.startNew}
        </button>
        <button class="button" @click=${this.#download}>${icon('download', 16)} ${strings.download}</button>
      </div>
    </div>`;
  }
}

/** Letters and digits belong to the field in focus. @param {KeyboardEvent} event */
function isWriting(event) {
  const target = /** @type {HTMLElement} */ (event.composedPath()[0]);
  return (
    event.key !== 'Escape' &&
    (target.isContentEditable ||
      /^(TEXTAREA|SELECT)$/.test(target.tagName) ||
      (target.tagName === 'INPUT' && /** @type {HTMLInputElement} */ (target).type !== 'range'))
  );
}

/** The values of data-pre-chat-* attributes, ten at most, as the protocol allows. @param {HTMLElement} element */
function preChatOf(element) {
  const pairs = [...element.attributes]
    .filter(({ name }) => name.startsWith('data-pre-chat-'))
    .map(({ name, value }) => [
      name.slice('data-pre-chat-'.length).replaceAll('-', '_').slice(0, 60),
      value.slice(0, 500),
    ]);
  return Object.fromEntries(pairs.slice(0, 10));
}

if (!customElements.get('switchboard-chat')) customElements.define('switchboard-chat', SwitchboardChat);
