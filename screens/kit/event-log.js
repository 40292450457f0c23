// @ts-check
// The events of one conversation in order, each once, however often and in whichever order they arrive.

/** @typedef {import('./protocol.js').EventOut} EventOut */

export class EventLog {
  /** @type {EventOut[]} */
  events = [];

  /** Newest sequence number held; 0 for none. Ask for what came after it when reconnecting. */
  get lastSeq() {
    return this.events.at(-1)?.seq ?? 0;
  }

  /** Take in events; returns those that are new, in order. @param {EventOut[]} arrivals */
  add(arrivals) {
    const held = new Set(this.events.map((event) => event.seq));
    const fresh = arrivals.filter((event) => !held.has(event.seq) && held.add(event.seq)).sort(bySeq);
    if (!fresh.length) return fresh;
    const isAppend = fresh[0].seq > this.lastSeq;
    // A new array each time: the screens compare by identity.
    this.events = [...this.events, ...fresh];
    if (!isAppend) this.events.sort(bySeq);
    return fresh;
  }
}

/** @param {EventOut} a @param {EventOut} b */
const bySeq = (a, b) => a.seq - b.seq;
