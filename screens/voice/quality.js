// @ts-check
// How good the line is, from round trips and gaps, as one of three words.
//
// A voice is one-way: half the round trip and what the jitter buffer holds. Up to 150 ms is good and beyond 400 ms
// unacceptable (ITU-T G.114); a gap that was heard makes a line fair, several make it poor.

const GOOD_MS = 150;
const ACCEPTABLE_MS = 400;
const REMEMBERED_TRIPS = 5;
const GAP_COUNTS_SECONDS = 10;
const GAPS_POOR = 3;

/** @typedef {'unknown' | 'good' | 'fair' | 'poor'} QualityWord */

export class Quality {
  /** @type {number[]} Newest round trips in ms. */ #trips = [];
  /** @type {number[]} When gaps were heard, in seconds. */ #gaps = [];
  #underruns = 0;
  #bufferMs = 0;
  /** The network takes our sound slower than we speak. */
  isChoked = false;

  /** @param {number} ms */
  tookTrip(ms) {
    this.#trips = [...this.#trips, ms].slice(-REMEMBERED_TRIPS);
  }

  /** @param {{underruns: number, targetMs: number}} report @param {number} now seconds */
  played({ underruns, targetMs }, now) {
    for (; this.#underruns < underruns; this.#underruns += 1) this.#gaps.push(now);
    this.#bufferMs = targetMs;
    this.#gaps = this.#gaps.filter((at) => now - at < GAP_COUNTS_SECONDS);
  }

  /** A new connection starts with a clean slate. */
  clear() {
    this.#trips = [];
    this.#gaps = [];
    this.isChoked = false;
  }

  /** Median round trip in ms, or null before the first. */
  get tripMs() {
    if (!this.#trips.length) return null;
    return [...this.#trips].sort((a, b) => a - b)[Math.floor(this.#trips.length / 2)];
  }

  /** @returns {QualityWord} */
  get word() {
    if (this.tripMs === null) return 'unknown';
    const oneWayMs = this.tripMs / 2 + this.#bufferMs;
    if (this.isChoked || oneWayMs > ACCEPTABLE_MS || this.#gaps.length >= GAPS_POOR) return 'poor';
    return oneWayMs > GOOD_MS || this.#gaps.length ? 'fair' : 'good';
  }
}
