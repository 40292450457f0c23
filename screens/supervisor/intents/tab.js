// @ts-check
// The tab "Intents": what customers want and no intent covers yet.

import { html, nothing } from '../../kit/vendor/lit.js';
import { registerTab } from '../tabs.js';
import './inbox.js';
import { strings } from './strings.js';

/**
 * How many proposals wait for review; red while one of them is an alarm.
 * @param {import('./store.js').IntentsStore} inbox
 */
const waiting = ({ counts, alarms }) =>
  counts.pending
    ? html`<span
        class="count ${alarms.length ? 'sudden' : ''}"
        title=${strings.toReview(counts.pending)}
        data-testid="pending-count"
        >${counts.pending}</span
      >`
    : nothing;

registerTab({
  id: 'intents',
  name: strings.tab,
  icon: 'inbox',
  order: 20,
  isFull: true,
  show: ({ inbox }) => html`<sb-intent-inbox .inbox=${inbox}></sb-intent-inbox>`,
  badge: ({ inbox }) => waiting(inbox),
  tellsTrouble: ({ inbox }) => inbox.isLoaded && inbox.problem !== '',
});
