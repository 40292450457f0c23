// @ts-check
// A websocket that comes back: used by the customer's chat and by the desk.
//
//   idle -> connecting -> live -> waiting -> connecting ...          stopped (by us, or refused for good)
//
// After connecting it says hello; the screen answers `isWelcome` when the reply is the greeting it waits for. A socket
// that stays silent for twice the heartbeat is taken for dead. Lost sockets come back with a jittered, growing wait,
// and at once when the machine is online again or the tab comes to the front.

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
const HELLO_TIMEOUT_MS = 10_000;

/** @typedef {'idle' | 'connecting' | 'live' | 'waiting' | 'stopped'} SocketState */

/** Thrown by a `hello` that no retry can help: the socket stops. */
export class Refused extends Error {}

export class LiveSocket {
  /** @type {WebSocket | null} */
  #socket = null;
  /** @type {number | undefined} */
  #timer;
  /** @type {number | undefined} */
  #watch;
  #failures = 0;
  #heartbeatMs = 20_000;

  /** @type {SocketState} */
  state = 'idle';
  /** When the next try is due, in Date.now() milliseconds, while `waiting`. */
  retryAt = 0;

  /**
   * @param {object} options
   * @param {string | URL} options.url
   * @param {() => object | Promise<object>} options.hello the first message; may throw `Refused`
   * @param {(message: any) => boolean} options.isWelcome true for the message that answers the hello
   * @param {(message: any) => void} options.onMessage every message but heartbeats
   * @param {(state: SocketState) => void} options.onState
   * @param {(now: string) => void} [options.onTime] the server's clock, with every heartbeat
   * @param {() => number} [options.random] for the jitter, 0 to 1
   */
  constructor({ url, hello, isWelcome, onMessage, onState, onTime = () => {}, random = Math.random }) {
    this.url = url;
    this.hello = hello;
    this.isWelcome = isWelcome;
    this.onMessage = onMessage;
    this.onState = onState;
    this.onTime = onTime;
    this.random = random;
  }

  /** Connect and stay connected until `stop`. */
  start() {
    if (this.state !== 'idle' && this.state !== 'stopped') return;
    window.addEventListener('online', this.#hurry);
    document.addEventListener('visibilitychange', this.#hurry);
    this.#failures = 0;
    this.#connect();
  }

  /** Close for good; `start` opens it again. */
  stop() {
    window.removeEventListener('online', this.#hurry);
    document.removeEventListener('visibilitychange', this.#hurry);
    this.#drop();
    this.#enter('stopped');
  }

  /** Try now instead of waiting. */
  retryNow() {
    if (this.state === 'waiting') this.#connect();
  }

  /** Send now; false when the socket is not live, and nothing was sent. @param {object} message */
  send(message) {
    if (this.state !== 'live' || this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  #hurry = () => {
    if (document.visibilityState === 'visible') this.retryNow();
  };

  /** @param {SocketState} state */
  #enter(state) {
    if (this.state === state) return;
    this.state = state;
    this.onState(state);
  }

  async #connect() {
    this.#drop();
    this.#enter('connecting');
    const socket = new WebSocket(this.url);
    this.#socket = socket;
    this.#expectWord(HELLO_TIMEOUT_MS);
    socket.addEventListener('open', () => this.#greet(socket));
    socket.addEventListener('message', (event) => {
      if (socket === this.#socket) this.#read(event.data);
    });
    socket.addEventListener('close', () => {
      if (socket === this.#socket) this.#lost();
    });
  }

  /** @param {WebSocket} socket */
  async #greet(socket) {
    try {
      const hello = await this.hello();
      if (socket === this.#socket && socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(hello));
    } catch (error) {
      if (socket !== this.#socket) return;
      if (error instanceof Refused) this.stop();
      else this.#lost();
    }
  }

  /** @param {string} text */
  #read(text) {
    const message = JSON.parse(text);
    if (message.heartbeat_seconds) this.#heartbeatMs = message.heartbeat_seconds * 1000;
    this.#expectWord(this.state === 'live' || this.isWelcome(message) ? 2 * this.#heartbeatMs : HELLO_TIMEOUT_MS);
    if (message.type === 'heartbeat') {
      this.onTime(message.now);
      return;
    }
    if (this.isWelcome(message)) {
      this.#failures = 0;
      // The screen takes the greeting in first: what waits to be sent depends on it.
      this.onMessage(message);
      this.#enter('live');
      return;
    }
    this.onMessage(message);
  }

  /** Any word from the server proves life; silence for `patienceMs` is a dead socket. @param {number} patienceMs */
  #expectWord(patienceMs) {
    clearTimeout(this.#watch);
    this.#watch = window.setTimeout(() => this.#lost(), patienceMs);
  }

  #lost() {
    this.#drop();
    if (this.state === 'stopped') return;
    const ceiling = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#failures);
    const waitMs = ceiling * (0.5 + this.random() / 2);
    this.#failures += 1;
    this.retryAt = Date.now() + waitMs;
    this.#timer = window.setTimeout(() => this.#connect(), waitMs);
    this.#enter('waiting');
  }

  #drop() {
    clearTimeout(this.#timer);
    clearTimeout(this.#watch);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }
}
