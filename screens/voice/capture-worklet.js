// The microphone's side of a call: mixes it to one channel, brings it to 16 kHz, posts one message a frame of 20 ms:
// {pcm: ArrayBuffer of 16-bit samples, level: 0 to 1}. Runs on the browser's audio thread.
/* global AudioWorkletProcessor, registerProcessor, sampleRate */

import { FRAME_SAMPLES, RATE_HZ } from './format.js';
import { loudness } from './jitter-buffer.js';
import { Resampler } from './resample.js';

class Capture extends AudioWorkletProcessor {
  constructor() {
    super();
    this.resampler = new Resampler(sampleRate, RATE_HZ);
    this.mixed = new Float32Array(128);
    this.made = new Float32Array(512);
    this.frame = new Float32Array(FRAME_SAMPLES);
    this.filled = 0;
    this.isOver = false;
    this.port.onmessage = () => (this.isOver = true);
  }

  process([channels]) {
    // A microphone that was unplugged leaves no channels.
    if (channels?.length) this.#take(channels);
    return !this.isOver;
  }

  #take(channels) {
    const length = channels[0].length;
    if (this.mixed.length !== length) this.mixed = new Float32Array(length);
    this.mixed.set(channels[0]);
    for (let channel = 1; channel < channels.length; channel += 1) {
      for (let at = 0; at < length; at += 1) this.mixed[at] += channels[channel][at];
    }
    if (channels.length > 1) for (let at = 0; at < length; at += 1) this.mixed[at] /= channels.length;
    this.resampler.write(this.mixed);
    const count = this.resampler.read(this.made);
    for (let at = 0; at < count; at += 1) {
      this.frame[this.filled] = this.made[at];
      this.filled += 1;
      if (this.filled === FRAME_SAMPLES) this.#post();
    }
  }

  #post() {
    this.filled = 0;
    const pcm = Int16Array.from(this.frame, (sample) => Math.round(32767 * Math.max(-1, Math.min(1, sample))));
    this.port.postMessage({ pcm: pcm.buffer, level: loudness(this.frame) }, [pcm.buffer]);
  }
}

registerProcessor('switchboard-capture', Capture);
