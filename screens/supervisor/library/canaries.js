// @ts-check
// The intents on trial: how each fares with its share of the conversations, and the way to all or to none of them.

import { html } from '../../kit/vendor/lit.js';
import { rampCanary, undo } from '../intents/api.js';
import { counted, interval, percent } from '../intents/figures.js';
import { wordsOf } from '../intents/store.js';

/** @typedef {import('../intents/api.js').Canary} Canary */
/** @typedef {import('../intents/store.js').IntentsStore} Inbox */

/** @param {Inbox} inbox */
export const canaries = (inbox) =>
  (inbox.discovery?.canaries ?? []).map(
    (canary) =>
      html`<div class="canary" data-testid="canary" data-id=${canary.intent}>
        <p><b>${canary.name}</b> serves ${percent(canary.share)} of conversations. ${harm(canary)}${verdict(canary)}</p>
        <button class="button small" @click=${() => ramp(inbox, canary, 1)}>To everybody</button
        ><button class="button small" @click=${() => ramp(inbox, canary, 0)}>Stop</button>
      </div>`,
  );

/** @param {Canary} canary */
const harm = ({ treated, before }) =>
  treated.whole
    ? html`Escalated or unclear: <b>${percent(treated.value)}</b> of ${treated.whole}
        (${interval(treated)})${before.whole ? html`, before ${percent(before.value)}` : ''}. `
    : 'Nobody has asked yet. ';

/** @param {Canary} canary */
const verdict = ({ verdict: found, needed }) =>
  ({
    waiting: `${counted(needed, 'conversation')} to go until a verdict.`,
    good: 'It does well.',
    bad: 'It does harm.',
  })[found] ?? '';

/** @param {Inbox} inbox @param {Canary} canary @param {number} share */
async function ramp(inbox, { intent, name }, share) {
  try {
    const { version } = await rampCanary(intent, share);
    inbox.offerUndo(share ? `“${name}” serves everybody now.` : `“${name}” serves nobody now.`, () => undo(version));
    await inbox.refresh();
  } catch (error) {
    inbox.say(wordsOf(error));
  }
}
