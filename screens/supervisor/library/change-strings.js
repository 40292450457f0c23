// @ts-check
// What changed in the library, and who did it, in words.

import { html } from '../../kit/vendor/lit.js';
import { counted } from '../counted.js';

/** What was done to the library. @type {Record<string, string>} */
const actions = {
  loaded: 'loaded the library',
  approved: 'approved',
  edited: 'edited',
  paused: 'paused',
  resumed: 'resumed',
  created: 'wrote',
  imported: 'imported a file',
  rolled_back: 'rolled back',
  canary_started: 'started a canary',
  canary_ramped: 'widened a canary',
  canary_rolled_back: 'took a canary back',
  discarded: 'discarded',
  merged: 'merged',
};

export const strings = {
  kinds: { added: 'new', removed: 'gone', changed: 'changed' },
  fields: /** @type {Record<string, string>} */ ({
    is_live: 'Live',
    share: 'Share of conversations',
    support: 'Served by',
    review_state: 'Review',
    line_of_business: 'Line of business',
    solution: 'Solution',
  }),
  more: (/** @type {number} */ count) => `and ${counted(count, 'more intent', 'more intents')}`,
  /** "1 new, 3 changed"; what there is none of is left out. */
  summary: (/** @type {{added: number, removed: number, changed: number}} */ { added, removed, changed }) =>
    [added && `${added} new`, removed && `${removed} gone`, changed && `${changed} changed`]
      .filter(Boolean)
      .join(', ') || 'nothing changes',
  inAll: (/** @type {number} */ gone, /** @type {number} */ come) => `in all ${gone} gone, ${come} new`,
  anotherOrder: 'another order',
  none: 'none',
  yes: 'yes',
  no: 'no',
  question: (/** @type {{label: string, prompt: string, mandatory: boolean}} */ { label, prompt, mandatory }) =>
    `${label}${mandatory ? ', needed' : ''}: ${prompt}`,

  /** Who did what; `name` of the one intent it was done to. */
  did: (/** @type {string} */ actor, /** @type {string} */ action, /** @type {string | undefined} */ name) =>
    html`<b>${actor}</b> ${actions[action] ?? action}${name ? html` <b>${name}</b>` : ''}`,
  noIntentChanged: 'No intent changed.',
  isAsIn: (/** @type {number} */ version) => `The library is as it was in version ${version}.`,
  goBackMeans: (/** @type {string} */ when, /** @type {number} */ later, /** @type {string} */ summary) =>
    `The library becomes what it was on ${when}, for the next customer. ` +
    `${later === 1 ? 'One later change goes' : `${later} later changes go`}: ${summary}. ` +
    'It is a new version, so you can come back.',
};
