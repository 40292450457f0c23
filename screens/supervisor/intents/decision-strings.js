// @ts-check
// Every sentence of the questions before a proposal is decided: approve, merge, split, snooze, discard.

export const strings = {
  keys: 'Keys of the inbox',

  approve: 'Approve',
  approveAnyway: 'Approve anyway',
  approving: (/** @type {string} */ name) => `Approve “${name}”`,
  whoIsServed: 'Who is served by it',
  shares: [
    { share: 1, name: 'Everybody', words: 'The next customer who asks is served by it.' },
    { share: 0.5, name: 'Half', words: 'Every other conversation, then everybody once it proves good.' },
    { share: 0.1, name: 'A tenth', words: 'One conversation in ten first; taken back by itself if it does harm.' },
  ],
  isLive: (/** @type {string} */ name) => `“${name}” is live: the next customer who asks is served by it.`,
  isOnTrial: (/** @type {string} */ name, /** @type {string} */ share) =>
    `“${name}” is live: it serves ${share} of conversations.`,
  assisted: (/** @type {string} */ examples) =>
    `The agent collects what is needed, then a person serves it. It learns from ${examples}.`,
  /** Who or what serves it, by the kind of its solution. */
  served: {
    article: (/** @type {string | undefined} */ title, /** @type {string} */ examples) =>
      `The agent answers from “${title}”. It learns from ${examples}.`,
    tool: (/** @type {string | undefined} */ tool, /** @type {string} */ examples) =>
      `The agent looks it up with “${tool}”. It learns from ${examples}.`,
    queue: (/** @type {string | undefined} */ queue, /** @type {string} */ examples) =>
      `A person in “${queue}” answers. It learns from ${examples}.`,
  },
  wouldHaveCaught: (/** @type {number} */ days, /** @type {string} */ turns) =>
    `In the last ${days} days it would have caught ${turns}.`,
  notReplayed: 'Not replayed in its present form: nobody has seen yet what it would change.',

  split: 'Split',
  splitting: 'Split in two?',
  splitMeans: (/** @type {string} */ turns, /** @type {string} */ name) =>
    `The ${turns} of “${name}” are parted where they differ most. Both parts stay in the inbox, and you can take it` +
    ' back.',
  wasSplit: (/** @type {string} */ name) => `“${name}” was split; both parts are in the list.`,

  snooze: 'Snooze',
  snoozing: (/** @type {string} */ name) => `Snooze “${name}”`,
  naps: [
    { days: 1, name: 'A day' },
    { days: 7, name: 'A week' },
    { days: 30, name: 'A month' },
  ],
  gathersMeanwhile: 'It keeps gathering turns meanwhile.',
  isSnoozed: (/** @type {string} */ name) => `“${name}” is snoozed.`,

  discard: 'Discard',
  discarding: (/** @type {string} */ name) => `Discard “${name}”`,
  discardMeans: 'It stays discarded when discovery finds it again. The reason is kept for your colleagues.',
  reasons: ['Not something we serve', 'Another intent covers it', 'Too mixed', 'Not a wish at all'],
  wasDiscarded: (/** @type {string} */ name) => `“${name}” was discarded and stays so.`,

  merge: 'Merge',
  merging: (/** @type {string} */ name) => `Merge “${name}”`,
  find: 'Find an intent or a proposal',
  joins: 'What it joins',
  nothingFound: 'Nothing is called that.',
  intent: 'intent',
  nearIntent: (/** @type {string} */ likeness) => `intent, likeness ${likeness}`,
  proposal: (/** @type {string} */ conversations) => `proposal, ${conversations}`,
  sibling: (/** @type {string} */ conversations) => `proposal, ${conversations}, resembles this one`,
  mergeMeans: 'An intent takes over its examples at once; another proposal becomes one with it.',
  joinsIntent: 'Its examples join the intent, live for the next customer. You can take that back.',
  joinsProposal: 'Both become one proposal, still to be reviewed. You can take that back.',
  joined: (/** @type {string} */ name, /** @type {string} */ target) =>
    `“${name}” joined “${target}”: its examples are live there.`,
};
