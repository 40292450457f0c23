// @ts-check
// Every sentence around one proposal, and of what customers said. Its editors and its replay have files of their own.

import { html } from '../../kit/vendor/lit.js';

export const strings = {
  backToList: 'Back to the list',
  unread: 'The proposal could not be read',
  decide: 'Decide',
  approve: 'Approve',
  merge: 'Merge',
  split: 'Split',
  snooze: 'Snooze',
  discard: 'Discard',
  decidedBy: (/** @type {string | null} */ name, /** @type {string | null} */ reason) =>
    reason ? `by ${name ?? ''}: ${reason}` : `by ${name ?? ''}`,
  inLibrary: 'In the library',
  undoMerge: 'Undo the merge',
  reopen: 'Reopen',
  isBack: (/** @type {string} */ name) => `“${name}” is back in the inbox.`,
  saved: 'Saved',
  notSaved: (/** @type {string} */ why) => `Not saved. ${why}`,

  name: 'Name',
  description: 'Description',
  descriptionHint: 'What is it, and what is it not? One or two sentences for colleagues.',
  cannotBeEmpty: { name: 'The name cannot be empty.', description: 'The description cannot be empty.' },
  conversations: (/** @type {number} */ count) =>
    html`<b>${count}</b> ${count === 1 ? 'conversation' : 'conversations'}`,
  turns: (/** @type {number} */ count) => html`<b>${count}</b> ${count === 1 ? 'turn' : 'turns'}`,
  thisWeek: (/** @type {number} */ count) => html`<b>${count}</b> this week`,
  firstSeen: (/** @type {string} */ when) => `first seen ${when}`,
  tellingWords: (/** @type {string[]} */ words) => `telling words: ${words.join(', ')}`,

  mind: 'Mind',
  trend: 'Trend',
  trendTitle: 'Turns in the last seven days, against a usual week before',
  trendIs: (/** @type {number} */ recent, /** @type {number} */ usual) =>
    usual ? `${recent} in 7 days, ${usual} usual` : `${recent} in 7 days, none before`,
  nearest: 'Nearest intents',
  noIntents: 'The library is empty.',
  likeness: (/** @type {string} */ value) => `Likeness ${value} of 1`,
  firstGuess: (/** @type {string} */ likeness, /** @type {string} */ share) =>
    share
      ? `likeness ${likeness} · first guess for ${share} of turns`
      : `likeness ${likeness} · first guess for no turn`,
  quality: 'How good a group',
  newToUs: 'New to us',
  newToUsTitle: 'Share of its turns that no intent was found for',
  notUnderstood: (/** @type {string} */ share) => `${share} not understood`,
  belongs: 'Belongs together',
  belongsTitle: 'Mean likeness of its turns to their middle',
  foundAgain: 'Found again',
  foundAgainTitle: 'Share of independent runs that keep its turns together',
  ofAll: 'Of all that is said',
  ofAllTitle: 'Share of the turns looked at',
  past: 'What happened to it',
  undoTitle: 'Bring back the proposals as they were before',

  said: 'What customers said',
  filterTurns: 'Filter the turns',
  noTurn: 'No turn holds these words.',
  more: (/** @type {number} */ count) => `Show ${count} more`,
  mostTypical: (/** @type {number} */ listed, /** @type {number} */ all) =>
    `The ${listed} most typical of ${all} are listed.`,
  /** `texts` as they are drawn, with quotes around and dots between. */
  hardlyBelongs: (/** @type {unknown} */ texts) => html`Hardly belongs: ${texts}`,
  openTurn: 'Open the transcript at this turn',
  isExample: 'It is one of the examples',
  useAsExample: 'Use as an example',
};
