// @ts-check
// The customer's side of one conversation: what was said, who has it, what is still on its way. Draws nothing.

import { EventLog } from '../kit/event-log.js';
import { Outbox } from '../kit/outbox.js';
import { MAX_TEXT, PROTOCOL_VERSION } from '../kit/protocol.js';
import { refusalWords } from '../kit/refusals.js';
import { shelf } from '../kit/remember.js';
import { LiveSocket } from '../kit/socket.js';
import { learnServerTime } from '../kit/time.js';

/** A typing sign without its end is dropped after this long. */
const TYPING_LASTS_MS = 15_000;

/**
 * Fires `change` whenever the screen should look again, and `draft` (detail: text, why) when a message comes back to
 * the composer.
 */
export class ChatSession extends EventTarget {
  /** @type {string | null} */ conversationId = null;
  /** @type {string | null} */ token = null;
  stage = 'agent';
  agentName = '';
  brand = '';
  operatorName = '';
  maxText = MAX_TEXT;
  /** @type {import('../kit/protocol.js').Waiting | null} */ waiting = null;
  /** Who is typing, by name; empty for nobody. */
  typing = '';
  /** Newest sequence number the operator has seen. */
  readByOperator = 0;
  /** What went wrong, in words; empty when all is well. */
  problem = '';
  isWelcomed = false;
  /** The conversation this browser held could not be taken up again. */
  isNotRestored = false;
  log = new EventLog();

  #wantsPerson = false;
  #readSent = 0;
  /** @type {number | undefined} */ #typingTimer;

  /**
   * @param {string} server origin of the Switchboard server
   * @param {Record<string, string>} preChat values the embedding page knows
   */
  constructor(server, preChat) {
    super();
    this.preChat = preChat;
    this.kept = shelf(`switchboard.chat:${server}:`);
    this.keptInTab = shelf(`switchboard.chat:${server}:`, 'session');
    this.outbox = new Outbox({
      send: (parcel) => this.socket.send({ type: 'say', client_id: parcel.clientId, text: parcel.text }),
      onChange: (parcels) => {
        this.keptInTab.set('outbox', parcels.length ? parcels : null);
        this.#changed();
      },
    });
    const url = new URL('/ws/chat', server);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    this.socket = new LiveSocket({
      url,
      hello: () => this.#hello(),
      isWelcome: (message) => message.type === 'welcome',
      onMessage: (message) => this.#receive(message),
      onState: (state) => this.#connection(state),
      onTime: learnServerTime,
    });
  }

  get hasEnded() {
    return this.stage === 'wrap_up' || this.stage === 'closed';
  }
  get isWithPerson() {
    return this.stage === 'operator' || this.stage === 'operator_lost';
  }
  get isWaiting() {
    return this.stage === 'queued' || this.stage === 'offered';
  }
  /** True when this browser already holds a conversation worth reconnecting to before anyone opens the chat. */
  get hasEarlier() {
    return Boolean(this.kept.get('session'));
  }

  /** Connect, taking up the conversation this browser holds, or starting one. */
  start({ wantsPerson = false } = {}) {
    window.addEventListener('storage', this.#otherTab);
    this.#wantsPerson = wantsPerson;
    this.#takeUp();
    this.socket.start();
  }

  stop() {
    window.removeEventListener('storage', this.#otherTab);
    this.socket.stop();
  }

  /** @param {string} text */
  say(text) {
    this.problem = '';
    this.outbox.post({ type: 'say', text });
  }

  confirmHandover() {
    this.socket.send({ type: 'confirm_handover' });
  }

  end() {
    this.socket.send({ type: 'end' });
  }

  /** Leave what was and begin a new conversation. */
  startOver() {
    this.#forget();
    this.start();
  }

  /** Leave what was; the next one begins with `start` or `adopt`. */
  leave() {
    this.#forget();
  }

  /** Follow the conversation a call began. @param {string} conversationId @param {string | null} token */
  adopt(conversationId, token) {
    if (conversationId === this.conversationId || !token) return;
    this.stop();
    this.outbox.clear();
    this.#empty();
    this.kept.set('session', { conversationId, token });
    this.start();
  }

  /** @param {boolean} isTyping */
  tellTyping(isTyping) {
    if (!this.hasEnded) this.socket.send({ type: 'typing', is_typing: isTyping });
  }

  /** The customer has everything on the screen. */
  tellRead() {
    const seq = this.log.lastSeq;
    if (seq <= this.#readSent || !this.socket.send({ type: 'read', seq })) return;
    this.#readSent = seq;
  }

  #hello() {
    return {
      type: 'hello',
      v: PROTOCOL_VERSION,
      conversation_id: this.conversationId,
      token: this.token,
      last_seq: this.log.lastSeq,
      wants_person: this.#wantsPerson && !this.conversationId,
      name: this.preChat.name ?? null,
      page: location.href.slice(0, 500),
      pre_chat: this.preChat,
    };
  }

  #takeUp() {
    const session = this.kept.get('session');
    this.conversationId = session?.conversationId ?? null;
    this.token = session?.token ?? null;
    if (session) this.outbox.restore(this.keptInTab.get('outbox') ?? []);
  }

  #forget() {
    this.stop();
    this.kept.set('session', null);
    this.outbox.clear();
    this.#empty();
  }

