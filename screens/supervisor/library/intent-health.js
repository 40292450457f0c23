// @ts-check
// How an intent fares: its traffic, how often it stays with the agent, what it is mistaken for.

import { html, nothing } from '../../kit/vendor/lit.js';
import { icon } from '../../kit/icons.js';
import { dayBars, dayScale, shareBar } from '../intents/charts.js';
import { counted, interval, percent } from '../intents/figures.js';

/** @typedef {import('../intents/api.js').Health} Health */

/** @param {Health | null} health @param {number} days it covers */
export const intentHealth = (health, days) =>
  health?.conversations
    ? html`<section class="health">
        ${traffic(health, days)} ${figures(health)} ${health.confused_with.length ? mistakenFor(health) : nothing}
      </section>`
    : html`<p class="calm">${icon('info', 16)} Nobody has asked for it in the last ${days} days.</p>`;

/** @param {Health} health @param {number} days */
const traffic = ({ conversations, share, per_day }, days) =>
  html`<div class="traffic">
    <p>
      <b class="num">${conversations}</b> ${conversations === 1 ? 'conversation' : 'conversations'} in ${days} days,
      ${percent(share)} of all
    </p>
    ${dayBars(per_day, { width: 420, height: 44, isNamed: true })}${dayScale(per_day)}
  </div>`;

/** @param {Health} health */
const figures = ({ containment, escalation, unsure, confidence }) =>
  html`<dl>
    ${figure('Stays with the agent', containment, 'good')}${figure('Escalated', escalation, 'warn')}${figure(
      'Agent had to ask',
      unsure,
      'warn',
    )}
    <div>
      <dt>Confidence</dt>
      <dd class="num">${confidence === null ? 'not known' : percent(confidence)}</dd>
    </div>
  </dl>`;

/** @param {string} name @param {import('../intents/api.js').Share} share @param {'good' | 'warn'} tone */
const figure = (name, share, tone) =>
  html`<div>
    <dt>${name}</dt>
    <dd class="num">
      ${share.whole ? html`${percent(share.value)} <span class="faint">${interval(share)}</span>` : 'not known'}
    </dd>
    ${share.whole ? html`<dd>${shareBar(share, tone)}</dd>` : nothing}
  </div>`;

/** @param {Health} health */
const mistakenFor = ({ confused_with }) =>
  html`<p class="soft">
    Mistaken for ${confused_with.slice(0, 3).map((other, at) => html`${at ? ', ' : ''}${otherIntent(other)}`)}
  </p>`;

/** @param {Health['confused_with'][number]} other */
const otherIntent = ({ intent, name, count }) =>
  html`<a href="#library/${encodeURIComponent(intent)}">${name}</a> (${counted(count, 'time')})`;
