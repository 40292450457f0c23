// @ts-check
// The cells of an intent's row in the library's table.

import { html, nothing } from '../../kit/vendor/lit.js';
import { dayBars, shareBar } from '../intents/charts.js';
import { percent } from '../intents/figures.js';
import { strings as shared } from '../strings.js';
import { strings } from './strings.js';
import { stateOf } from './table.js';

/** @typedef {import('../intents/api.js').Intent} Intent */
/** @typedef {import('../intents/api.js').Health | undefined} Health */

/** @param {Intent} intent @param {string | undefined} group its name @param {Health} health */
export const cells = (intent, group, health) =>
  html`<td class="wide">
      <b>${intent.name}</b>
      <p class="sub">${[group, shared.examples(intent.examples.length)].filter(Boolean).join(' · ')}</p>
    </td>
    <td>${state(intent)}</td>
    <td>${traffic(health)}</td>
    <td class="num narrow-gone ${health?.confidence != null && health.confidence < 0.6 ? 'late' : ''}">
      ${health?.confidence == null ? none : percent(health.confidence)}
    </td>
    <td class="narrow-gone">${confusion(health)}</td>
    <td class="optional">${bar(health?.containment, 'good')}</td>
    <td class="optional">${bar(health?.escalation, 'warn')}</td>`;

/** @param {Intent} intent */
function state(intent) {
  const { tone, title, words } = stateOf(intent);
  return html`<span class="chips"
    ><span class="chip ${tone}" title=${title}>${words}</span>${intent.support === 'assist_only'
      ? html`<span class="chip narrow-gone" title=${strings.assistOnlyTitle}>${strings.assistOnly}</span>`
      : nothing}</span
  >`;
}

/** @param {Health} health */
const traffic = (health) =>
  html`<span class="cell"
    ><span class="num">${health?.conversations ?? 0}</span
    ><span class="narrow-gone">${health ? dayBars(health.per_day, { width: 84, height: 20 }) : nothing}</span></span
  >`;

/** @param {Health} health */
function confusion(health) {
  if (!health?.turns) return none;
  const [most] = health.confused_with;
  return html`<span class="num">${strings.unsure(percent(health.unsure.value))}</span>${most
      ? html`<p class="sub">${strings.with(most.name, most.count)}</p>`
      : nothing}`;
}

/** @param {import('../intents/api.js').Share | undefined} share @param {'good' | 'warn'} tone */
const bar = (share, tone) =>
  share?.whole ? html`<span class="cell num">${shareBar(share, tone)} ${percent(share.value)}</span>` : none;

const none = html`<span class="faint" title=${strings.nobodyAsked}>–</span>`;
