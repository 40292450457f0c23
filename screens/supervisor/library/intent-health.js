// @ts-check
// How an intent fares: its traffic, how often it stays with the agent, what it is mistaken for.

import { html, nothing } from '../../kit/vendor/lit.js';
import { icon } from '../../kit/icons.js';
import { dayBars, dayScale, shareBar } from '../intents/charts.js';
import { interval, percent } from '../intents/figures.js';
import { strings as shared } from '../strings.js';
import { strings } from './strings.js';

/** @typedef {import('../intents/api.js').Health} Health */

/** @param {Health | null} health @param {number} days it covers */
export const intentHealth = (health, days) =>
  health?.conversations
    ? html`<section class="health">
        ${traffic(health, days)} ${figures(health)} ${health.confused_with.length ? mistakenFor(health) : nothing}
      </section>`
    : html`<p class="calm">${icon('info', 16)} ${strings.nobodyAskedIn(days)}</p>`;

/** @param {Health} health @param {number} days */
const traffic = ({ conversations, share, per_day }, days) =>
  html`<div class="traffic">
    <p>${strings.traffic(conversations, days, percent(share))}</p>
    ${dayBars(per_day, { width: 420, height: 44, isNamed: true })}${dayScale(per_day)}
  </div>`;

/** @param {Health} health */
const figures = ({ containment, escalation, unsure, confidence }) =>
  html`<dl>
    ${figure(strings.columns.containment[0], containment, 'good')}${figure(
      strings.columns.escalation[0],
      escalation,
      'warn',
    )}${figure(strings.hadToAsk, unsure, 'warn')}
    <div>
      <dt>${strings.columns.confidence[0]}</dt>
      <dd class="num">${confidence === null ? shared.notKnown : percent(confidence)}</dd>
    </div>
  </dl>`;

/** @param {string} name @param {import('../intents/api.js').Share} share @param {'good' | 'warn'} tone */
const figure = (name, share, tone) =>
  html`<div>
    <dt>${name}</dt>
    <dd class="num">
      ${share.whole ? html`${percent(share.value)} <span class="faint">${interval(share)}</span>` : shared.notKnown}
    </dd>
    ${share.whole ? html`<dd>${shareBar(share, tone)}</dd>` : nothing}
  </div>`;

/** @param {Health} health */
const mistakenFor = ({ confused_with }) =>
  html`<p class="soft">
    ${strings.mistakenFor(confused_with.slice(0, 3).map((other, at) => html`${at ? ', ' : ''}${otherIntent(other)}`))}
  </p>`;

/** @param {Health['confused_with'][number]} other */
const otherIntent = ({ intent, name, count }) =>
  html`<a href="#library/${encodeURIComponent(intent)}">${name}</a> (${shared.times(count)})`;
