// @ts-check
// The socket of a call: sound as binary frames, control as JSON; comes back after a lost server with a growing wait.
//
//   idle -> connecting -> open -> waiting -> connecting ...        closed (by us, by the end of the call, or refused)

const FIRST_WAIT_MS = 300;
const LONGEST_WAIT_MS = 8_000;
const PING_EVERY_MS = 2_000;
/** A server that answers no ping for so long is gone, whatever the socket says. */
const DEAF_MS = 7_000;
/** Two seconds of sound the network has not taken: newer sound is dropped until it has. */
const CHOKED_BYTES = 64_000;
/** Codes after which trying again is no use: the call ended, or was refused. */
const FINAL = new Set([1000, 1008]);
/** Final while nothing has begun: the server can't serve; later it is a fault that may pass. */
const FAULT = 1011;

/** @typedef {'idle' | 'connecting' | 'open' | 'waiting' | 'closed'} WireState */

export class VoiceWire {
  /** @type {WireState} */ state = 'idle';
  /** When the next try is due, in Date.now() milliseconds, while `waiting`. */
  retryAt = 0;
  /** @type {WebSocket | null} */ #socket = null;
  /** @type {number | undefined} */ #timer;
  /** @type {number | undefined} */ #pinger;
  #failures = 0;
  #pings = 0;
  #isWelcomed = false;
  /** The ping not yet answered. @type {{id: number, at: number} | null} */ #asked = null;

  /**
   * @param {object} options
   * @param {URL} options.url
   * @param {(state: WireState, code: number) => void} options.onState `code`: why the socket closed, 0 while it has not
   * @param {(message: import('./messages.js').ToDevice) => void} options.onMessage every one but pongs
   * @param {(pcm: ArrayBuffer) => void} options.onSound
   * @param {(ms: number) => void} options.onTrip a round trip was measured
   * @param {() => number} [options.random] for the jitter, 0 to 1
   */
  constructor({ url, onState, onMessage, onSound, onTrip, random = Math.random }) {
    this.url = url;
    this.onState = onState;
    this.onMessage = onMessage;
    this.onSound = onSound;
    this.onTrip = onTrip;
    this.random = random;
  }

  /** Connect and stay connected until `close`. */
  open() {
    window.addEventListener('online', this.retryNow);
    this.#connect();
  }

  close() {
    if (this.state === 'closed') return;
    this.#leave(1000);
  }

  /** Try now instead of waiting. */
  retryNow = () => {
    if (this.state === 'waiting') this.#connect();
  };

  /** The other side has taken us up: a later loss is a first one again. */
  isWelcome() {
    this.#failures = 0;
    this.#isWelcomed = true;
    this.#ping();
  }

  /** False when nothing was sent. @param {object} message */
  send(message) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  /** One frame of sound; false when the network can't keep up, and it was dropped. @param {ArrayBuffer} pcm */
  sendSound(pcm) {
    const socket = this.#socket;
    if (socket?.readyState !== WebSocket.OPEN || socket.bufferedAmount > CHOKED_BYTES) return false;
    socket.send(pcm);
    return true;
  }

  /** @param {WireState} state @param {number} [code] */
  #enter(state, code = 0) {
    this.state = state;
    this.onState(state, code);
  }

  #connect() {
    this.#drop();
    const socket = new WebSocket(this.url);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    const mine = (/** @type {(event: any) => void} */ act) => (/** @type {Event} */ event) =>
      socket === this.#socket && act(event);
    socket.addEventListener(
      'open',
      mine(() => {
        this.#pinger = window.setInterval(() => this.#ping(), PING_EVERY_MS);
        this.#enter('open');
      }),
    );
    socket.addEventListener(
      'message',
      mine(({ data }) => (typeof data === 'string' ? this.#read(JSON.parse(data)) : this.onSound(data))),
    );
    socket.addEventListener(
      'close',
      mine(({ code }) => {
        const isFinal = FINAL.has(code) || (code === FAULT && !this.#isWelcomed);
        if (isFinal) this.#leave(code);
        else this.#lost(code);
      }),
    );
    this.#enter('connecting');
  }

  #ping() {
    if (this.#asked && performance.now() - this.#asked.at > DEAF_MS) {
      this.#lost(1006);
      return;
    }
    // The first word on this wire is `start`.
    if (this.#asked || !this.#isWelcomed) return;
    this.#pings += 1;
    if (this.send({ type: 'ping', id: this.#pings })) this.#asked = { id: this.#pings, at: performance.now() };
  }

  /** @param {import('./messages.js').ToDevice} message */
  #read(message) {
    if (message.type !== 'pong') {
      this.onMessage(message);
      return;
    }
    if (message.id !== this.#asked?.id || !this.#asked) return;
    this.onTrip(performance.now() - this.#asked.at);
    this.#asked = null;
  }

  /** @param {number} code */
  #lost(code) {
    this.#drop();
    const ceiling = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#failures);
    const waitMs = ceiling * (0.5 + this.random() / 2);
    this.#failures += 1;
    this.retryAt = Date.now() + waitMs;
    this.#timer = window.setTimeout(() => this.#connect(), waitMs);
    this.#enter('waiting', code);
  }

  /** @param {number} code */
  #leave(code) {
    window.removeEventListener('online', this.retryNow);
    this.#drop();
    this.#enter('closed', code);
  }

  #drop() {
    clearTimeout(this.#timer);
    clearInterval(this.#pinger);
    this.#asked = null;
    this.#isWelcomed = false;
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }
}
