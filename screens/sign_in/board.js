// @ts-check
// What stands beside the doors: the board of jacks, rows of sockets and three cords; the switches in the corner.

import { html, svg } from '../kit/vendor/lit.js';
import { mark } from '../kit/icons.js';
import '../kit/language-switch.js';
import '../kit/theme-switch.js';

const COLUMNS = 7;
const ROWS = 9;
const STEP = 84;
/** Pairs of sockets, as [column, row]. */
const cords = [
  [[1, 1], [4, 3], '#e3b75c'],
  [[3, 5], [5, 2], '#7bcdd8'],
  [[2, 3], [5, 6], '#ada2f0'],
];

/** @param {unknown} at */
const place = (at) => /** @type {number[]} */ (at).map((index) => 42 + index * STEP);

/** @param {string} claim */
export const board = (claim) =>
  html`<aside class="board">
    <svg
      class="jacks"
      viewBox="0 0 ${COLUMNS * STEP} ${ROWS * STEP}"
      preserveAspectRatio="xMidYMid slice"
      fill="none"
      aria-hidden="true"
    >
      ${Array.from({ length: COLUMNS * ROWS }, (_, at) => {
        const [x, y] = place([at % COLUMNS, Math.floor(at / COLUMNS)]);
        return svg`<circle cx=${x} cy=${y} r="11" stroke="currentColor" stroke-width="2" opacity=".13"/>
          <circle cx=${x} cy=${y} r="3.5" fill="currentColor" opacity=".13"/>`;
      })}
      ${cords.map(([from, to, colour]) => {
        const [[x1, y1], [x2, y2]] = [place(from), place(to)];
        const drop = Math.max(y1, y2) + 130;
        return svg`<path d="M${x1} ${y1}C${x1} ${drop} ${x2} ${drop} ${x2} ${y2}" stroke=${colour} stroke-width="4"
          stroke-linecap="round" opacity=".75"/>
          <circle cx=${x1} cy=${y1} r="7" fill=${colour}/>
          <circle cx=${x2} cy=${y2} r="7" fill=${colour}/>`;
      })}
    </svg>
    <p class="brand">${mark(26)} Switchboard</p>
    <p class="claim">${claim}</p>
  </aside>`;

/** Language and colours, in the corner. */
export const switches = html`<sb-language-switch class="language"></sb-language-switch>
  <sb-theme-switch class="theme"></sb-theme-switch>`;
