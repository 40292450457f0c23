// @ts-check
// What the middle of the desk says: header, composer, wrap-up; strings.de.js says it in German.

import { inLanguage } from '../../kit/language.js';
import { de } from './strings.de.js';

export const en = {
  loading: 'Loading',
  customer: 'Customer',
  you: 'You',
  colleague: 'A colleague',
  back: 'Back to the list',
  verified: 'Verified',
  notVerified: 'Not verified',
  customerAway: 'customer is away',
  viewers: (/** @type {string[]} */ names) => `${names.join(', ')} ${names.length > 1 ? 'are' : 'is'} looking too`,
  workings: "Agent's workings",
  workingsTitle: 'Show what the agent understood and did (Alt+I)',
  context: 'Hand-over and record',
  handBack: 'Hand back',
  handBackTitle: 'Hand back to the agent (Alt+H)',
  transfer: 'Transfer',
  transferTitle: 'Transfer to another queue or a colleague (Alt+T)',
  release: 'To queue',
  releaseTitle: 'Put back in the queue; the customer keeps the place (Alt+R)',
  end: 'End',
  endTitle: 'End the conversation (Alt+E)',
  isOver: 'The conversation is over. Finish it with the wrap-up.',
  toWrapUp: 'Go to the wrap-up',
  waitingIn: (/** @type {string} */ queue) => `Waiting in ${queue}.`,
  take: 'Take this customer',
  readAlong: (/** @type {string} */ stage, /** @type {string | null} */ operator) =>
    `${stage}${operator ? ` (${operator})` : ''}. You can read along.`,
  empty: {
    ready: 'Ready for the next customer',
    readyHint: 'It will be offered to you here, with everything the agent already knows.',
    notReady: 'You take no new conversations',
    notReadyHint: 'Set yourself to available and the next customer is offered to you.',
    becomeAvailable: 'Become available',
    waiting: (/** @type {number} */ count) => `${count === 1 ? 'One customer is' : `${count} customers are`} waiting.`,
  },
  composer: {
    kind: 'Kind of message',
    reply: 'Reply',
    note: 'Private note',
    notePrivate: 'Only our side sees it',
    replyHint: 'Write a reply, or / for quick replies',
    noteHint: 'A note for your colleagues',
    send: 'Send',
    save: 'Save note',
    tooLong: (/** @type {number} */ over) => `${over} characters too long. Shorten it or send it in parts.`,
    quickReplies: 'Quick replies',
  },
  wrapUp: {
    disposition: 'How did it end? (required)',
    choose: 'Choose one',
    missing: 'Choose how it ended before closing.',
    summary: 'Summary for the record',
    needed: (/** @type {string} */ what) => `Needed: ${what}`,
    finish: 'Finish and close',
  },
};

/** @typedef {typeof en} Strings */

export const strings = inLanguage({ en, de });
