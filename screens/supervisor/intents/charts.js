// @ts-check
// Small plots of the inbox and the library: turns a day as bars, a share as a bar with its interval.

import { html, nothing, svg } from '../../kit/vendor/lit.js';
import { interval, percent } from './figures.js';
import { strings as shared } from '../strings.js';
import { strings } from './strings.js';

const DAY_MS = 86_400_000;
const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

/** The date a bar stands for. @param {number} daysAgo */
const dayAgo = (daysAgo) => dayFormat.format(new Date(Date.now() - daysAgo * DAY_MS));

/**
 * Turns a day, oldest first; the last seven days stand out.
 *
 * @param {number[]} perDay
 * @param {{width?: number, height?: number,
 *   isNamed?: boolean}} [size] in pixels; `isNamed` gives every day its words and takes the whole width
 */
export function dayBars(perDay, { width = 84, height = 24, isNamed = false } = {}) {
  const most = Math.max(1, ...perDay);
  const step = width / Math.max(1, perDay.length);
  const recent = perDay.slice(-7).reduce((sum, count) => sum + count, 0);
  const bar = (/** @type {number} */ count, /** @type {number} */ at) => {
    const tall = count ? Math.max(2, (count / most) * height) : 1;
    const age = perDay.length - 1 - at;
    const fill = !count ? 'var(--line)' : age < 7 ? 'var(--accent)' : 'var(--idle)';
    const title = svg`<title>${dayAgo(age)}: ${shared.turns(count)}</title>
      <rect x=${at * step} y="0" width=${step} height=${height} fill="transparent" />`;
    const round = Math.min(1.5, step * 0.3);
    return svg`<g>${isNamed ? title : nothing}
      <rect x=${at * step + step * 0.12} y=${height - tall} width=${step * 0.76} height=${tall} rx=${round}
        style="fill:${fill}" /></g>`;
  };
  return html`<svg
    class="bars ${isNamed ? 'whole' : ''}"
    viewBox="0 0 ${width} ${height}"
    width=${width}
    height=${height}
    role="img"
    preserveAspectRatio="none"
    aria-label=${strings.turnsADay(perDay.length, recent, perDay.some(Boolean) ? most : 0)}
  >
    ${perDay.map(bar)}
  </svg>`;
}

/** First and last date under the bars. @param {number[]} perDay */
export const dayScale = (perDay) =>
  html`<p class="scale faint num"><span>${dayAgo(perDay.length - 1)}</span><span>${dayAgo(0)}</span></p>`;

/**
 * A share from 0 to 100 % with its interval as a whisker.
 *
 * @param {import('./api.js').Share} share @param {'accent' | 'good' | 'warn' | 'bad'} [tone]
 */
export function shareBar(share, tone = 'accent') {
  const words = strings.shareOf(percent(share.value), share.part, share.whole, interval(share));
  return html`<span class="share-bar" role="img" aria-label=${words} title=${words}>
    <i style="inline-size:${share.value * 100}%;background:var(--${tone})"></i
    ><u style="inset-inline-start:${share.low * 100}%;inline-size:${(share.high - share.low) * 100}%"></u
  ></span>`;
}

/**
 * A plain bar from 0 to 1.
 * @param {number} value
 * @param {string} label
 * @param {'accent' | 'good' | 'warn' | 'bad'} [tone]
 */
export const levelBar = (value, label, tone = 'accent') =>
  html`<span class="share-bar" role="img" aria-label=${label} title=${label}
    ><i style="inline-size:${Math.min(1, Math.max(0, value)) * 100}%;background:var(--${tone})"></i
  ></span>`;
