// @ts-check
// The two ends of a call's sound in the page: microphone to frames, frames to loudspeaker.

const CAPTURE = new URL('./capture-worklet.js', import.meta.url);
const PLAYBACK = new URL('./playback-worklet.js', import.meta.url);
/** A browser that names no latency of its output, or an absurd one, is taken at its word up to this. */
const LONGEST_LATENCY_SECONDS = 0.4;

/**
 * Fires `frame` (detail: {pcm: ArrayBuffer, level}) 50 times a second while a microphone is connected, `played`
 * (detail: mark) and `report` (detail: {level, bufferedMs, targetMs, underruns}),
 *   and `blocked` when the browser wants a
 * press before it plays anything.
 */
export class Sound extends EventTarget {
  /** @type {AudioWorkletNode | null} */ #capture = null;
  /** @type {MediaStreamAudioSourceNode | null} */ #source = null;
  /** @type {AudioWorkletNode | null} */ #playback = null;
  #isClosed = false;

  /** Make it in a press: browsers keep sound that nobody asked for silent. */
  constructor() {
    super();
    this.context = new AudioContext({ latencyHint: 'interactive' });
    this.volume = new GainNode(this.context);
    this.volume.connect(this.context.destination);
    this.context.addEventListener('statechange', this.#keepRunning);
    document.addEventListener('visibilitychange', this.#keepRunning);
    this.#keepRunning();
  }

  get isRunning() {
    return this.context.state === 'running';
  }

  /** Loads the worklets; sound that arrives earlier would be lost, so wait for it. */
  async prepare() {
    const { audioWorklet } = this.context;
    await Promise.all([audioWorklet.addModule(PLAYBACK), audioWorklet.addModule(CAPTURE)]);
    if (this.#isClosed) return;
    this.#playback = new AudioWorkletNode(this.context, 'switchboard-playback', {
      numberOfInputs: 0,
      outputChannelCount: [1],
    });
    this.#playback.port.onmessage = ({ data }) => {
      if (data.played !== undefined) this.#tell('played', data.played);
      else this.#report(data);
    };
    this.#playback.connect(this.volume);
  }

  /** @param {MediaStream} stream */
  listen(stream) {
    this.#disconnect();
    this.#source = new MediaStreamAudioSourceNode(this.context, { mediaStream: stream });
    this.#capture = new AudioWorkletNode(this.context, 'switchboard-capture', { numberOfOutputs: 0 });
    this.#capture.port.onmessage = ({ data }) => this.#tell('frame', data);
    this.#source.connect(this.#capture);
  }

  /** @param {ArrayBuffer} pcm */
  play(pcm) {
    this.#playback?.port.postMessage({ pcm }, [pcm]);
  }

  /** @param {string} mark */
  mark(mark) {
    this.#playback?.port.postMessage({ mark });
  }

  flush() {
    this.#playback?.port.postMessage({ flush: true });
  }

  /** @param {number} share 0 to 1, as the slider stands; the ear's scale is taken care of */
  setVolume(share) {
    this.volume.gain.setTargetAtTime(share ** 2, this.context.currentTime, 0.02);
  }

  async close() {
    this.#isClosed = true;
    document.removeEventListener('visibilitychange', this.#keepRunning);
    this.context.removeEventListener('statechange', this.#keepRunning);
    this.#disconnect();
    this.#playback?.port.postMessage({ end: true });
    await this.context.close().catch(() => undefined);
  }

  #disconnect() {
    this.#source?.disconnect();
    this.#capture?.port.postMessage({ end: true });
    if (this.#capture) this.#capture.port.onmessage = null;
    this.#source = null;
    this.#capture = null;
  }

  /** A phone call, or a tab put away, may have paused us. */
  #keepRunning = () => {
    if (this.#isClosed || this.isRunning) return this.#tell('running', null);
    this.context.resume().catch(() => undefined);
    this.#tell('blocked', null);
  };

  /** @param {object} report */
  #report(report) {
    const { outputLatency = 0, baseLatency = 0 } = this.context;
    const latencySeconds = Math.min(LONGEST_LATENCY_SECONDS, (outputLatency || baseLatency) ?? 0);
    this.#playback?.port.postMessage({ latencySeconds });
    this.#tell('report', report);
  }

  /** @param {string} name @param {unknown} detail */
  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
