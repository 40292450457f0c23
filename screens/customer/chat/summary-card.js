// @ts-check
// The summary that will be passed on to a person, for the customer to approve or correct first.

import { html, nothing } from '../../kit/vendor/lit.js';
import { icon } from '../../kit/icons.js';
import { secondsUntil, timer } from '../../kit/time.js';
import { strings } from '../strings.js';

/**
 * @param {import('./lines.js').SummaryCard} card
 * @param {{confirm: () => void, change: () => void}} actions
 */
export function summaryCard(card, actions) {
  if (card.state === 'replaced') return html`<p class="card-replaced">${strings.cardReplaced}</p>`;
  const left = card.ready_at ? secondsUntil(card.ready_at) : 0;
  return html`<section
    class="card ${card.state}"
    aria-label=${strings.cardTitle}
    data-testid="handover-card"
    data-state=${card.state}
  >
    <h3>${icon('transfer', 15)} ${strings.cardTitle}</h3>
    ${card.headline ? html`<p class="headline" dir="auto">${card.headline}</p>` : nothing}
    <dl>
      ${entry(strings.cardIssue, card.issue === card.headline ? '' : card.issue)}
      ${entry(strings.cardNeeded, card.needed)}
      ${card.attributes?.map(({ label, value }) => entry(label.charAt(0).toUpperCase() + label.slice(1), value))}
    </dl>
    ${card.state === 'passed'
      ? html`<p class="passed">${icon('check', 15)} ${strings.cardPassed}</p>`
      : html` <div class="card-actions">
            <button class="button primary" data-testid="confirm-handover" @click=${actions.confirm}>
              ${strings.cardRight}
            </button>
            <button class="button" data-testid="change-handover" @click=${actions.change}>${strings.cardChange}</button>
          </div>
          ${left > 0 ? html`<p class="auto num">${strings.cardAuto(timer(left))}</p>` : nothing}`}
  </section>`;
}

/** @param {string} label @param {string} value */
const entry = (label, value) =>
  value
    ? html`<div>
        <dt>${label}</dt>
        <dd dir="auto">${value}</dd>
      </div>`
    : nothing;
