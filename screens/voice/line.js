// @ts-check
// One call from this page, the customer's or the operator's: socket, microphone and loudspeaker together. Draws
// nothing.
//
//   idle -> opening -> live -> lost -> live ...          over (hung up, ended by the other side, or refused)
//
// `begin` comes from a press. The socket opens first, since the server makes ready for a call meanwhile; `start` is
// said
// once there is a microphone. After a lost server the same conversation is taken up again.

import { FRAME_MS, RATE_HZ } from './format.js';
import { Microphone } from './microphone.js';
import { Quality } from './quality.js';
import { Sound } from './sound.js';
import { VoiceWire } from './wire.js';

/** The other side's last words are let out after it has hung up. */
const LAST_WORDS_MS = 800;
/** Pictures of loudness move this often; in between the style eases. */
const LEVEL_EVERY_MS = 60;
/** How long a hang-up waits for the server's word. */
const GOODBYE_MS = 2_000;

/** @typedef {'idle' | 'opening' | 'live' | 'lost' | 'over'} Phase */
/** @typedef {{leg_id: string, name: string, role: string, is_muted: boolean}} Leg */
/**
 * @typedef {{speaker: 'customer' | 'agent' | 'operator', legId: string, name: string, text: string,
 *   isFinal: boolean, at: number}} Caption `legId`: whose words
 */

/**
 * Fires `change` whenever the screen should look again, `level` some times a second, `started` (detail: the server's
 * message) at every connection, `caption` (detail: Caption) and `over`.
 */
export class VoiceLine extends EventTarget {
  /** @type {Phase} */ phase = 'idle';
  /** Times the line was lost and has come back. */
  returns = 0;
  /** When it last came back, when the call began and when it was over, in Date.now() milliseconds; 0 before. */
  returnedAt = 0;
  since = 0;
  overAt = 0;
  callId = '';
  agentName = '';
  brand = '';
  stage = '';
  /** loading, listening, thinking, speaking, holding, bridged or on_hold. */
  line = 'loading';
  operatorName = '';
  /** One line for the screen, by the server. */
  text = '';
  isMuted = false;
  isRecording = false;
  /** Share of full volume, 0 to 1. */
  volume = 1;
  /** The desk's side of it. */
  isHeld = false;
  isBriefPlaying = false;
  /** @type {Leg[]} */ legs = [];
  /** Newest words of each leg. @type {Record<string, Caption>} */ captions = {};
  /** What went wrong, in words; empty when all is well. */
  problem = '';
  /** The browser wants a press before it plays. */
  isBlocked = false;
  /** How it ended. @type {{by: string, reason: string, goesOnInChat: boolean} | null} */ end = null;
  /** Loudness now, 0 to 1: of this side's microphone, of what is played. */
  levels = { mine: 0, theirs: 0 };
  quality = new Quality();
  microphone = new Microphone();

  /** @type {Sound | null} */ #sound = null;
  /** @type {Promise<void> | null} */ #soundReady = null;
  /** @type {VoiceWire} */ #wire;
  #toldLevelAt = 0;
  /** Both ends of the sound are there. */
  #isListening = false;
  /** How often the socket has opened, and which of those times `start` was said. */
  #connection = 0;
  #greeted = 0;
  /** @type {number | undefined} */ #timer;

