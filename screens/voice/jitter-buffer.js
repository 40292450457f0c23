// @ts-check
// Sound that came over the network, waiting to be played without gaps: knows nothing of the browser, is told the time.
//
//   add -> [ sound | mark | sound ...] -> take       filling: silence goes out until `target` is there, or has waited
//                                                    as long; playing: sound goes out; empty again: back to filling
//
// When it runs dry and more comes soon after, the network was late: the target grows by as much. In calm times it
// shrinks again, more slowly after each time that was too soon.

import { RATE_HZ } from './format.js';

const TARGET_MS = 50;
const LONGEST_TARGET_MS = 240;
const SHORTEST_TARGET_MS = 40;
const MARGIN_MS = 20;
const SHRINKS_EVERY_SECONDS = 15;
const SHRINKS_AT_LEAST_EVERY_SECONDS = 120;
const SHRINKS_BY_MS = 10;
/** Sound that comes sooner than this after a gap belonged to the same speech. */
const SAME_SPEECH_SECONDS = 0.25;
/** The server sends 200 ms ahead; what is beyond this piled up behind a stall, and its silences are skipped. */
const PILED_UP_MS = 450;
const SILENT_RMS = 0.003;
/** Ten seconds: older sound is dropped rather than memory filled. */
const LONGEST_MS = 10_000;
const FADE_SAMPLES = (RATE_HZ * 5) / 1000;

export class JitterBuffer {
  targetMs = TARGET_MS;
  /** Times the network was too late, so that a gap was heard: in silence nobody hears one. */
  underruns = 0;

  /** @type {Float32Array[]} */ #chunks = [];
  /** Samples of the first chunk already taken. */
  #offset = 0;
  #samples = 0;
  /** Samples ever put in and ever taken or dropped; marks are places on this line. */
  #in = 0;
  #out = 0;
  /** @type {{name: string, place: number}[]} */ #marks = [];
  #isPlaying = false;
  /** What is left is the end of a flush. */
  #isFading = false;
  /** What was taken last was more than silence. */
  #isSounding = false;
  /** When the oldest waiting sound came, while filling. */
  #waitingSince = 0;
  /** When it last ran dry; long ago at first. */
  #emptySince = -Infinity;
  #calmSince = 0;
  #patienceSeconds = SHRINKS_EVERY_SECONDS;

  get bufferedMs() {
    return (this.#samples / RATE_HZ) * 1000;
  }

  /** @param {Int16Array} pcm @param {number} now seconds */
  add(pcm, now) {
    const chunk = Float32Array.from(pcm, (sample) => sample / 32768);
    if (this.bufferedMs > PILED_UP_MS && loudness(chunk) < SILENT_RMS) return;
    this.#isFading = false;
    if (!this.#samples) this.#waitingSince = now;
    if (!this.#samples && !this.#isPlaying) this.#judgeGap(now);
    this.#chunks.push(chunk);
    this.#in += chunk.length;
    this.#samples += chunk.length;
    while (this.bufferedMs > LONGEST_MS) this.#dropOldest();
  }

  /** Asks to be told when all sound so far has been taken. @param {string} name */
  mark(name) {
    this.#marks.push({ name, place: this.#in });
  }

  /** Drop what waits, and its marks: 5 ms fade out so that nothing clicks. */
  flush() {
    const fading = new Float32Array(this.#isPlaying ? Math.min(FADE_SAMPLES, this.#samples) : 0);
    this.#copy(fading);
    for (let at = 0; at < fading.length; at += 1) fading[at] *= 1 - at / fading.length;
    this.#chunks = fading.length ? [fading] : [];
    this.#offset = 0;
    this.#samples = fading.length;
    this.#out = this.#in - fading.length;
    this.#marks = [];
    // What comes next is new speech, not late sound.
    this.#emptySince = -Infinity;
    this.#isFading = fading.length > 0;
  }

  /**
   * Fill `output` with what is due, silence where there is none.
   *
   * @param {Float32Array} output @param {number} now seconds @returns {string[]} the marks whose sound has been taken
   */
  take(output, now) {
    this.#calmDown(now);
    if (!this.#isPlaying && this.#samples) {
      this.#isPlaying = this.bufferedMs >= this.targetMs || (now - this.#waitingSince) * 1000 >= this.targetMs;
    }
    const taken = this.#isPlaying ? this.#copy(output) : 0;
    output.fill(0, taken);
    if (taken) this.#isSounding = loudness(output.subarray(0, taken)) >= SILENT_RMS;
    this.#out += taken;
    if (this.#isPlaying && !this.#samples) {
      this.#isPlaying = false;
      this.#emptySince = this.#isFading ? -Infinity : now;
      this.#isFading = false;
    }
    return this.#reached();
  }

  #reached() {
    const count = this.#marks.findIndex(({ place }) => place > this.#out);
    return this.#marks.splice(0, count < 0 ? this.#marks.length : count).map(({ name }) => name);
  }

  /** Move sound out of the queue. @param {Float32Array} output @returns {number} samples moved */
  #copy(output) {
    let at = 0;
    while (at < output.length && this.#chunks.length) {
      const [chunk] = this.#chunks;
      const piece = chunk.subarray(this.#offset, this.#offset + output.length - at);
      output.set(piece, at);
      at += piece.length;
      this.#offset += piece.length;
      if (this.#offset === chunk.length) {
        this.#chunks.shift();
        this.#offset = 0;
      }
    }
    this.#samples -= at;
    return at;
  }

  #dropOldest() {
    const chunk = /** @type {Float32Array} */ (this.#chunks.shift());
    const dropped = chunk.length - this.#offset;
    this.#offset = 0;
    this.#samples -= dropped;
    this.#out += dropped;
  }

  /** @param {number} now */
  #judgeGap(now) {
    const late = now - this.#emptySince;
    if (late > SAME_SPEECH_SECONDS) return;
    if (this.#isSounding) this.underruns += 1;
    this.targetMs = Math.min(LONGEST_TARGET_MS, this.targetMs + late * 1000 + MARGIN_MS);
    this.#patienceSeconds = Math.min(SHRINKS_AT_LEAST_EVERY_SECONDS, 2 * this.#patienceSeconds);
    this.#calmSince = now;
  }

  /** @param {number} now */
  #calmDown(now) {
    if (now - this.#calmSince < this.#patienceSeconds) return;
    this.#calmSince = now;
    this.targetMs = Math.max(SHORTEST_TARGET_MS, this.targetMs - SHRINKS_BY_MS);
  }
}

/** Root of the mean square, 0 to 1. @param {Float32Array} samples */
export function loudness(samples) {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / (samples.length || 1));
}
