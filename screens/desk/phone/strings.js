// @ts-check
// What the operator's telephone says; strings.de.js says it in German.

import { inLanguage } from '../../kit/language.js';
import { de } from './strings.de.js';

export const en = {
  title: 'Call',
  /** What stands between me and the call, by the microphone's state. @type {Record<string, string>} */
  troubles: {
    asking: 'Allow the microphone, and you are connected.',
    denied: 'The microphone is blocked. Allow it for this site beside the browser’s address, then try again.',
    missing: 'No microphone was found. Plug in a headset.',
    busy: 'The microphone is in use by another program. Close that, then try again.',
    lost: 'Your headset was disconnected. Plug it in again.',
    insecure: 'Calls need this page on https.',
    unsupported: 'This browser can’t make calls.',
  },
  /** Why a line ended that I did not leave, where that needs saying. @type {Record<string, string>} */
  farewells: {
    passed_on: 'You are off the line. The call goes on with somebody else.',
    taken_over: 'The call goes on in another window of yours.',
    line_lost: 'The customer’s line was lost. The conversation stays with you, to go on in writing.',
  },
  isCalling: (/** @type {string} */ customer) => `${customer} is on the phone`,
  answer: 'Answer',
  onAnotherCall: 'You are on another call.',
  withOperator: (/** @type {string} */ name) => `${name} is on the phone with them.`,
  withAgent: 'On the phone with the agent.',
  recorded: 'recorded',
  tryAgain: 'Try again',
  tryNow: 'Try now',
  lost: 'The line was lost. Reconnecting; the customer is told.',
  connecting: 'Connecting the call',
  briefPlays: 'Hearing the brief',
  briefPlaysHint: 'You are connected right after it.',
  skipBrief: 'Skip, connect now',
  skipBriefTitle: 'Connect now (Alt+B)',
  loudness: 'Loudness of the line',
  legMuted: 'Muted',
  legMutedLabel: 'muted',
  held: 'on hold',
  unblock: 'Play the sound',
  muted: 'You are muted',
  quality: { good: 'Good line', fair: 'Fair line', poor: 'Poor line' },
  roundTrip: (/** @type {number} */ ms) => `Round trip ${ms} ms`,
  mute: 'Mute',
  muteTitle: 'Mute (Alt+U)',
  unmute: 'Unmute',
  unmuteTitle: 'Unmute (Alt+U)',
  hold: 'Hold',
  holdTitle: 'Put the customer on hold (Alt+Q)',
  resume: 'Resume',
  resumeTitle: 'Back to the customer (Alt+Q)',
  consult: 'Consult',
  consultTitle: 'Ask a colleague in (Alt+N)',
  record: 'Record',
  recordTitle: 'Record (Alt+Y)',
  pauseRecording: 'Pause rec',
  pauseRecordingTitle: 'Pause the recording (Alt+Y)',
  more: 'More',
  moreTitle: 'Volume, brief, leaving',
  volume: 'Volume',
  leave: 'Leave',
  leaveLine: 'Leave the line',
  leaveHint: 'The conversation stays yours, to go on in writing.',
  end: 'End',
  endTitle: 'End the conversation (Alt+E)',
  brief: 'Spoken brief first',
  briefTitle: 'Hear in a few seconds what it is about, before the customer hears you',
  /** A colleague who is asked in. */
  yourColleague: 'your colleague',
  asking: (/** @type {string} */ name) => `Asking ${name}. The customer is on hold.`,
  cancel: 'Cancel',
  privateWith: (/** @type {string} */ name) => `Private with ${name}.`,
  privateHint: 'The customer is on hold and hears neither of you.',
  allThree: 'All three are talking.',
  merge: 'Merge',
  handOverTo: (/** @type {string} */ name) => `Hand over to ${name}`,
  leaveThemTo: (/** @type {string} */ name) => `Leave them to ${name}`,
  colleagueLeaves: (/** @type {string} */ name) => `${name} leaves`,
};

/** @typedef {typeof en} Strings */

export const strings = inLanguage({ en, de });
