// @ts-check
// The operator's telephone: opens the line of a call that is mine, or that a colleague asked me into, and closes it
// when
// it is not. One line at a time. Draws nothing.

import { isMine } from '../../kit/lists.js';
import { postJson } from '../../kit/http.js';
import { shelf } from '../../kit/remember.js';
import { VoiceLine } from '../../voice/line.js';
import { strings } from './strings.js';

/** @typedef {import('../../kit/protocol.js').WorkItem} WorkItem */

const kept = shelf('switchboard.softphone:');
/** What was heard in this tab, across page loads and lost servers. */
const keptInTab = shelf('switchboard.softphone:', 'session');
/** Briefs remembered as heard; more than anyone takes calls in a shift. */
const MOST_BRIEFED = 200;
const TICKET_TRIES = 4;
const TICKET_WAIT_MS = 700;

/** Fires `change` whenever the screen should look again, `failed` (detail: words) and `ended` (detail: words). */
export class Softphone extends EventTarget {
  /** The line now; null when I am on no call. @type {VoiceLine | null} */ line = null;
  /** Conversation the line belongs to. */
  conversationId = '';
  /** The brief plays on the line. */ #isHearingBrief = false;
  /** The desk heard first that the line's call is not mine any more. */ #isPassedOn = false;
  /**
   * Calls whose line I left, and those that were refused me: they are not opened again by themselves.
   * @type {Set<string>}
   */
  #left = new Set();

  /** @param {import('../../kit/desk-store.js').DeskStore} store */
  constructor(store) {
    super();
    this.store = store;
    store.addEventListener('change', () => this.#look());
    window.addEventListener('pagehide', () => this.#close());
  }

  /** Hear a spoken brief before the customer. */
  get wantsBrief() {
    return kept.get('brief') ?? false;
  }
  set wantsBrief(wants) {
    kept.set('brief', wants);
    this.#changed();
  }

  /** My line of this conversation, or null. @param {string} id */
  lineOf(id) {
    return id === this.conversationId ? this.line : null;
  }

  /** True when it may be answered: a call I belong to and no other line is open. @param {WorkItem} item */
  canAnswer(item) {
    return !this.line && belongsToMe(item, this.store.me.operator_id);
  }

  /** Open the line of a call I belong to, from a press or since it has just become mine. @param {WorkItem} item */
  answer(item) {
    if (!this.canAnswer(item)) return;
    const url = new URL('/ws/desk-voice', this.store.socket.url);
    const line = new VoiceLine({ url, start: () => this.#start(item.conversation_id) });
    Object.assign(this, { line, conversationId: item.conversation_id });
    this.#isPassedOn = false;
    this.#isHearingBrief = false;
    this.#left.delete(item.call?.call_id ?? '');
    line.setVolume(kept.get('volume') ?? 1);
    line.addEventListener('change', () => this.#lineChanged(line, item.conversation_id));
    line.addEventListener('over', () => this.#over(line, item));
    line.begin();
    this.#changed();
  }

  /** Leave the line; the conversation stays whose it is. */
  leave() {
    const call = this.store.items.get(this.conversationId)?.call;
    if (call) this.#left.add(call.call_id);
    this.line?.hangUp();
  }

  toggleMute() {
    if (this.line?.phase === 'live') this.line.mute(!this.line.isMuted);
  }

  /** @param {number} volume 0 to 1 */
  setVolume(volume) {
    kept.set('volume', volume);
    this.line?.setVolume(volume);
  }

  #look() {
    const { items, me } = this.store;
    if (!this.store.isLoaded || this.store.connection !== 'live') return;
    for (const id of this.#left)
      if (![...items.values()].some((item) => item.call?.call_id === id && belongsToMe(item, me.operator_id)))
        this.#left.delete(id);
    const held = items.get(this.conversationId);
    if (this.line && !(held && belongsToMe(held, me.operator_id))) {
      this.#isPassedOn = Boolean(held?.call);
      this.#close();
    }
    const due = [...items.values()].find(
      (item) => belongsToMe(item, me.operator_id) && !this.#left.has(item.call?.call_id ?? ''),
    );
    if (due && !this.line) this.answer(due);
  }

  #close() {
    this.line?.hangUp();
  }

  /** @param {VoiceLine} line @param {WorkItem} item */
  #over(line, item) {
    if (line !== this.line) return;
    // What ended while the call goes on is opened again only by a press.
    if (item.call) this.#left.add(item.call.call_id);
    Object.assign(this, { line: null, conversationId: '' });
    if (line.problem) this.dispatchEvent(new CustomEvent('failed', { detail: line.problem }));
    const words = strings.farewells[this.#isPassedOn ? 'passed_on' : (line.end?.reason ?? '')];
    if (words) this.dispatchEvent(new CustomEvent('ended', { detail: words }));
    this.#changed();
  }

  /** @param {string} id */
  async #start(id) {
    const wantsBrief = this.wantsBrief && !this.#briefed.includes(this.#briefOf(id));
    return { conversation_id: id, ticket: await ticket(), wants_brief: wantsBrief, captions: true };
  }

  /** @param {VoiceLine} line @param {string} id */
  #lineChanged(line, id) {
    const isLive = line.phase === 'live';
    // A brief that a lost line cut off is heard again.
    if (isLive && this.#isHearingBrief && !line.isBriefPlaying)
      keptInTab.set('briefed', [...this.#briefed, this.#briefOf(id)].slice(-MOST_BRIEFED));
    this.#isHearingBrief = isLive && line.isBriefPlaying;
    this.#changed();
  }

  /** Briefs heard to their end, or skipped. @returns {string[]} */
  get #briefed() {
    return keptInTab.get('briefed') ?? [];
  }

  /** @param {string} id */
  #briefOf(id) {
    return `${this.store.me.operator_id} ${id}`;
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}

/** A call I hold, or was asked into and took. @param {WorkItem} item @param {string} me */
export function belongsToMe(item, me) {
  if (!item.call) return false;
  const { consult } = item.call;
  return (isMine(item, me) && item.stage === 'operator') || (consult?.operator_id === me && consult.status !== 'asked');
}

/** A server that is just starting answers a moment later. @returns {Promise<string>} */
async function ticket() {
  for (let tries = 1; ; tries += 1) {
    try {
      return (await postJson('/api/ticket')).ticket;
    } catch (error) {
      const { status } = /** @type {import('../../kit/http.js').HttpError} */ (error);
      if (tries === TICKET_TRIES || (status > 0 && status < 500)) throw error;
      await new Promise((resolve) => window.setTimeout(resolve, TICKET_WAIT_MS));
    }
  }
}
