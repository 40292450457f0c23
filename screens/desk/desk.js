// @ts-check
// <sb-desk>: the operator's one screen: rail, conversation, context; on narrow screens one of them at a time.

import { LitElement, html, nothing } from '../kit/vendor/lit.js';
import { DeskStore } from '../kit/desk-store.js';
import { customerName } from '../kit/lists.js';
import { postJson } from '../kit/http.js';
import { base } from '../kit/styles.js';
import '../kit/toasts.js';
import { alerts } from './alerts.js';
import './context/context.js';
import './conversation/conversation.js';
import { deskStyles } from './desk-styles.js';
import './dialogs/dialogs.js';
import { commandOf } from './keyboard.js';
import './rail/offers.js';
import './rail/rail.js';
import { Softphone } from './phone/softphone.js';
import { strings } from './strings.js';
import './top-bar.js';

const isNarrow = window.matchMedia('(max-width: 720px)');
const hasNoSidePane = window.matchMedia('(max-width: 1180px)');
/** What takes a conversation off this desk. */
const LEAVING = new Set(['hand_back', 'transfer', 'transfer_to', 'release']);

export class Desk extends LitElement {
  static properties = {
    question: { state: true },
    subject: { state: true },
    view: { state: true },
    hasContext: { state: true },
  };
  static styles = [base, deskStyles];

  constructor() {
    super();
    this.store = new DeskStore();
    this.softphone = new Softphone(this.store);
    /** Ends the ringing, while it rings. @type {(() => void) | null} */ this.stopRinging = null;
    /** @type {import('./dialogs/dialogs.js').Question | null} */ this.question = null;
    /** @type {any} */ this.subject = null;
    /** What a narrow screen shows. @type {'list' | 'conversation' | 'context'} */
    this.view = 'list';
    /** The side panel of a wide screen. */
    this.hasContext = true;
    this.hasStarted = false;
    /** @type {string | null} */ this.wasSelected = null;
  }

