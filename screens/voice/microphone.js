// @ts-check
// The microphone: whether there may be one, opening it, and what becomes of it during a call.
//
//   off -> asking -> on -> lost -> asking ...
//             `-> denied | missing | busy | insecure | unsupported       (each with advice in the screens' words)

/**
 * @typedef {'off' | 'asking' | 'on' | 'denied' | 'missing' | 'busy' | 'lost' | 'insecure'
 *   | 'unsupported'} MicrophoneState
 */

/** What getUserMedia rejects with, in our words. @type {Record<string, MicrophoneState>} */
const refusals = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'busy',
  AbortError: 'busy',
};

/**
 * What stands in the way of any call on this page, before anyone is asked.
 * @returns {'insecure' | 'unsupported' | null}
 */
export function obstacle() {
  if (!window.isSecureContext) return 'insecure';
  const isAble = 'mediaDevices' in navigator && 'AudioContext' in window && 'AudioWorkletNode' in window;
  return isAble ? null : 'unsupported';
}

/** Fires `change` when `state` does. */
export class Microphone extends EventTarget {
  /** @type {MicrophoneState} */ state = 'off';
  /** @type {MediaStream | null} */ stream = null;
  #isWanted = false;

  /** Ask for it; resolves when there is an answer, true when it is on. */
  async open() {
    const wall = obstacle();
    if (wall) return this.#enter(wall);
    this.#isWanted = true;
    this.#watch();
    this.#release();
    this.#enter('asking');
    try {
      const stream = await navigator.mediaDevices.getUserMedia({
        audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
      });
      if (!this.#isWanted) return stop(stream);
      this.stream = stream;
      stream.getAudioTracks()[0].addEventListener('ended', () => this.#lost(stream));
      return this.#enter('on');
    } catch (error) {
      if (!this.#isWanted) return false;
      return this.#enter(refusals[/** @type {DOMException} */ (error).name] ?? 'busy');
    }
  }

  /** Give it back to the system; the browser's recording sign goes out. */
  close() {
    this.#isWanted = false;
    navigator.mediaDevices?.removeEventListener('devicechange', this.#retry);
    if (this.#permission) this.#permission.onchange = null;
    this.#release();
    this.#enter('off');
  }

  /** There is a microphone, but the page can't use it. */
  refuse() {
    this.close();
    this.#enter('unsupported');
  }

  /** A muted microphone hears nothing at all. @param {boolean} isMuted */
  mute(isMuted) {
    for (const track of this.stream?.getAudioTracks() ?? []) track.enabled = !isMuted;
  }

  /** @type {PermissionStatus | null} */ #permission = null;

  /** A microphone that is plugged in, or allowed after all, is taken up without another press. */
  async #watch() {
    navigator.mediaDevices.addEventListener('devicechange', this.#retry);
    // Firefox and Safari may not know this name; there the button to try again remains.
    const asked = navigator.permissions?.query({ name: /** @type {PermissionName} */ ('microphone') });
    this.#permission ??= (await asked?.catch(() => null)) ?? null;
    if (this.#permission && this.#isWanted) this.#permission.onchange = this.#retry;
  }

  #retry = () => {
    const isAllowedNow = this.state === 'denied' && this.#permission?.state === 'granted';
    if (isAllowedNow || this.state === 'missing' || this.state === 'lost') this.open();
  };

  /** @param {MediaStream} stream */
  #lost(stream) {
    if (stream !== this.stream) return;
    this.#release();
    this.#enter('lost');
  }

  #release() {
    if (this.stream) stop(this.stream);
    this.stream = null;
  }

  /** @param {MicrophoneState} state */
  #enter(state) {
    if (this.state !== state) {
      this.state = state;
      this.dispatchEvent(new Event('change'));
    }
    return state === 'on';
  }
}

/** @param {MediaStream} stream */
function stop(stream) {
  for (const track of stream.getTracks()) track.stop();
  return false;
}
