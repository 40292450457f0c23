// @ts-check
// Every sentence of the supervisor's page around its tabs and in the drawer, and what several tabs say.

import { counted } from './counted.js';

/** @typedef {(count: number) => string} OfCount */

export const strings = {
  brand: 'Switchboard',
  home: 'Switchboard, supervisor',
  tabs: 'Supervisor',
  connected: 'Connected',
  reconnecting: 'Reconnecting',
  noConnection: 'No connection. What you see may be old.',
  operatorDesk: 'Operator desk',
  signOut: 'Sign out',

  conversation: 'Conversation',
  conversationWith: (/** @type {string} */ name) => `Conversation with ${name}`,
  transcript: 'Transcript',
  handOverCard: 'Hand-over card',
  timing: 'Timing',
  why: 'Why',
  whyTitle: 'What each turn was taken for, and every step',
  closeKey: 'Close (Esc)',
  readingAlong: 'You are reading along. The customer doesn’t see you; colleagues who have it open do.',

  loading: 'Loading',
  verified: 'Verified',
  close: 'Close',
  cancel: 'Cancel',
  remove: 'Remove',
  stop: 'Stop',
  save: 'Save',
  saving: 'Saving',
  undo: 'Undo',
  tryAgain: 'Try again',
  oneMoment: 'One moment',
  progress: 'Progress',
  filter: 'Filter',
  csv: 'CSV',
  reason: 'Why',
  reasonOptional: 'Why (optional)',
  toEverybody: 'To everybody',
  everyLine: 'Every line',
  lineOfBusiness: 'Line of business',
  notKnown: 'not known',
  goBackToIt: 'Go back to it',
  goBack: 'Go back',
  goBackTo: (/** @type {number} */ version) => `Go back to version ${version}?`,
  current: 'now',
  olderChanges: 'Older changes',
  nothingChanged: 'Nothing has changed yet.',

  turns: /** @type {OfCount} */ ((count) => counted(count, 'turn', 'turns')),
  proposals: /** @type {OfCount} */ ((count) => counted(count, 'proposal', 'proposals')),
  conversations: /** @type {OfCount} */ ((count) => counted(count, 'conversation', 'conversations')),
  examples: /** @type {OfCount} */ ((count) => counted(count, 'example', 'examples')),
  times: /** @type {OfCount} */ ((count) => counted(count, 'time', 'times')),
  untilVerdict: /** @type {OfCount} */ (
    (count) => `${counted(count, 'conversation', 'conversations')} to go until a verdict.`
  ),

  /** Both as they are shown, such as "29" and "40". */
  interval: (/** @type {string} */ low, /** @type {string} */ high) => `${low} to ${high}\u202f%`,
  points: (/** @type {string} */ signed) => `${signed} points`,
  noChange: 'no change',
  /** How long ago, as kit/time.js says it: "now", "4 min". */
  since: (/** @type {string} */ time) => (time === 'now' ? 'just now' : `${time} ago`),
  quoted: (/** @type {string} */ text) => `“${text}”`,
};