  connectedCallback() {
    super.connectedCallback();
    document.title = strings.title;
    const { store } = this;
    const on = (/** @type {string} */ name, /** @type {(detail: any) => void} */ act) =>
      store.addEventListener(name, (event) => act(/** @type {CustomEvent} */ (event).detail));
    on('change', () => this.#looked());
    on('offer', (offer) => this.#offered(offer));
    on('offer-gone', ({ offer, why }) => this.#offerGone(offer, why));
    on('taken', (id) => this.#choose(id));
    on('heard', ({ item, text }) => this.#heard(item, text));
    on('failed', (words) => this.#say(words));
    for (const name of ['failed', 'ended'])
      this.softphone.addEventListener(name, (event) => this.#say(/** @type {CustomEvent} */ (event).detail));
    on('signed-out', () => location.assign(`/sign-in?next=${location.pathname}`));
    document.addEventListener('keydown', (event) => this.#pressed(event));
    document.addEventListener('visibilitychange', () => store.tellRead());
    store.start();
  }

  /** @template {Element} T @param {string} tag @returns {T} */
  #part(tag) {
    return /** @type {T} */ (this.renderRoot.querySelector(tag));
  }

  /** @param {string} words */
  #say(words) {
    /** @type {import('../kit/toasts.js').Toasts} */ (this.#part('sb-toasts')).say(words);
  }

  #looked() {
    if (this.store.isLoaded && !this.hasStarted) this.#begin();
    this.store.kept.set('selected', this.store.selectedId);
    const unread = [...this.store.followed.values()].reduce((sum, followed) => sum + followed.unread, 0);
    const count = unread + this.store.offers.length;
    document.title = count ? `(${count}) ${strings.title}` : strings.title;
    if (this.store.selectedId && this.view === 'list' && this.wasSelected !== this.store.selectedId)
      this.view = 'conversation';
    this.wasSelected = this.store.selectedId;
    this.#ring();
    this.requestUpdate();
  }

  /** A call offered to me, or a colleague who asks, rings until it is answered or gone. */
  #ring() {
    const isCalled = this.store.offers.some(({ item }) => item.call) || this.store.asked.length > 0;
    if (isCalled === Boolean(this.stopRinging)) return;
    this.stopRinging?.();
    this.stopRinging = isCalled ? alerts.ringOn() : null;
    const [asked] = this.store.asked;
    if (isCalled && asked) alerts.notify(strings.asked, customerName(asked), asked.conversation_id);
  }

  /** Go on where this tab was before a page load, or with the first conversation of mine. */
  #begin() {
    this.hasStarted = true;
    const before = this.store.kept.get('selected');
    const id = this.store.items.has(before) ? before : this.store.mine[0]?.conversation_id;
    if (id && !isNarrow.matches) this.store.select(id);
  }

  /** @param {import('../kit/protocol.js').Offer} offer */
  #offered({ item, offer_id: id, passed_on: before }) {
    if (!item.call) alerts.ring();
    const from = before ? strings.passedOn(before.operator_name, before.note) : '';
    const title = item.call ? strings.callOffer(customerName(item)) : strings.chatOffer(customerName(item));
    alerts.notify(title, from || item.headline || item.intent, id);
  }

  /** @param {import('../kit/protocol.js').Offer} offer @param {string} why */
  #offerGone(offer, why) {
    if (why === 'expired') this.#say(strings.missed(customerName(offer.item)));
    if (why === 'withdrawn') this.#say(strings.gone(customerName(offer.item)));
  }

  /** @param {import('../kit/protocol.js').WorkItem} item @param {string} text */
  #heard(item, text) {
    if (document.hasFocus() && item?.conversation_id === this.store.selectedId) return;
    alerts.tick();
    if (item) alerts.notify(customerName(item), text, item.conversation_id);
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const command = this.question ? undefined : commandOf(event);
    if (!command) return;
    event.preventDefault();
    this.#run(command);
  }

  /** Do what a shortcut or a button names. @param {string} command */
  #run(command) {
    const { store } = this;
    const [offer] = store.offers;
    const [asked] = store.asked;
    const item = store.selected?.item;
    const { softphone } = this;
    const conversation = /** @type {import('./conversation/conversation.js').Conversation} */ (
      this.#part('sb-conversation')
    );
    const context = /** @type {import('./context/context.js').Context} */ (this.#part('sb-context'));
    const holds = store.mine.some((item) => item.conversation_id === store.selectedId && item.stage !== 'wrap_up');
    const ask = (/** @type {import('./dialogs/dialogs.js').Question} */ question) =>
      holds && (this.question = question);
    /** @type {Record<string, () => unknown>} */
    const commands = {
      accept: () => (offer ? store.accept(offer, false) : asked && store.answerConsult(asked, true)),
      // A caller is greeted aloud.
      acceptAndGreet: () => offer && store.accept(offer, !offer.item.call),
      decline: () => (offer ? store.decline(offer) : asked && store.answerConsult(asked, false)),
      next: () => this.#step(1),
      previous: () => this.#step(-1),
      reply: () => conversation.write('say'),
      note: () => conversation.write('note'),
      workings: () => conversation.toggleWorkings(),
      search: () => this.#inContext(() => context.toSearch()),
      wrapUp: () => this.#inContext(() => context.toWrapUp()),
      context: () => this.#toggleContext(),
      list: () => (this.view = 'list'),
      handBack: () => ask('hand_back'),
      transfer: () => ask('transfer'),
      release: () => ask('release'),
      end: () => ask('end'),
      answer: () => item && softphone.answer(item),
      mute: () => softphone.toggleMute(),
      hold: () =>
        holds &&
        item?.call &&
        !item.call.consult &&
        store.act({ type: 'hold', conversation_id: item.conversation_id, is_on: !item.call.is_held }),
      consult: () => item?.call && !item.call.consult && ask('consult'),
      record: () =>
        holds &&
        item?.call &&
        store.act({ type: 'record', conversation_id: item.conversation_id, is_on: !item.call.is_recording }),
      skipBrief: () => softphone.line?.skipBrief(),
      help: () => (this.question = 'help'),
      sound: () => (alerts.hasSound = !alerts.hasSound),
      notices: () => this.#notices(),
      available: () => store.act({ type: 'presence', presence: 'available' }),
      busy: () => store.act({ type: 'presence', presence: 'busy' }),
      away: () => store.act({ type: 'presence', presence: 'away' }),
    };
    commands[command]?.();
    /** @type {import('./top-bar.js').TopBar} */ (this.#part('sb-top-bar')).requestUpdate();
  }

  async #notices() {
    const isOn = await alerts.wantNotices(!alerts.hasNotices);
    if (!isOn && 'Notification' in window && Notification.permission === 'denied') this.#say(strings.noticesBlocked);
    /** @type {import('./top-bar.js').TopBar} */ (this.#part('sb-top-bar')).requestUpdate();
  }

  /** Next or previous of the conversations in the rail. @param {number} by */
  #step(by) {
    const ids = [...this.store.mine, ...this.store.waiting].map((item) => item.conversation_id);
    if (!ids.length) return;
    const at = ids.indexOf(this.store.selectedId ?? '');
    this.#choose(ids[at < 0 ? 0 : (at + by + ids.length) % ids.length]);
  }

  /** @param {string} id */
  async #choose(id) {
    this.store.select(id);
    this.view = 'conversation';
    await this.updateComplete;
    // A phone's keyboard would cover what there is to read.
    if (!isNarrow.matches)
      /** @type {import('./conversation/conversation.js').Conversation} */ (this.#part('sb-conversation')).write('say');
  }

  #toggleContext() {
    if (hasNoSidePane.matches) this.view = this.view === 'context' ? 'conversation' : 'context';
    else this.hasContext = !this.hasContext;
  }