  #empty() {
    this.log = new EventLog();
    Object.assign(this, { conversationId: null, token: null, stage: 'agent', operatorName: '', waiting: null });
    Object.assign(this, { typing: '', readByOperator: 0, problem: '', isWelcomed: false, isNotRestored: false });
    this.#readSent = 0;
    this.#changed();
  }

  /** Another tab of this browser started a conversation: show the same one. @param {StorageEvent} event */
  #otherTab = (event) => {
    if (event.key !== `${this.kept.prefix}session` || !event.newValue) return;
    if (JSON.parse(event.newValue).conversationId === this.conversationId) return;
    this.socket.stop();
    this.outbox.clear();
    this.#empty();
    this.#takeUp();
    this.socket.start();
  };

  /** @param {import('../kit/socket.js').SocketState} state */
  #connection(state) {
    if (state === 'live') this.outbox.flush();
    else this.typing = '';
    this.#changed();
  }

  /** @param {import('../kit/protocol.js').ToCustomer} message */
  #receive(message) {
    switch (message.type) {
      case 'welcome':
        this.#welcome(message);
        break;
      case 'event':
        this.#take([message]);
        break;
      case 'ack':
        this.problem = '';
        this.outbox.acknowledge(message.client_id);
        break;
      case 'stage':
        this.stage = message.stage;
        this.operatorName = message.operator_name ?? this.operatorName;
        if (!this.isWaiting) this.waiting = null;
        break;
      case 'waiting':
        this.waiting = message;
        break;
      case 'typing':
        this.#someoneTypes(message);
        break;
      case 'read':
        if (message.who === 'operator') this.readByOperator = Math.max(this.readByOperator, message.seq);
        break;
      case 'error':
        this.#error(message);
        break;
    }
    this.#changed();
  }

  /** @param {import('../kit/wire.js').Welcome} message */
  #welcome(message) {
    if (message.token) this.token = message.token;
    this.conversationId = message.conversation_id;
    this.kept.set('session', { conversationId: this.conversationId, token: this.token });
    Object.assign(this, { stage: message.stage, agentName: message.agent_name, brand: message.brand });
    Object.assign(this, { waiting: message.waiting, maxText: message.max_text, isWelcomed: true, problem: '' });
    this.#wantsPerson = false;
    this.#take(message.events);
  }

  /** @param {import('../kit/protocol.js').EventOut[]} events */
  #take(events) {
    for (const { data } of this.log.add(events)) {
      if ('client_id' in data && data.client_id) this.outbox.acknowledge(data.client_id);
      if (data.kind === 'operator_said') this.operatorName = data.name;
      if (data.kind === 'operator_said' || data.kind === 'agent_said') this.typing = '';
      if (data.kind === 'handover_confirmed' && this.waiting) this.waiting = { ...this.waiting, is_confirmed: true };
      if (data.kind === 'ended') this.stage = 'closed';
    }
  }

  /** @param {import('../kit/wire.js').TypingOut} message */
  #someoneTypes(message) {
    clearTimeout(this.#typingTimer);
    if (message.who === 'customer') return;
    const name = message.who === 'agent' ? this.agentName : message.name || this.operatorName;
    this.typing = message.is_typing ? name : '';
    if (this.typing) this.#typingTimer = window.setTimeout(() => this.#typingEnds(), TYPING_LASTS_MS);
  }

  #typingEnds() {
    this.typing = '';
    this.#changed();
  }

  /** @param {import('../kit/protocol.js').ErrorOut} error */
  #error(error) {
    const words = refusalWords(error);
    if (error.code === 'not_yours') {
      this.#forget();
      this.start();
      this.isNotRestored = true;
    } else if (error.code === 'not_welcome') {
      this.problem = words;
      this.socket.stop();
    } else if (error.client_id && error.code === 'too_long') {
      const parcel = this.outbox.withdraw(error.client_id);
      if (parcel) this.dispatchEvent(new CustomEvent('draft', { detail: { text: parcel.text, why: words } }));
    } else if (error.client_id) {
      if (error.code === 'conversation_closed') this.stage = 'closed';
      this.outbox.refuse(error.client_id, words, error.retry_after_seconds);
    } else {
      this.problem = words;
    }
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}
