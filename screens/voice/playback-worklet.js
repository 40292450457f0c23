// The loudspeaker's side of a call. Runs on the browser's audio thread.
//
//   page -> here   {pcm: ArrayBuffer} | {mark} | {flush: true} | {latencySeconds} | {end: true}
//   here -> page   {played: mark} when the sound before the mark has left the loudspeaker
//                  {level, bufferedMs, targetMs, underruns} ten times a second
/* global AudioWorkletProcessor, currentTime, registerProcessor, sampleRate */

import { RATE_HZ } from './format.js';
import { JitterBuffer, loudness } from './jitter-buffer.js';
import { Resampler } from './resample.js';

const REPORT_SECONDS = 0.1;

class Playback extends AudioWorkletProcessor {
  constructor() {
    super();
    this.buffer = new JitterBuffer();
    this.resampler = new Resampler(RATE_HZ, sampleRate);
    this.input = new Float32Array(512);
    /** From this processor to the ear, without the resampler. */
    this.latencySeconds = 0;
    /** Marks whose sound is on its way through the device: {mark, due in seconds}. */
    this.leaving = [];
    this.reportAt = 0;
    this.peak = 0;
    this.isOver = false;
    this.port.onmessage = ({ data }) => this.#told(data);
  }

  #told(message) {
    if (message.pcm) this.buffer.add(new Int16Array(message.pcm), currentTime);
    else if (message.mark !== undefined) this.buffer.mark(message.mark);
    else if (message.flush) this.#flush();
    else if (message.latencySeconds !== undefined) this.latencySeconds = message.latencySeconds;
    else if (message.end) this.isOver = true;
  }

  #flush() {
    this.buffer.flush();
    // Nothing more is said about marks that came before a flush, also where the sound can no longer be called back.
    this.leaving = [];
  }

  process(_, [channels]) {
    const output = channels[0];
    const input = this.input.subarray(0, this.resampler.wants(output.length));
    const reached = this.buffer.take(input, currentTime);
    this.resampler.write(input);
    this.resampler.read(output);
    for (let channel = 1; channel < channels.length; channel += 1) channels[channel].set(output);
    const heardIn = output.length / sampleRate + this.resampler.taps / 2 / RATE_HZ + this.latencySeconds;
    for (const mark of reached) this.leaving.push({ mark, due: currentTime + heardIn });
    while (this.leaving.length && this.leaving[0].due <= currentTime)
      this.port.postMessage({ played: this.leaving.shift().mark });
    this.#report(output);
    return !this.isOver;
  }

  #report(output) {
    this.peak = Math.max(this.peak, loudness(output));
    if (currentTime < this.reportAt) return;
    this.reportAt = currentTime + REPORT_SECONDS;
    const { bufferedMs, targetMs, underruns } = this.buffer;
    this.port.postMessage({ level: this.peak, bufferedMs, targetMs, underruns });
    this.peak = 0;
  }
}

registerProcessor('switchboard-playback', Playback);