  /** @param {() => void} act */
  async #inContext(act) {
    this.hasContext = true;
    if (hasNoSidePane.matches) this.view = 'context';
    await this.updateComplete;
    act();
  }

  /** @param {string} text */
  async #insert(text) {
    this.view = 'conversation';
    await this.updateComplete;
    /** @type {import('./conversation/conversation.js').Conversation} */ (this.#part('sb-conversation')).insert(text);
  }

  /** @param {{type: string} | null} message */
  #answered(message) {
    this.question = null;
    this.subject = null;
    if (message && this.store.act(message) && LEAVING.has(message.type)) this.#next();
  }

  async #signOut() {
    await postJson('/api/sign-out').catch(() => null);
    location.assign('/sign-in');
  }

  /** The next conversation of mine, when one has left my hands. */
  #next() {
    const left = this.store.selectedId;
    const next = this.store.mine.find((item) => item.conversation_id !== left);
    this.store.select(next?.conversation_id ?? null);
    this.view = next ? 'conversation' : 'list';
  }

  /** @param {number} seq */
  async #showTurn(seq) {
    this.view = 'conversation';
    await this.updateComplete;
    /** @type {import('./conversation/conversation.js').Conversation} */ (this.#part('sb-conversation')).showTurn(seq);
  }

  render() {
    const { store } = this;
    return html`<sb-top-bar
        .store=${store}
        @command=${this.#on(this.#run)}
        @said=${this.#on(this.#say)}
        @sign-out=${this.#signOut}
      ></sb-top-bar>
      ${this.#lostBanner()} ${this.#panes()}
      <sb-offers .store=${store} .softphone=${this.softphone}></sb-offers>
      ${this.question
        ? html`<sb-desk-dialog
            .store=${store}
            question=${this.question}
            .subject=${this.subject}
            @shut=${() => this.#answered(null)}
            @answer=${this.#on(this.#answered)}
          ></sb-desk-dialog>`
        : nothing}
      <sb-toasts></sb-toasts>`;
  }

  #lostBanner() {
    const { isLoaded, connection } = this.store;
    const isLost = connection === 'waiting' || (isLoaded && connection !== 'live');
    return isLost
      ? html`<p class="banner" role="status" data-testid="reconnecting">
          ${isLoaded ? strings.offline : strings.noServer}
        </p>`
      : nothing;
  }

  /** Rail, conversation, context. */
  #panes() {
    const { store } = this;
    return html`<main
      class=${this.hasContext && store.selectedId ? '' : 'no-context'}
      data-view=${this.view}
      @command=${this.#on(this.#run)}
      @show-turn=${this.#on(this.#showTurn)}
      @insert=${this.#on(this.#insert)}
      @wrapped-up=${this.#next}
    >
      <sb-rail
        .store=${store}
        @chosen=${this.#on(this.#choose)}
        @finish-callback=${this.#on((callback) => Object.assign(this, { question: 'callback', subject: callback }))}
      ></sb-rail>
      <sb-conversation .store=${store} .softphone=${this.softphone}></sb-conversation>
      <sb-context .store=${store}></sb-context>
    </main>`;
  }

  /** A listener that hands over the event's detail. @param {(detail: any) => unknown} act */
  #on(act) {
    return (/** @type {CustomEvent} */ event) => {
      event.stopPropagation();
      act.call(this, event.detail);
    };
  }
}

customElements.define('sb-desk', Desk);
