// @ts-check
// The picture of a call's state: ears, thought, voice, waiting, a person. `--level` (0 to 1) on the panel moves it.

import { html } from '../../kit/vendor/lit.js';
import { icon } from '../../kit/icons.js';
import { initials } from '../../kit/words.js';
import { strings } from '../strings.js';

const bars = html`<span class="wave">${[0, 1, 2, 3, 4].map(() => html`<i></i>`)}</span>`;
const dots = html`<span class="dots"><i></i><i></i><i></i></span>`;

/** @param {import('../../voice/line.js').VoiceLine} line */
export function orb(line) {
  const mode = line.phase === 'lost' ? 'loading' : line.isMuted && line.line === 'listening' ? 'muted' : line.line;
  return html`<span class="orb ${mode}" aria-hidden="true" title=${strings.call.panel}>${inner(mode, line)}</span>`;
}

/** @param {string} mode @param {import('../../voice/line.js').VoiceLine} line */
function inner(mode, line) {
  switch (mode) {
    case 'listening':
      return icon('mic', 26);
    case 'muted':
      return icon('micOff', 26);
    case 'speaking':
      return bars;
    case 'thinking':
      return dots;
    case 'holding':
      return icon('queue', 26);
    case 'on_hold':
      return icon('hold', 26);
    case 'bridged':
      return html`<b>${initials(line.operatorName || strings.call.operator)}</b>`;
    default:
      return icon('phone', 26);
  }
}
