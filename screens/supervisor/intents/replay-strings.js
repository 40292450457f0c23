// @ts-check
// Every sentence of a replay: what the past would have looked like with a proposal as an intent.

export const strings = {
  heading: 'What would have happened',
  days: 'Days to replay',
  lastDays: (/** @type {number} */ days) => `last ${days} days`,
  replay: 'Replay',
  again: 'Replay again',
  replaying: 'Replaying',
  steps: /** @type {Record<string, string>} */ ({
    read: 'Reading the past',
    encode: 'Understanding what was said',
    compare: 'Comparing before and after',
  }),
  decidedWithout: 'It was decided without a replay, or the library has changed since.',
  notReplayed:
    'Not replayed in its present form. A replay shows the turns it would have caught, ' +
    'which intents would lose some, and the worst mistakes.',

  caught: 'Turns it would have caught',
  caughtOf: (/** @type {string} */ share, /** @type {number} */ whole, /** @type {string} */ interval) =>
    `${share} of ${whole.toLocaleString('en-GB')} (${interval})`,
  taken: 'Taken from other intents',
  seeTable: 'see the table',
  noneLoses: 'none loses a turn',
  stays: 'Stay with the agent',
  changed: (/** @type {string} */ before, /** @type {string} */ after, /** @type {string} */ interval) =>
    `${before} to ${after} (${interval})`,
  noneEnded: 'no conversation has ended yet',
  right: 'Right, where a person checked',
  rightOf: (/** @type {string} */ before, /** @type {string} */ after, /** @type {number} */ whole) =>
    `${before} to ${after} of ${whole}`,

  wasUnderstoodAs: 'Was understood as',
  wouldBe: 'Would be',
  turns: 'Turns',
  forInstance: 'For instance',
  showAll: (/** @type {number} */ count) => `Show all ${count} kinds of change`,
  nothingChanges: 'Nothing would have been answered differently.',
  worst: 'Worst mistakes',
  isReally: 'Is really',
  was: 'Was',
  sure: 'Sure',
  noMistake: 'No mistake found among the turns whose meaning is known.',
  notUnderstood: 'not understood',
  whatItCovers: (/** @type {string} */ turns, /** @type {number} */ days, /** @type {string} */ since) =>
    `${turns} of the last ${days} days, replayed ${since}. Brackets hold the 95 % interval.`,
};
