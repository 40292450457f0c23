// @ts-check
// The recordings of one conversation's calls: fetched once a call has ended, played in step with the words.

import { html, nothing } from '../vendor/lit.js';
import { getJson } from '../http.js';

const TRIES = 10;
/** The first wait; each is longer by as much, half a minute in all. */
const AGAIN_MS = 500;

/**
 * @typedef {{leg: string, name: string, seconds: number, url: string}} Leg
 * @typedef {{call_id: string, started_at: string, seconds: number, legs: Leg[], pauses: {start_ms: number,
 *   end_ms: number | null}[]}} Recording
 */

export class Recordings {
  /** Where the playing recording is. @type {{callId: string, ms: number} | null} */ at = null;
  /** @type {Map<string, Recording>} */ #found = new Map();
  /** What was asked for last: conversation and the calls that had ended by then. */
  #asked = '';

  /** @param {import('lit').LitElement} host with the players in its shadow root */
  constructor(host) {
    this.host = host;
  }

  /**
   * Fetch when a call that may have been recorded has ended.
   * @param {string} id
   * @param {import('../protocol.js').EventOut[]} events
   */
  look(id, events) {
    const ended = endedCalls(events);
    const wanted = `${id} ${ended.join(' ')}`;
    if (wanted === this.#asked) return;
    if (!this.#asked.startsWith(`${id} `)) this.#forget();
    this.#asked = wanted;
    const isRecorded = events.some(
      ({ data }) =>
        (data.kind === 'call_started' && data.is_recorded) || (data.kind === 'recording_changed' && data.is_on),
    );
    if (isRecorded && ended.length) this.#fetch(id, wanted, ended[ended.length - 1], 0);
  }

  #forget() {
    this.at = null;
    this.#found.clear();
  }

  /** @param {string} callId */
  has(callId) {
    return this.#found.has(callId);
  }

  /** @param {string} callId @param {number} ms */
  seek(callId, ms) {
    /** @type {import('./call-player.js').CallPlayer | null} */ (
      this.host.renderRoot.querySelector(`sb-call-player[data-call="${CSS.escape(callId)}"]`)
    )?.playFrom(ms / 1000);
  }

  /** @param {string} callId */
  player(callId) {
    const recording = this.#found.get(callId);
    if (!recording) return nothing;
    return html`<sb-call-player
      data-call=${callId}
      .recording=${recording}
      @at=${(/** @type {CustomEvent<number | null>} */ event) => this.#moved(callId, event.detail)}
    ></sb-call-player>`;
  }

  /** @param {string} callId @param {number | null} ms */
  #moved(callId, ms) {
    this.at = ms === null ? null : { callId, ms };
    this.host.requestUpdate();
  }

  /**
   * The newest recording is written to its end a moment after its call.
   * @param {string} id
   * @param {string} wanted
   * @param {string} newest
   * @param {number} tries
   */
  async #fetch(id, wanted, newest, tries) {
    const answer = await getJson(`/api/conversations/${encodeURIComponent(id)}/calls`).catch(() => null);
    if (wanted !== this.#asked) return;
    if (answer) this.#found = new Map(answer.calls.map((/** @type {Recording} */ call) => [call.call_id, call]));
    if (!this.#found.has(newest) && tries < TRIES)
      window.setTimeout(() => this.#fetch(id, wanted, newest, tries + 1), AGAIN_MS * (tries + 1));
    this.host.requestUpdate();
  }
}

/** Ids of the calls that are over, oldest first. @param {import('../protocol.js').EventOut[]} events */
export function endedCalls(events) {
  /** @type {string[]} */
  const ended = [];
  let open = '';
  for (const { data } of events) {
    if (!['call_started', 'call_ended', 'ended'].includes(data.kind)) continue;
    if (open) ended.push(open);
    open = data.kind === 'call_started' ? data.call_id : '';
  }
  return ended;
}
