// @ts-check
// A replay's figures: what it would have caught, taken from others, kept with the agent, got right.

import { html, nothing } from '../../kit/vendor/lit.js';
import { interval, percent, points } from './figures.js';
import { strings as shared } from '../strings.js';
import { strings } from './replay-strings.js';

/** @typedef {import('./api.js').Replay} Replay */

/** @param {Replay} replay */
export const replayTiles = (replay) =>
  html`<div class="tiles num" data-testid="replay-result">
    ${caught(replay)} ${takenFromOthers(replay)} ${stays(replay)}
    ${replay.correct_before.whole ? right(replay) : nothing}
  </div>`;

/** @param {Replay} replay */
const caught = ({ caught: share }) =>
  html`<div class="tile">
    <span>${strings.caught}</span><b data-testid="caught">${share.part}</b
    ><span>${strings.caughtOf(percent(share.value), share.whole, interval(share))}</span>
  </div>`;

/** @param {Replay} replay */
function takenFromOthers({ caught: { part }, confusion }) {
  const taken = confusion
    .filter(({ before, after }) => before !== null && after !== null)
    .reduce((sum, { count }) => sum + count, 0);
  return html`<div class="tile">
    <span>${strings.taken}</span><b class=${taken > part / 3 ? 'bad' : ''}>${taken}</b
    ><span>${taken ? strings.seeTable : strings.noneLoses}</span>
  </div>`;
}

/** @param {Replay} replay */
function stays({ containment_before: before, containment_after: after }) {
  const change = after.value - before.value;
  return html`<div class="tile">
    <span>${strings.stays}</span>${before.whole
      ? html`<b class=${change > 0 ? 'good' : change < 0 ? 'bad' : ''}>${points(change)}</b
          ><span>${strings.changed(percent(before.value), percent(after.value), interval(after))}</span>`
      : html`<b>${shared.notKnown}</b><span>${strings.noneEnded}</span>`}
  </div>`;
}

/** @param {Replay} replay */
const right = ({ correct_before: before, correct_after: after }) =>
  html`<div class="tile">
    <span>${strings.right}</span><b>${points(after.value - before.value)}</b
    ><span>${strings.rightOf(percent(before.value), percent(after.value), before.whole)}</span>
  </div>`;
