// @ts-check
// The keypad of a call: twelve keys that sound like a telephone's, and the same keys of the keyboard.

import { html } from '../../kit/vendor/lit.js';
import { icon } from '../../kit/icons.js';
import { strings } from '../strings.js';

/** @type {[key: string, letters: string][]} */
const keys = [
  ['1', ''],
  ['2', 'ABC'],
  ['3', 'DEF'],
  ['4', 'GHI'],
  ['5', 'JKL'],
  ['6', 'MNO'],
  ['7', 'PQRS'],
  ['8', 'TUV'],
  ['9', 'WXYZ'],
  ['*', ''],
  ['0', '+'],
  ['#', ''],
];

export const isKey = (/** @type {string} */ key) => keys.some(([name]) => name === key);

/**
 * @param {string} pressed what was typed so far
 * @param {{press: (key: string) => void, close: () => void}} actions
 */
export function keypad(pressed, actions) {
  const words = strings.call;
  return html`<div class="keypad" role="group" aria-label=${words.keypadTitle} data-testid="keypad">
    <p class="readout num" role="status" aria-label=${words.pressed}>
      <span class="grow" dir="ltr" data-testid="keys-pressed">${pressed}</span>
      <button class="icon-button" aria-label=${words.keypadClose} title=${words.keypadClose} @click=${actions.close}>
        ${icon('close', 16)}
      </button>
    </p>
    <div class="keys">
      ${keys.map(
        ([key, letters]) =>
          html`<button
            class="key"
            aria-label=${words.key(key)}
            data-testid="key-${key}"
            @click=${() => actions.press(key)}
          >
            <b>${key}</b><span aria-hidden="true">${letters}</span>
          </button>`,
      )}
    </div>
  </div>`;
}
