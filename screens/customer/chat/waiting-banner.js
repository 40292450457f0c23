// @ts-check
// The customer's place in the queue, honestly: a number, an estimate only when there is one.

import { html, nothing } from '../../kit/vendor/lit.js';
import { icon } from '../../kit/icons.js';
import { aboutMinutes } from '../../kit/time.js';
import { strings } from '../strings.js';

/** @param {import('../session.js').ChatSession} session */
export function waitingBanner(session) {
  if (!session.isWaiting) return nothing;
  return html`<div class="waiting" role="status" data-testid="waiting">
    ${icon('queue', 20)}
    <div class="grow">
      <b>${title(session)}</b>
      <p>
        ${session.waiting?.estimate_seconds != null
          ? `${strings.estimate(aboutMinutes(session.waiting.estimate_seconds))}. `
          : ''}${strings.waitingHint}
      </p>
    </div>
  </div>`;
}

/** @param {import('../session.js').ChatSession} session */
function title({ stage, waiting }) {
  if (stage === 'offered' || !waiting) return strings.connectingPerson;
  if (waiting.estimate_seconds === null && waiting.position <= 1) return strings.waitingUnknown;
  return waiting.position <= 1 ? strings.waitingNext : strings.waiting(waiting.position);
}
