// @ts-check
// The row of buttons under a call: microphone, keypad, captions, volume, the end, and the way into the chat.

import { html, live, nothing } from '../../kit/vendor/lit.js';
import { icon } from '../../kit/icons.js';
import { strings } from '../strings.js';

/**
 * @typedef {object} Actions
 * @property {() => void} mute
 * @property {() => void} keypad shows or hides it
 * @property {() => void} captions shows or hides them
 * @property {() => void} volume shows or hides its slider
 * @property {(volume: number) => void} setVolume 0 to 1
 * @property {(keepsChat: boolean) => void} hangUp
 */

/** @typedef {import('../../voice/line.js').VoiceLine} Line */

const words = strings.call;

/**
 * @param {Line} line
 * @param {{isKeypadOpen: boolean, isVolumeOpen: boolean, showsCaptions: boolean}} shown
 * @param {Actions} actions
 */
export function callControls(line, { isKeypadOpen, isVolumeOpen, showsCaptions }, actions) {
  return html`<div class="controls">
      ${muteButton(line, actions)} ${keypadButton(line, isKeypadOpen, actions)}
      <button
        class="round"
        aria-pressed=${showsCaptions}
        title=${words.captions}
        aria-label=${words.captions}
        data-testid="call-captions"
        @click=${actions.captions}
      >
        ${icon('captions', 21)}
      </button>
      ${volumeButton(line, isVolumeOpen, actions)}
      <span class="grow"></span>
      ${hangUpButton(actions)}
    </div>
    <button class="to-chat" data-testid="call-to-chat" @click=${() => actions.hangUp(true)}>
      ${icon('chat', 16)} ${words.toChat}
    </button>`;
}

/** @param {Line} line @param {Actions} actions */
const muteButton = ({ isMuted, phase }, { mute }) =>
  html`<button
    class="round mute"
    aria-pressed=${isMuted}
    ?disabled=${phase !== 'live'}
    title="${isMuted ? words.unmute : words.mute} (M)"
    aria-label=${words.mute}
    data-testid="call-mute"
    @click=${mute}
  >
    ${icon(isMuted ? 'micOff' : 'mic', 21)}
  </button>`;

/** @param {Line} line @param {boolean} isOpen @param {Actions} actions */
const keypadButton = ({ phase }, isOpen, { keypad }) =>
  html`<button
    class="round to-keypad"
    aria-pressed=${isOpen}
    ?disabled=${phase !== 'live'}
    title="${words.keypad} (K)"
    aria-label=${words.keypad}
    data-testid="call-keypad"
    @click=${keypad}
  >
    ${icon('keypad', 21)}
  </button>`;

/** @param {Line} line @param {boolean} isOpen @param {Actions} actions */
const volumeButton = (line, isOpen, actions) =>
  html`<span class="volume"
    ><button
      class="round to-volume"
      aria-expanded=${isOpen}
      title=${words.volume}
      aria-label=${words.volume}
      data-testid="call-volume"
      @click=${actions.volume}
    >
      ${icon(line.volume ? 'sound' : 'soundOff', 21)}
    </button>
    ${isOpen ? slider(line, actions) : nothing}</span
  >`;

/** @param {Line} line @param {Actions} actions */
const slider = (line, { setVolume }) =>
  html`<span class="slider"
    ><input
      type="range"
      min="0"
      max="1"
      step="0.05"
      .value=${live(String(line.volume))}
      aria-label=${words.volume}
      data-testid="call-volume-slider"
      @input=${(/** @type {InputEvent} */ event) =>
        setVolume(Number(/** @type {HTMLInputElement} */ (event.target).value))}
  /></span>`;

/** @param {Actions} actions */
const hangUpButton = ({ hangUp }) =>
  html`<button class="hang-up" title=${words.hangUpTitle} data-testid="call-end" @click=${() => hangUp(false)}>
    ${icon('hangUp', 22)} ${words.hangUp}
  </button>`;
