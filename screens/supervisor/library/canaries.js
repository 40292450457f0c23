// @ts-check
// The intents on trial: how each fares with its share of the conversations, and the way to all or to none of them.

import { html } from '../../kit/vendor/lit.js';
import { rampCanary, undo } from '../intents/api.js';
import { interval, percent } from '../intents/figures.js';
import { wordsOf } from '../intents/store.js';
import { strings as shared } from '../strings.js';
import { strings } from './strings.js';

/** @typedef {import('../intents/api.js').Canary} Canary */
/** @typedef {import('../intents/store.js').IntentsStore} Inbox */

/** @param {Inbox} inbox */
export const canaries = (inbox) =>
  (inbox.discovery?.canaries ?? []).map(
    (canary) =>
      html`<div class="canary" data-testid="canary" data-id=${canary.intent}>
        <p>${strings.serves(canary.name, percent(canary.share))} ${harm(canary)} ${verdict(canary)}</p>
        <button class="button small" @click=${() => ramp(inbox, canary, 1)}>${shared.toEverybody}</button
        ><button class="button small" @click=${() => ramp(inbox, canary, 0)}>${shared.stop}</button>
      </div>`,
  );

/** @param {Canary} canary */
const harm = ({ treated, before }) =>
  treated.whole
    ? strings.harm(percent(treated.value), treated.whole, interval(treated), before.whole ? percent(before.value) : '')
    : strings.nobodyAskedYet;

/** @param {Canary} canary */
const verdict = ({ verdict: found, needed }) =>
  ({
    waiting: shared.untilVerdict(needed),
    good: strings.doesWell,
    bad: strings.doesHarm,
  })[found] ?? '';

/** @param {Inbox} inbox @param {Canary} canary @param {number} share */
async function ramp(inbox, { intent, name }, share) {
  try {
    const { version } = await rampCanary(intent, share);
    inbox.offerUndo(share ? strings.servesEverybody(name) : strings.servesNobody(name), () => undo(version));
    await inbox.refresh();
  } catch (error) {
    inbox.say(wordsOf(error));
  }
}
