// @ts-check
// Beside a proposal: what to mind, its trend, what it is near, how good a group it is, what happened to it.

import { html, nothing } from '../../kit/vendor/lit.js';
import { icon } from '../../kit/icons.js';
import { dayAndClock } from '../../kit/time.js';
import { plain } from '../../kit/words.js';
import { dayBars, dayScale, levelBar } from './charts.js';
import { percent } from './figures.js';

/** @typedef {import('./api.js').Proposal} Detail */
/** @typedef {import('./store.js').IntentsStore} Inbox */

/** @param {Detail} detail @param {Inbox} inbox takes a merge or a split back */
export const proposalSide = (detail, inbox) =>
  html` ${detail.flags.length ? mind(detail) : nothing} ${trend(detail)} ${nearest(detail)} ${quality(detail)}
  ${detail.history.length ? past(detail, inbox) : nothing}`;

/** @param {Detail} detail */
const mind = ({ flags }) =>
  html`<section class="card" data-testid="flags">
    <h3>Mind</h3>
    ${flags.map((flag) => html`<p class="flag">${icon('alert', 16)} <span>${flag}</span></p>`)}
  </section>`;

/** @param {Detail} detail */
const trend = ({ trend: found, per_day }) =>
  html`<section class="card">
    <header>
      <h3>Trend</h3>
      ${found
        ? html`<span class="faint num" title="Turns in the last seven days, against a usual week before"
            >${found.recent} in 7 days, ${trendWords(found)}</span
          >`
        : nothing}
    </header>
    <div>${dayBars(per_day, { width: 280, height: 62, isNamed: true })}${dayScale(per_day)}</div>
  </section>`;

/** @param {{recent: number, before: number}} found */
const trendWords = ({ before }) => (before < 0.5 ? 'none before' : `${Math.round(before)} usual`);

/** @param {Detail} detail */
const nearest = (detail) =>
  html`<section class="card" data-testid="nearest">
    <h3>Nearest intents</h3>
    ${detail.nearest.length
      ? html`<ul class="near">
          ${detail.nearest.map(near)}
        </ul>`
      : html`<p class="faint">The library is empty.</p>`}
  </section>`;

/** @param {Detail['nearest'][number]} one */
const near = ({ intent, name, similarity, overlap }) =>
  html`<li>
    <a href="#library/${encodeURIComponent(intent)}">${name}</a>${levelBar(
      similarity,
      `Likeness ${similarity.toFixed(2)} of 1`,
      similarity >= 0.85 ? 'warn' : 'accent',
    )}
    <span class="faint num"
      >likeness ${similarity.toFixed(2)} ·
      ${overlap ? `first guess for ${percent(overlap)} of turns` : 'first guess for no turn'}</span
    >
  </li>`;

/** @param {Detail} detail */
const quality = ({ unmatched, cohesion, stability, share }) =>
  html`<section class="card">
    <h3>How good a group</h3>
    <dl class="figures">
      ${figure(
        'New to us',
        `${percent(unmatched)} not understood`,
        unmatched,
        'Share of its turns that no intent was found for',
      )}
      ${figure('Belongs together', cohesion.toFixed(2), cohesion, 'Mean likeness of its turns to their middle')}
      ${figure('Found again', percent(stability), stability, 'Share of independent runs that keep its turns together')}
      ${figure('Of all that is said', percent(share), null, 'Share of the turns looked at')}
    </dl>
  </section>`;

/**
 * @param {string} name
 * @param {string} value
 * @param {number | null} level 0 to 1, null for no bar
 * @param {string} title
 */
const figure = (name, value, level, title) =>
  html`<div title=${title}>
    <dt>${name}</dt>
    <dd class="num">${value}</dd>
    ${level === null ? nothing : html`<dd class="bar">${levelBar(level, `${name}: ${value}`)}</dd>`}
  </div>`;

/** @param {Detail} detail @param {Inbox} inbox */
function past({ undoable, history }, inbox) {
  const shaped = undoable && history.findLast((one) => one.reshape === undoable);
  return html`<section class="card">
    <h3>What happened to it</h3>
    <ol class="past">
      ${history.map(
        (one) =>
          html`<li>
            <b>${one.actor}</b> ${plain(one.action).toLowerCase()}${one.reason ? `: ${one.reason}` : ''}
            <span class="faint num">${dayAndClock(one.at)}</span>${undoable && one === shaped
              ? html` ${undoing(undoable, inbox)}`
              : nothing}
          </li>`,
      )}
    </ol>
  </section>`;
}

/** @param {string} reshape @param {Inbox} inbox */
const undoing = (reshape, inbox) =>
  html`<button
    class="button small"
    ?disabled=${inbox.isBusy}
    title="Bring back the proposals as they were before"
    data-testid="undo-reshape"
    @click=${() => inbox.undoFromHistory(reshape)}
  >
    Undo
  </button>`;