  /**
   * @param {object} options
   * @param {URL} options.url
   * @param {() => object | Promise<object>} options.start what the first message says beside the format; asked anew for
   *   every connection; may throw when the server refuses for good
   */
  constructor({ url, start }) {
    super();
    this.start = start;
    this.#wire = new VoiceWire({
      url,
      onState: (state, code) => this.#wired(state, code),
      onMessage: (message) => this.#receive(message),
      onSound: (pcm) => this.#sound?.play(pcm),
      onTrip: (ms) => {
        this.quality.tookTrip(ms);
        this.#changed();
      },
    });
    this.microphone.addEventListener('change', () => this.#heardOfMicrophone());
  }

  get isOpen() {
    return this.phase === 'opening' || this.phase === 'live' || this.phase === 'lost';
  }
  get isReconnecting() {
    return this.#wire.state === 'waiting' || (this.phase === 'lost' && this.#wire.state === 'connecting');
  }

  /** Place the call, from a press. */
  async begin() {
    if (this.phase !== 'idle') return;
    this.phase = 'opening';
    this.#wire.open();
    await this.askMicrophone();
  }

  /** Ask for the microphone (again). From a press, so that the sound may start too. */
  async askMicrophone() {
    this.#prepareSound();
    await this.microphone.open();
  }

  /** After a press the browser lets sound out. */
  unblock() {
    this.#sound?.context.resume();
  }

  /** @param {boolean} isMuted */
  mute(isMuted) {
    this.isMuted = isMuted;
    this.microphone.mute(isMuted);
    this.#tellMute();
    this.#changed();
  }

  /** A key of the keypad. @param {string} key */
  press(key) {
    this.#wire.send({ type: 'dtmf', key });
  }

  /** @param {number} volume 0 to 1 */
  setVolume(volume) {
    this.volume = volume;
    this.#sound?.setVolume(volume);
    this.#changed();
  }

  /** Don't wait for the end of the spoken brief. */
  skipBrief() {
    this.#wire.send({ type: 'skip_brief' });
  }

  retryNow() {
    this.#wire.retryNow();
  }

  /**
   * End the call; with `keepsChat` the conversation goes on in writing. Returns false when the server can't be told.
   */
  hangUp({ keepsChat = false, by = 'me' } = {}) {
    const message = keepsChat ? { type: 'hangup', keeps_chat: true } : { type: 'hangup' };
    const isTold = this.phase === 'live' && this.#wire.send(message);
    this.microphone.close();
    this.#sound?.flush();
    if (isTold) this.#timer = window.setTimeout(() => this.#finish(by, 'hung_up', keepsChat), GOODBYE_MS);
    else this.#finish(by, 'hung_up', keepsChat);
    return isTold;
  }

  #prepareSound() {
    if (this.#sound || !window.AudioContext || !window.AudioWorkletNode) return;
    const sound = new Sound();
    this.#sound = sound;
    sound.addEventListener('frame', (event) => this.#speak(/** @type {CustomEvent} */ (event).detail));
    sound.addEventListener('played', (event) =>
      this.#wire.send({ type: 'played', mark: /** @type {CustomEvent} */ (event).detail }),
    );
    sound.addEventListener('report', (event) => this.#reported(/** @type {CustomEvent} */ (event).detail));
    for (const name of ['blocked', 'running']) {
      sound.addEventListener(name, () => {
        if (this.isBlocked === !sound.isRunning) return;
        this.isBlocked = !sound.isRunning;
        this.#changed();
      });
    }
    sound.setVolume(this.volume);
    this.#soundReady = sound.prepare();
  }

  async #heardOfMicrophone() {
    const { state, stream } = this.microphone;
    if (state === 'on' && stream) {
      try {
        await this.#soundReady;
      } catch {
        this.microphone.refuse();
        return;
      }
      if (stream !== this.microphone.stream) return;
      this.microphone.mute(this.isMuted);
      this.#sound?.listen(stream);
      this.#isListening = true;
      this.#greet();
    }
    if (state === 'on' || state === 'lost') this.#tellMute();
    this.#changed();
  }

  /** @param {{pcm: ArrayBuffer, level: number}} frame */
  #speak({ pcm, level }) {
    this.levels.mine = this.isMuted ? 0 : level;
    this.#tellLevel();
    if (this.phase !== 'live' || this.isMuted) return;
    this.quality.isChoked = !this.#wire.sendSound(pcm);
  }

  /** @param {{level: number, bufferedMs: number, targetMs: number, underruns: number}} report */
  #reported(report) {
    this.levels.theirs = report.level;
    const before = this.quality.word;
    this.quality.played(report, performance.now() / 1000);
    this.#tellLevel();
    if (this.quality.word !== before) this.#changed();
  }

  #tellLevel() {
    if (performance.now() - this.#toldLevelAt < LEVEL_EVERY_MS) return;
    this.#toldLevelAt = performance.now();
    this.dispatchEvent(new Event('level'));
  }

  /** The other side sees a muted line, also when the microphone is gone. */
  #tellMute() {
    if (this.phase === 'live')
      this.#wire.send({ type: 'mute', is_muted: this.isMuted || this.microphone.state !== 'on' });
  }

  /** Say `start`, once a connection, when there is a socket, a microphone and what plays the answer. */
  async #greet() {
    if (this.phase === 'live' || this.phase === 'over' || this.microphone.state !== 'on' || !this.#isListening) return;
    if (this.#wire.state === 'closed') this.#wire.open();
    const connection = this.#connection;
    if (this.#wire.state !== 'open' || this.#greeted === connection) return;
    this.#greeted = connection;
    try {
      const start = await this.start();
      if (connection === this.#connection)
        this.#wire.send({ type: 'start', v: 1, rate_hz: RATE_HZ, frame_ms: FRAME_MS, ...start });
    } catch (error) {
      this.problem = /** @type {Error} */ (error).message;
      this.#finish('us', 'refused', false);
    }
  }

  /** @param {import('./wire.js').WireState} state @param {number} code why it closed */
  #wired(state, code) {
    if (state === 'open') {
      this.#connection += 1;
      this.#greet();
    }
    if (state === 'waiting' && this.phase === 'live') {
      this.phase = 'lost';
      this.#sound?.flush();
      this.quality.clear();
      this.captions = {};
      this.isBriefPlaying = false;
    }
    // The server waits some seconds for a `start`; a person may take longer to allow the microphone.
    if (state === 'closed' && this.phase !== 'over' && this.#greeted)
      this.#finish('server', code === 1008 ? 'refused' : 'closed', false);
    this.#changed();
  }

  /** @param {import('./messages.js').ToDevice} message */
  #receive(message) {
    switch (message.type) {
      case 'started':
        this.#started(message);
        break;
      case 'mark':
        this.#sound?.mark(message.mark);
        return;
      case 'flush':
        this.#sound?.flush();
        return;
      case 'caption':
        this.#caption({
          speaker: message.speaker,
          legId: message.leg_id ?? message.speaker,
          name: message.name ?? '',
          text: message.text,
          isFinal: message.is_final,
          at: performance.now(),
        });
        break;
      case 'state':
        Object.assign(this, {
          stage: message.stage,
          line: message.line,
          operatorName: message.operator_name ?? '',
          text: message.text,
        });
        break;
      case 'line':
        Object.assign(this, {
          isHeld: message.is_held,
          isRecording: message.is_recording,
          isBriefPlaying: message.is_brief_playing,
          legs: message.legs,
        });
        break;
      case 'recording':
        this.isRecording = message.is_on;
        break;
      case 'problem':
        this.problem = message.message;
        break;
      case 'ended':
        this.#finish(message.by, message.reason, Boolean(message.goes_on_in_chat));
        return;
    }
    this.#changed();
  }

  /** @param {import('./messages.js').Opened} started */
  #started(started) {
    if (this.phase === 'lost') Object.assign(this, { returns: this.returns + 1, returnedAt: Date.now() });
    this.phase = 'live';
    this.problem = '';
    this.since ||= Date.now();
    Object.assign(this, {
      callId: started.call_id,
      agentName: started.agent_name,
      brand: started.brand,
      isRecording: started.is_recorded,
    });
    this.#wire.isWelcome();
    if (this.isMuted || this.microphone.state !== 'on') this.#tellMute();
    this.dispatchEvent(new CustomEvent('started', { detail: started }));
  }

  /** @param {Caption} caption */
  #caption(caption) {
    this.captions = { ...this.captions, [caption.legId]: caption };
    this.dispatchEvent(new CustomEvent('caption', { detail: caption }));
  }

  /** @param {string} by @param {string} reason @param {boolean} goesOnInChat */
  #finish(by, reason, goesOnInChat) {
    if (this.phase === 'over') return;
    clearTimeout(this.#timer);
    this.phase = 'over';
    this.overAt = Date.now();
    this.end = { by, reason, goesOnInChat };
    this.captions = {};
    this.microphone.close();
    this.#wire.close();
    const sound = this.#sound;
    this.#sound = null;
    window.setTimeout(() => sound?.close(), LAST_WORDS_MS);
    this.#changed();
    this.dispatchEvent(new Event('over'));
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}
