// @ts-check
// A replay's figures: what it would have caught, taken from others, kept with the agent, got right.

import { html, nothing } from '../../kit/vendor/lit.js';
import { interval, percent, points } from './figures.js';

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
    <span>Turns it would have caught</span><b data-testid="caught">${share.part}</b
    ><span>${percent(share.value)} of ${share.whole.toLocaleString('en-GB')} (${interval(share)})</span>
  </div>`;

/** @param {Replay} replay */
function takenFromOthers({ caught: { part }, confusion }) {
  const taken = confusion
    .filter(({ before, after }) => before !== null && after !== null)
    .reduce((sum, { count }) => sum + count, 0);
  return html`<div class="tile">
    <span>Taken from other intents</span><b class=${taken > part / 3 ? 'bad' : ''}>${taken}</b
    ><span>${taken ? 'see the table' : 'none loses a turn'}</span>
  </div>`;
}

/** @param {Replay} replay */
function stays({ containment_before: before, containment_after: after }) {
  const change = after.value - before.value;
  return html`<div class="tile">
    <span>Stay with the agent</span>${before.whole
      ? html`<b class=${change > 0 ? 'good' : change < 0 ? 'bad' : ''}>${points(change)}</b
          ><span>${percent(before.value)} to ${percent(after.value)} (${interval(after)})</span>`
      : html`<b>not known</b><span>no conversation has ended yet</span>`}
  </div>`;
}

/** @param {Replay} replay */
const right = ({ correct_before: before, correct_after: after }) =>
  html`<div class="tile">
    <span>Right, where a person checked</span><b>${points(after.value - before.value)}</b
    ><span>${percent(before.value)} to ${percent(after.value)} of ${before.whole}</span>
  </div>`;
