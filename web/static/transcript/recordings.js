// @ts-check
// The recordings of one conversation's calls: fetched once a call has ended, played in step with the words.

import { html, nothing } from '../vendor/lit.js';
import { getJson } from '../shared/http.js';

/**
 * @typedef {{leg: string, name: string, seconds: number, url: string}} Leg
 * @typedef {{call_id: string, started_at: string, seconds: number, legs: Leg[], pauses: {start_ms: number, end_ms: number | null}[]}} Recording
 */

export class Recordings {
  /** Where the playing recording is. @type {{callId: string, ms: number} | null} */ at = null;
  /** @type {Map<string, Recording>} */ #found = new Map();
  /** What was asked for last: conversation and calls ended by then. */
  #asked = '';

  /** @param {import('lit').LitElement} host with the players in its shadow root */
  constructor(host) {
    this.host = host;
  }

  /** Fetch when a call that may have been recorded has ended. @param {string} id @param {import('../shared/protocol.js').EventOut[]} events */
  look(id, events) {
    const isRecorded = events.some(({ data }) => (data.kind === 'call_started' && data.is_recorded) || (data.kind === 'recording_changed' && data.is_on));
    const ended = events.filter(({ data }) => data.kind === 'call_ended').length;
    const wanted = `${id} ${ended}`;
    if (wanted === this.#asked) return;
    if (!this.#asked.startsWith(`${id} `)) this.#forget();
    this.#asked = wanted;
    if (isRecorded && ended) this.#fetch(id, wanted);
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
    /** @type {import('./call-player.js').CallPlayer | null} */ (this.host.renderRoot.querySelector(`sb-call-player[data-call="${CSS.escape(callId)}"]`))?.playFrom(ms / 1000);
  }

  /** @param {string} callId */
  player(callId) {
    const recording = this.#found.get(callId);
    if (!recording) return nothing;
    return html`<sb-call-player data-call=${callId} .recording=${recording} @at=${(/** @type {CustomEvent<number | null>} */ event) => this.#moved(callId, event.detail)}></sb-call-player>`;
  }

  /** @param {string} callId @param {number | null} ms */
  #moved(callId, ms) {
    this.at = ms === null ? null : { callId, ms };
    this.host.requestUpdate();
  }

  /** @param {string} id @param {string} wanted */
  async #fetch(id, wanted) {
    const answer = await getJson(`/api/conversations/${encodeURIComponent(id)}/calls`).catch(() => null);
    if (wanted !== this.#asked || !answer) return;
    this.#found = new Map(answer.calls.map((/** @type {Recording} */ call) => [call.call_id, call]));
    this.host.requestUpdate();
  }
}
