// @ts-check
// Every sentence of the tab "Intents" outside its parts: the inbox, the list, what is told of a decision. A proposal,
// its editors, a replay, the map, the dialogs and discovery have files of their own beside this one.

export const strings = {
  tab: 'Intents',
  inbox: 'Intent inbox',
  map: 'Map',
  mapKey: 'Map (P)',
  mapTitle: 'Map of everything said',
  proposal: 'Proposal',
  settings: 'Discovery settings',
  settingsTitle: 'Discovery: on, off, modes',
  shortcuts: 'Shortcuts',
  shortcutsKey: 'Shortcuts (?)',
  waitUntilRead: 'Wait until the proposal has been read.',
  decidedAlready: 'This proposal was decided already. Reopen it first.',
  openFirst: 'Open a proposal first.',
  lookAtIt: 'Look at it',
  putAside: 'Put aside',
  unread: 'The inbox could not be read',
  choose: 'Choose a proposal to see what customers said.',
  openHere: 'Proposals open here.',
  toReview: (/** @type {number} */ count) => `${count} to review`,

  /** A job's steps as people say them. */
  steps: /** @type {Record<string, string>} */ ({
    read: 'Reading the past',
    encode: 'Understanding what was said',
    group: 'Grouping',
    describe: 'Naming',
    compare: 'Comparing',
  }),
  looking: 'Looking',
  looked: (/** @type {string} */ since, /** @type {string} */ turns) => `Looked ${since}, ${turns}`,
  notLooked: 'Not looked yet',
  lookNow: 'Look now',
  lookEnded: 'The search ended before it was done.',
  lookFound: (/** @type {string} */ turns, /** @type {string} */ proposals, /** @type {number} */ fresh) =>
    `Looked at ${turns}: ${proposals}, ${fresh} new.`,

  which: 'Which proposals',
  statuses: /** @type {Record<string, string>} */ ({
    pending: 'To review',
    snoozed: 'Snoozed',
    approved: 'Approved',
    discarded: 'Discarded',
    merged: 'Merged',
    faded: 'Faded',
  }),
  proposals: 'Proposals',
  back: (/** @type {string} */ when) => `back ${when}`,
  thisWeek: (/** @type {number} */ count) => `${count} this week`,
  nothingIn: (/** @type {string} */ line) => `Nothing in “${line}”.`,
  /** What an empty list of each status means, and what to do. */
  empty: /** @type {Record<string, string>} */ ({
    snoozed: 'Nothing is snoozed.',
    approved: 'Nothing has been approved from the inbox yet.',
    discarded: 'Nothing has been discarded.',
    merged: 'Nothing has been merged.',
    faded: 'No proposal has faded. One does when customers stop saying it; it comes back by itself.',
  }),
  nothingToReview: 'Nothing to review',
  allOff: 'Discovery is switched off for every line of business. Switch it on under “Discovery”, or look now.',
  turnsWait: (/** @type {number} */ count, /** @type {string} */ turns) =>
    `${turns} nobody understood ${count === 1 ? 'waits' : 'wait'} for the next look.` +
    ' A wish needs a handful of customers before it shows here.',
  howItFills: 'When several customers ask for something no intent covers, it shows here. “Look now” searches the past.',

  /** What is special about a proposal: in a word or two, and why. */
  badges: {
    alarm: ['sudden', 'Far more turns than chance explains'],
    new: ['new', 'First seen in the last seven days'],
    growing: ['growing', 'The last week is well above the weeks before'],
    sibling: ['resembles another', 'It resembles a proposal higher up: consider merging the two'],
    edited: ['edited', 'Someone changed its name, examples or details'],
    undone: ['taken back', 'It was approved and that was taken back'],
  },
  nearDuplicate: (/** @type {string | null} */ name) => `near-duplicate of ${name ?? 'an intent'}`,
  nearDuplicateTitle: 'It seems to repeat an intent you have: consider merging',

  turnsADay: (/** @type {number} */ days, /** @type {number} */ recent, /** @type {number} */ most) =>
    `Turns a day over ${days} days: ${recent} in the last seven, at most ${most} in one`,
  shareOf: (
    /** @type {string} */ share,
    /** @type {number} */ part,
    /** @type {number} */ whole,
    /** @type {string} */ interval,
  ) => `${share}, ${part} of ${whole}; 95 % interval ${interval}`,

  changeLost: (/** @type {string | undefined} */ name, /** @type {string} */ why) =>
    `Your last change of “${name}” was not saved: ${why}`,
  notSaved: (/** @type {string} */ why) => `Your last change was not saved: ${why}`,
  noLongerThere: 'This proposal is no longer there.',
  replayFailed: (/** @type {string | null} */ why) => `The replay failed: ${why ?? 'no reason given'}`,
  areOne: (/** @type {string} */ one, /** @type {string} */ other) => `“${one}” and “${other}” are one proposal now.`,
  takingBackReshape: 'The merge or split is being taken back.',
  takenBack: 'Taken back.',
  takingBack: 'Taking back',
  dismiss: 'Dismiss',
};
