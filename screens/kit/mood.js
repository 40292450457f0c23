// @ts-check
// The customer's mood as a small face with a trend arrow: shape and words carry it, colour only helps.

import { html, svg, nothing } from './vendor/lit.js';
import { moodWord, trendWord } from './words.js';

/** Bend of the mouth in icon units, by level -3 to 3. @param {number} level */
const mouth = (level) => `M6.6 ${12.6 - level * 0.35} Q10 ${12.6 + level * 1.15} 13.4 ${12.6 - level * 0.35}`;

/**
 * @param {number} level -3 to 3
 * @param {number} [trend] -1, 0 or 1; left out, no arrow
 * @param {number} [size] pixels
 */
export function moodFace(level, trend, size = 18) {
  const colour =
    level <= -2 ? 'var(--bad)' : level === -1 ? 'var(--warn)' : level >= 1 ? 'var(--good)' : 'var(--ink-faint)';
  const words = trend === undefined ? moodWord(level) : `${moodWord(level)}, ${trendWord(trend)}`;
  return html`<span
    class="mood"
    title=${words}
    role="img"
    aria-label=${words}
    style="display:inline-flex;color:${colour}"
  >
    <svg
      class="icon"
      viewBox="0 0 20 20"
      width=${size}
      height=${size}
      fill="none"
      stroke="currentColor"
      stroke-width="1.6"
      stroke-linecap="round"
      aria-hidden="true"
    >
      <circle cx="10" cy="10" r="7" />
      <path d="M7.6 8h.01M12.4 8h.01" stroke-width="2" />
      <path d=${mouth(level)} />
    </svg>
    ${trend ? trendArrow(trend, size) : nothing}
  </span>`;
}

/** @param {number} trend @param {number} size */
const trendArrow = (trend, size) =>
  html`<svg
    viewBox="0 0 8 20"
    width=${size * 0.45}
    height=${size}
    fill="none"
    stroke="currentColor"
    stroke-width="1.6"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    ${trend > 0 ? svg`<path d="M4 14V6M1.5 8.5 4 6l2.5 2.5"/>` : svg`<path d="M4 6v8M1.5 11.5 4 14l2.5-2.5"/>`}
  </svg>`;
