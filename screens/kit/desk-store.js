// @ts-check
// What the desk and the supervisor page know, kept live by /ws/desk. Screens read it, call its verbs, and draw on
// `change`.

import { postJson } from './http.js';
import { Outbox } from './outbox.js';
import { MAX_TEXT, PROTOCOL_VERSION } from './protocol.js';
import { refusalWords } from './refusals.js';
import { shelf } from './remember.js';
import { LiveSocket, Refused } from './socket.js';
import { strings } from './strings.js';
import { learnServerTime } from './time.js';
import { Followed } from './followed.js';
import { askedOf, isMine, joinedOf, liveOf, mineOf, waitingOf } from './lists.js';

/** @typedef {import('./protocol.js').WorkItem} WorkItem */

/**
 * Fires `change` after every message; `offer` and `offer-gone` (detail: the offer, `why`); `taken` (detail: id) when
 * a conversation I asked for is mine; `heard` (detail: item, text) when a customer of mine writes; `failed` (detail:
 * words);
 * `signed-out`.
 */
export class DeskStore extends EventTarget {
  isLoaded = false;
  /** @type {import('./protocol.js').Operator} */ me = nobody;
  /** @type {import('./protocol.js').Operator[]} */ operators = [];
  /** @type {import('./protocol.js').Queue[]} */ queues = [];
  /** @type {Map<string, WorkItem>} */ items = new Map();
  /** @type {import('./protocol.js').Callback[]} */ callbacks = [];
  /** @type {import('./protocol.js').Offer[]} */ offers = [];
  /** @type {import('./protocol.js').QuickReply[]} */ quickReplies = [];
  /** @type {import('./protocol.js').Disposition[]} */ dispositions = [];
  brand = '';
  agentName = '';
  maxText = MAX_TEXT;
  /** @type {string | null} */ selectedId = null;
  /** @type {Map<string, Followed>} */ followed = new Map();

  /** Conversation I asked for and want to see as soon as it is mine. @type {string | null} */
  #wanted = null;
  /** Offers I declined: their end is no news. @type {Set<string>} */
  #declined = new Set();

  /**
   * @param {{isWatching?: boolean}} [options] `isWatching`: the supervisor follows only what is open and takes no
   *   offers
   */
  constructor({ isWatching = false } = {}) {
    super();
    this.isWatching = isWatching;
    this.kept = shelf('switchboard.desk:', 'session');
    this.outbox = new Outbox({
      send: ({ type, conversationId, clientId, text }) =>
        this.send({ type, conversation_id: conversationId, client_id: clientId, text }),
      onChange: (parcels) => {
        this.kept.set('outbox', parcels.length ? parcels : null);
        this.#changed();
      },
    });
    this.outbox.restore(this.kept.get('outbox') ?? []);
    const url = new URL('/ws/desk', location.href);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    this.socket = new LiveSocket({
      url,
      hello: () => this.#hello(),
      isWelcome: (message) => message.type === 'desk',
      onMessage: (message) => this.#receive(message),
      onState: (state) => {
        if (state === 'live') this.outbox.flush();
        this.#changed();
      },
      onTime: learnServerTime,
    });
  }

  get mine() {
    return mineOf(this.items.values(), this.me.operator_id);
  }
  get waiting() {
    return waitingOf(this.items.values());
  }
  /** Calls a colleague asks me into now. */
  get asked() {
    return askedOf(this.items.values(), this.me.operator_id);
  }
  /** Calls of colleagues I am in. */
  get joined() {
    return joinedOf(this.items.values(), this.me.operator_id);
  }
  get live() {
    return liveOf(this.items.values());
  }
  get selected() {
    return this.selectedId ? (this.followed.get(this.selectedId) ?? null) : null;
  }
  get connection() {
    return this.socket.state;
  }

  /** @param {string | null} id */
  queueName(id) {
    return this.queues.find((queue) => queue.queue_id === id)?.name ?? id ?? '';
  }

  start() {
    this.socket.start();
  }

  /** Send now; says so and returns false when there is no connection. @param {object} message */
  send(message) {
    return this.socket.send(message);
  }

  /** A verb that must reach the server now: accept, end, transfer and so on. @param {object} message */
  act(message) {
    if (this.send(message)) return true;
    this.#fail(strings.noConnection);
    return false;
  }

