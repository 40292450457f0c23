// @ts-check
// Beside a proposal: what to mind, its trend, what it is near, how good a group it is, what happened to it.

import { html, nothing } from '../../kit/vendor/lit.js';
import { icon } from '../../kit/icons.js';
import { dayAndClock } from '../../kit/time.js';
import { plain } from '../../kit/words.js';
import { strings as shared } from '../strings.js';
import { dayBars, dayScale, levelBar } from './charts.js';
import { percent } from './figures.js';
import { strings } from './proposal-strings.js';

/** @typedef {import('./api.js').Proposal} Detail */
/** @typedef {import('./store.js').IntentsStore} Inbox */

/** @param {Detail} detail @param {Inbox} inbox takes a merge or a split back */
export const proposalSide = (detail, inbox) =>
  html` ${detail.flags.length ? mind(detail) : nothing} ${trend(detail)} ${nearest(detail)} ${quality(detail)}
  ${detail.history.length ? past(detail, inbox) : nothing}`;

/** @param {Detail} detail */
const mind = ({ flags }) =>
  html`<section class="card" data-testid="flags">
    <h3>${strings.mind}</h3>
    ${flags.map((flag) => html`<p class="flag">${icon('alert', 16)} <span>${flag}</span></p>`)}
  </section>`;

/** @param {Detail} detail */
const trend = ({ trend: found, per_day }) =>
  html`<section class="card">
    <header>
      <h3>${strings.trend}</h3>
      ${found
        ? html`<span class="faint num" title=${strings.trendTitle}
            >${strings.trendIs(found.recent, found.before < 0.5 ? 0 : Math.round(found.before))}</span
          >`
        : nothing}
    </header>
    <div>${dayBars(per_day, { width: 280, height: 62, isNamed: true })}${dayScale(per_day)}</div>
  </section>`;

/** @param {Detail} detail */
const nearest = (detail) =>
  html`<section class="card" data-testid="nearest">
    <h3>${strings.nearest}</h3>
    ${detail.nearest.length
      ? html`<ul class="near">
          ${detail.nearest.map(near)}
        </ul>`
      : html`<p class="faint">${strings.noIntents}</p>`}
  </section>`;

/** @param {Detail['nearest'][number]} one */
const near = ({ intent, name, similarity, overlap }) =>
  html`<li>
    <a href="#library/${encodeURIComponent(intent)}">${name}</a>${levelBar(
      similarity,
      strings.likeness(similarity.toFixed(2)),
      similarity >= 0.85 ? 'warn' : 'accent',
    )}
    <span class="faint num">${strings.firstGuess(similarity.toFixed(2), overlap ? percent(overlap) : '')}</span>
  </li>`;

/** @param {Detail} detail */
const quality = ({ unmatched, cohesion, stability, share }) =>
  html`<section class="card">
    <h3>${strings.quality}</h3>
    <dl class="figures">
      ${figure(strings.newToUs, strings.notUnderstood(percent(unmatched)), unmatched, strings.newToUsTitle)}
      ${figure(strings.belongs, cohesion.toFixed(2), cohesion, strings.belongsTitle)}
      ${figure(strings.foundAgain, percent(stability), stability, strings.foundAgainTitle)}
      ${figure(strings.ofAll, percent(share), null, strings.ofAllTitle)}
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
    <h3>${strings.past}</h3>
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
    title=${strings.undoTitle}
    data-testid="undo-reshape"
    @click=${() => inbox.undoFromHistory(reshape)}
  >
    ${shared.undo}
  </button>`;
