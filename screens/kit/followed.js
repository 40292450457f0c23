// @ts-check
// One conversation on the desk: its events, card, record, suggestions, draft, and what of it has been read.

import { EventLog } from './event-log.js';

/** A typing sign without its end is dropped after this long. */
const TYPING_LASTS_MS = 12_000;
const OURS = new Set(['operator_said', 'offer_accepted']);
const SPOKEN = new Set(['customer_said', 'agent_said', 'operator_said']);

export class Followed {
  log = new EventLog();
  /** The server was asked for it on the present socket. */
  isOpen = false;
  /** The server has answered at least once. */
  isLoaded = false;
  /** @type {import('./protocol.js').Card | null} */ card = null;
  /** @type {Record<string, any> | null} */ record = null;
  /** @type {string[]} */ suggestions = [];
  /** @type {string[]} Colleagues who have it open. */ viewers = [];
  isCustomerTyping = false;
  readByCustomer = 0;
  /** @type {number | undefined} */ #typingTimer;

  /**
   * @param {string} id
   * @param {import('./protocol.js').WorkItem | null} item
   * @param {ReturnType<typeof import('./remember.js').shelf>} kept
   * @param {() => void} onChange
   */
  constructor(id, item, kept, onChange) {
    this.id = id;
    /** @type {import('./protocol.js').WorkItem | null} */ this.item = item;
    this.kept = kept;
    this.onChange = onChange;
    this.readSeq = kept.get(`read:${id}`) ?? 0;
  }

  /** @param {import('./wire.js').ConversationOut} message */
  arrive({ item, card, record, suggestions, viewers, events }) {
    Object.assign(this, { item, card: card ?? this.card, record, viewers, isLoaded: true });
    this.add(events);
    this.suggestions = suggestions;
    // A first look: whatever came before an operator took it or last answered is not news.
    this.readSeq ||= this.log.events.findLast(({ data }) => OURS.has(data.kind))?.seq ?? 0;
    this.onChange();
  }

  /** @param {import('./protocol.js').EventOut[]} events */
  add(events) {
    const fresh = this.log.add(events);
    for (const { data } of fresh) {
      if (data.kind === 'customer_said') this.typing(false);
      if (data.kind === 'operator_said') this.suggestions = [];
      if (data.kind === 'hand_off_requested' || data.kind === 'handover_corrected') this.card = data.context;
    }
    return fresh;
  }

  /** Messages of the customer nobody here has looked at. */
  get unread() {
    return this.log.events.filter(({ seq, data }) => seq > this.readSeq && data.kind === 'customer_said').length;
  }

  /** Replies one may insert: the server's, and the card's as long as no operator has spoken. */
  get replies() {
    const hasSpoken = this.log.events.some(({ data }) => data.kind === 'operator_said');
    const greeting = this.card?.suggested_reply;
    const replies = new Set(greeting ? [greeting, ...this.suggestions] : this.suggestions);
    if (greeting && hasSpoken) replies.delete(greeting);
    return [...replies];
  }

  /** True when there was something new to read. */
  markRead() {
    if (this.log.lastSeq <= this.readSeq) return false;
    this.readSeq = this.log.lastSeq;
    this.kept.set(`read:${this.id}`, this.readSeq);
    return true;
  }

  /**
   * What was begun and not sent; a note's draft never turns into a reply's.
   * @param {'say' | 'note'} mode
   * @returns {string}
   */
  draftOf(mode) {
    return this.kept.get(`draft:${mode}:${this.id}`) ?? '';
  }

  /** @param {'say' | 'note'} mode @param {string} text */
  keepDraft(mode, text) {
    this.kept.set(`draft:${mode}:${this.id}`, text || null);
  }

  /** @param {boolean} isTyping */
  typing(isTyping) {
    clearTimeout(this.#typingTimer);
    this.isCustomerTyping = isTyping;
    if (!isTyping) return;
    this.#typingTimer = window.setTimeout(() => {
      this.isCustomerTyping = false;
      this.onChange();
    }, TYPING_LASTS_MS);
  }

  /** @param {number} seq */
  customerRead(seq) {
    this.readByCustomer = Math.max(this.readByCustomer, seq);
  }

  /** The last thing anyone said, for previews. */
  get lastSaid() {
    return this.log.events.findLast(({ data }) => SPOKEN.has(data.kind)) ?? null;
  }
}