  /** Show a conversation. @param {string | null} id */
  select(id) {
    const left = this.selectedId;
    this.selectedId = id;
    if (left && left !== id && !this.#keepsFollowing(left)) this.#unfollow(left);
    if (id) this.#follow(id);
    this.tellRead();
    this.#changed();
  }

  /** @param {import('./protocol.js').Offer} offer @param {boolean} greet */
  accept(offer, greet) {
    if (this.act({ type: 'accept', conversation_id: offer.item.conversation_id, offer_id: offer.offer_id, greet })) {
      this.#wanted = offer.item.conversation_id;
    }
  }

  /** @param {import('./protocol.js').Offer} offer */
  decline(offer) {
    this.#declined.add(offer.offer_id);
    this.act({ type: 'decline', conversation_id: offer.item.conversation_id, offer_id: offer.offer_id });
  }

  /** Answer a colleague who asks me into a call. @param {WorkItem} item @param {boolean} takes */
  answerConsult({ conversation_id: id }, takes) {
    if (!this.act({ type: 'consult_answer', conversation_id: id, takes }) || !takes) return;
    this.select(id);
    this.dispatchEvent(new CustomEvent('taken', { detail: id }));
  }

  /** @param {string} id */
  pick(id) {
    if (this.act({ type: 'pick', conversation_id: id })) this.#wanted = id;
  }

  /** The newest of the open conversation has been on the screen of someone who looks at it. */
  tellRead() {
    const open = this.selected;
    if (!open || this.connection !== 'live' || document.visibilityState !== 'visible') return;
    if (!open.markRead() || this.isWatching) return;
    this.send({ type: 'read', conversation_id: open.id, seq: open.log.lastSeq });
  }

  /** @param {string} words */
  #fail(words) {
    this.dispatchEvent(new CustomEvent('failed', { detail: words }));
  }

