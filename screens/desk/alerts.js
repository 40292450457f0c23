// @ts-check
// Sounds and desktop notifications. The sounds are two notes made in the browser; both can be switched off, and stay
// so.

import { shelf } from '../kit/remember.js';
import { keepRinging } from '../voice/tones.js';

const kept = shelf('switchboard.alerts:');

/** @type {AudioContext | undefined} */
let audio;

export const alerts = {
  get hasSound() {
    return kept.get('sound') ?? true;
  },
  set hasSound(isOn) {
    kept.set('sound', isOn);
    if (isOn) this.ring();
  },

  /** Shown only when the browser allows it and the person asked for it. */
  get hasNotices() {
    return Boolean(kept.get('notices')) && 'Notification' in window && Notification.permission === 'granted';
  },

  /**
   * Ask the browser, which asks the person; must come from a press.
   * @param {boolean} isOn
   * @returns {Promise<boolean>}
   */
  async wantNotices(isOn) {
    const isAllowed = isOn && 'Notification' in window && (await Notification.requestPermission()) === 'granted';
    kept.set('notices', isAllowed);
    return isAllowed;
  },

  /** A conversation is offered. */
  ring() {
    play(
      [
        [659.3, 0, 0.16],
        [880, 0.17, 0.3],
      ],
      0.14,
    );
  },

  /** A call waits for an answer: rings until the function it returns is called. */
  ringOn() {
    return alerts.hasSound ? keepRinging() : () => undefined;
  },

  /** A customer wrote while I looked elsewhere. */
  tick() {
    play([[740, 0, 0.09]], 0.06);
  },

  /** @param {string} title @param {string} body @param {string} tag a later one with the same tag replaces it */
  notify(title, body, tag) {
    if (document.hasFocus() || !this.hasNotices) return;
    const notice = new Notification(title, { body, tag });
    notice.addEventListener('click', () => {
      window.focus();
      notice.close();
    });
  },
};

/** @param {[hertz: number, startSeconds: number, lengthSeconds: number][]} notes @param {number} loudness 0 to 1 */
function play(notes, loudness) {
  if (!alerts.hasSound) return;
  audio ??= new AudioContext();
  // Browsers keep a page silent until it was pressed once.
  if (audio.state === 'suspended') audio.resume();
  for (const [hertz, start, length] of notes) {
    const tone = new OscillatorNode(audio, { type: 'sine', frequency: hertz });
    const volume = new GainNode(audio, { gain: 0 });
    const from = audio.currentTime + start;
    volume.gain.linearRampToValueAtTime(loudness, from + 0.012);
    volume.gain.exponentialRampToValueAtTime(0.0001, from + length);
    tone.connect(volume).connect(audio.destination);
    tone.start(from);
    tone.stop(from + length);
  }
}
