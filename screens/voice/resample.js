// @ts-check
// Sound from one sample rate to another: a windowed-sinc low-pass evaluated at the output's instants, so that nothing
// above the lower rate's half folds back as a whistle. Used by both worklets; knows nothing of the browser.
//
//   input   |   |   |   |   |   |   |     `rate.in`, for example 48,000 a second
//   output  |           |           |     `rate.out`; each is a weighted sum of the `taps` inputs around it
//
// The weights repeat after `phases` outputs, so they are computed once. Delay: half the taps, 2 ms of the lower rate.

/** Zero crossings of the sinc on each side: with the window below, 1.2 kHz from passing to 80 dB down at 16 kHz. */
const CROSSINGS = 32;
/** Where the slope has its middle, as a share of half the lower rate. */
const CUT_OFF = 0.925;
/** Kaiser window's shape: about 80 dB. */
const BETA = 7.9;

export class Resampler {
  #held = new Float32Array(2048);
  #count = 0;
  /** Place of the next output in units of 1/phases input samples from the oldest one held. */
  #place = 0;

  /** @param {number} from hertz, a whole number @param {number} to hertz, a whole number */
  constructor(from, to) {
    const shared = greatestCommon(from, to);
    this.phases = to / shared;
    this.step = from / shared;
    this.taps = 2 * Math.ceil(CROSSINGS * Math.max(1, from / to));
    this.weights = weightsOf(this.phases, this.taps, Math.min(1, to / from) * CUT_OFF);
    this.clear();
  }

  /** Forget what was; the next sound starts from silence. */
  clear() {
    this.#held.fill(0);
    // Silence before the first sample, so that the first output needs no waiting for the past.
    this.#count = this.taps / 2 - 1;
    this.#place = 0;
  }

  /** Inputs still missing to `read` so many outputs. @param {number} outputs */
  wants(outputs) {
    const last = Math.floor((this.#place + (outputs - 1) * this.step) / this.phases);
    return Math.max(0, last + this.taps - this.#count);
  }

  /** @param {Float32Array} samples */
  write(samples) {
    const needed = this.#count + samples.length;
    if (needed > this.#held.length) {
      const larger = new Float32Array(2 * needed);
      larger.set(this.#held);
      this.#held = larger;
    }
    this.#held.set(samples, this.#count);
    this.#count = needed;
  }

  /** Fill `output` as far as the input reaches; returns how many samples that were. @param {Float32Array} output */
  read(output) {
    const { phases, step, taps, weights } = this;
    const held = this.#held;
    let made = 0;
    for (; made < output.length; made += 1) {
      const first = Math.floor(this.#place / phases);
      if (first + taps > this.#count) break;
      const row = (this.#place % phases) * taps;
      let sum = 0;
      for (let tap = 0; tap < taps; tap += 1) sum += held[first + tap] * weights[row + tap];
      output[made] = sum;
      this.#place += step;
    }
    this.#drop(Math.min(Math.floor(this.#place / phases), this.#count));
    return made;
  }

  /** @param {number} count of the oldest inputs, which no later output looks at */
  #drop(count) {
    this.#held.copyWithin(0, count, this.#count);
    this.#count -= count;
    this.#place -= count * this.phases;
  }
}

/**
 * One row of weights for each phase, each row summing to 1.
 * @param {number} phases
 * @param {number} taps
 * @param {number} cutOff share of the input's half rate
 */
function weightsOf(phases, taps, cutOff) {
  const weights = new Float32Array(phases * taps);
  const half = taps / 2;
  for (let phase = 0; phase < phases; phase += 1) {
    let sum = 0;
    for (let tap = 0; tap < taps; tap += 1) {
      const away = tap - (half - 1) - phase / phases;
      const weight = sinc(cutOff * away) * kaiser(away / half);
      weights[phase * taps + tap] = weight;
      sum += weight;
    }
    for (let tap = 0; tap < taps; tap += 1) weights[phase * taps + tap] /= sum;
  }
  return weights;
}

/** @param {number} x */
const sinc = (x) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

/** @param {number} x -1 to 1 */
const kaiser = (x) => (Math.abs(x) >= 1 ? 0 : bessel(BETA * Math.sqrt(1 - x * x)) / bessel(BETA));

/** Modified Bessel function of the first kind, order 0, by its series. @param {number} x */
function bessel(x) {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > 1e-10 * sum; k += 1) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

/** @param {number} a @param {number} b @returns {number} */
const greatestCommon = (a, b) => (b ? greatestCommon(b, a % b) : a);