  async #hello() {
    try {
      const { ticket } = await postJson('/api/ticket');
      return { type: 'hello', v: PROTOCOL_VERSION, ticket };
    } catch (error) {
      const status = /** @type {import('./http.js').HttpError} */ (error).status;
      if (status !== 401 && status !== 403) throw error;
      this.dispatchEvent(new Event('signed-out'));
      throw new Refused('signed out');
    }
  }

  /** @param {import('./protocol.js').ToDesk} message */
  #receive(message) {
    switch (message.type) {
      case 'desk':
        this.#desk(message);
        break;
      case 'item':
        this.#item(message.item);
        break;
      case 'conversation':
        this.#follow(message.item.conversation_id)?.arrive(message);
        this.items.set(message.item.conversation_id, message.item);
        break;
      case 'event':
        this.#event(message);
        break;
      case 'offer':
        this.#offer(message);
        break;
      case 'offer_gone':
        this.#offerGone(message);
        break;
      case 'people':
        this.operators = message.operators;
        this.queues = message.queues;
        this.me = this.operators.find((operator) => operator.operator_id === this.me.operator_id) ?? this.me;
        break;
      case 'callbacks':
        this.callbacks = message.callbacks;
        break;
      case 'ack':
        this.outbox.acknowledge(message.client_id);
        break;
      case 'typing':
        if (message.who === 'customer') this.followed.get(message.conversation_id)?.typing(message.is_typing);
        break;
      case 'read':
        if (message.who === 'customer') this.followed.get(message.conversation_id)?.customerRead(message.seq);
        break;
      case 'viewers':
        Object.assign(this.followed.get(message.conversation_id) ?? {}, { viewers: message.viewers });
        break;
      case 'error':
        if (message.client_id)
          this.outbox.refuse(message.client_id, refusalWords(message), message.retry_after_seconds);
        else this.#fail(refusalWords(message));
        break;
    }
    this.tellRead();
    this.#changed();
  }

  /** @param {import('./wire.js').DeskOut} desk the whole desk, after hello and whenever we fell behind */
  #desk(desk) {
    learnServerTime(desk.now);
    this.isLoaded = true;
    Object.assign(this, { me: desk.me, operators: desk.operators, queues: desk.queues, callbacks: desk.callbacks });
    Object.assign(this, { quickReplies: desk.quick_replies, dispositions: desk.dispositions, brand: desk.brand });
    Object.assign(this, { agentName: desk.agent_name, maxText: desk.max_text });
    this.items = new Map([...desk.live, ...desk.waiting, ...desk.work].map((item) => [item.conversation_id, item]));
    this.offers = [];
    for (const offer of desk.offers) this.#offer(offer);
    for (const followed of this.followed.values()) followed.isOpen = false;
    // The socket is not yet "live" while it takes in the greeting; following waits for it.
    queueMicrotask(() => this.#followAll());
  }

  #followAll() {
    const ids = new Set([
      ...(this.isWatching ? [] : this.mine.map((item) => item.conversation_id)),
      ...this.followed.keys(),
    ]);
    if (this.selectedId) ids.add(this.selectedId);
    for (const id of ids)
      if (this.#keepsFollowing(id)) this.#follow(id);
      else this.followed.delete(id);
    this.#changed();
  }

  /** @param {WorkItem} item */
  #item(item) {
    const id = item.conversation_id;
    if (item.stage === 'closed') this.items.delete(id);
    else this.items.set(id, item);
    const followed = this.followed.get(id);
    if (followed) followed.item = item;
    if (isMine(item, this.me.operator_id) && !this.isWatching) {
      this.#follow(id);
      if (this.#wanted === id) {
        this.#wanted = null;
        this.select(id);
        this.dispatchEvent(new CustomEvent('taken', { detail: id }));
      }
    } else if (followed && !this.#keepsFollowing(id)) this.#unfollow(id);
  }

  /** @param {import('./protocol.js').EventOut} event */
  #event(event) {
    const followed = this.followed.get(event.conversation_id);
    if (!followed?.add([event]).length) return;
    const { data } = event;
    if ('client_id' in data && data.client_id) this.outbox.acknowledge(data.client_id);
    if (data.kind === 'note_added') this.#noteArrived(event.conversation_id, data);
    if (data.kind === 'customer_said')
      this.dispatchEvent(new CustomEvent('heard', { detail: { item: followed.item, text: data.text } }));
  }

  /**
   * A note carries no client id: its own event may come before its acknowledgement.
   * @param {string} id of the conversation
   * @param {import('./wire.js').NoteAdded} data
   */
  #noteArrived(id, data) {
    if (data.operator_id !== this.me.operator_id) return;
    const sent = this.outbox.parcels.find(
      (parcel) => parcel.type === 'note' && parcel.conversationId === id && parcel.text === data.text,
    );
    if (sent) this.outbox.acknowledge(sent.clientId);
  }

  /** @param {import('./protocol.js').Offer} offer */
  #offer(offer) {
    this.offers = [...this.offers.filter(({ offer_id }) => offer_id !== offer.offer_id), offer];
    this.dispatchEvent(new CustomEvent('offer', { detail: offer }));
  }

  /** @param {{offer_id: string, why: string}} gone */
  #offerGone({ offer_id: id, why }) {
    const offer = this.offers.find((held) => held.offer_id === id);
    if (!offer) return;
    this.offers = this.offers.filter((held) => held !== offer);
    if (this.#declined.delete(id)) return;
    this.dispatchEvent(new CustomEvent('offer-gone', { detail: { offer, why } }));
  }

  /** @param {string} id */
  #keepsFollowing(id) {
    const item = this.items.get(id);
    return id === this.selectedId || Boolean(!this.isWatching && item && isMine(item, this.me.operator_id));
  }

  /** @param {string} id @returns {Followed} */
  #follow(id) {
    const followed =
      this.followed.get(id) ?? new Followed(id, this.items.get(id) ?? null, this.kept, () => this.#changed());
    this.followed.set(id, followed);
    if (!followed.isOpen)
      followed.isOpen = this.send({ type: 'open', conversation_id: id, last_seq: followed.log.lastSeq });
    return followed;
  }

  /** @param {string} id */
  #unfollow(id) {
    this.followed.delete(id);
    this.send({ type: 'shut', conversation_id: id });
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}

/** @type {import('./protocol.js').Operator} */
const nobody = {
  operator_id: '',
  name: '',
  role: '',
  presence: 'offline',
  presence_set_by: '',
  presence_at: new Date(0).toISOString(),
  load: 0,
  capacity: 0,
  skills: {},
  queues: [],
  languages: [],
};
