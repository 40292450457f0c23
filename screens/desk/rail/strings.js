// @ts-check
// What the rail and the offers say; strings.de.js says it in German.

import { inLanguage } from '../../kit/language.js';
import { de } from './strings.de.js';

export const en = {
  title: 'Conversations',
  loading: 'Loading',
  mine: 'My work',
  mineEmpty: 'Nothing on your desk. The next customer is offered to you while you are available.',
  waiting: 'Waiting',
  waitingEmpty: 'Nobody is waiting.',
  callbacks: 'Callbacks',
  callbacksEmpty: 'No callbacks to make.',
  typing: 'is typing…',
  toWrapUp: 'Wrap-up to finish',
  wrapUp: 'Wrap-up',
  onHold: 'on hold',
  consult: 'consult',
  connectionLost: 'connection lost',
  /** After a number. */
  unread: 'unread',
  beingOffered: 'being offered',
  take: 'Take',
  takeTitle: 'Take this customer now',
  customer: 'Customer',
  done: 'Done',
  taken: 'Taken',
  openChat: 'Open chat',
  verified: 'Verified',
  away: 'away',
  awayTitle: 'The customer is not connected',
  youSaid: (/** @type {string} */ text) => `You: ${text}`,
  offers: {
    title: 'Offers',
    offer: (/** @type {string} */ customer) => `Offer: ${customer}`,
    colleague: 'A colleague',
    asksIntoCall: (/** @type {string} */ name) => `${name} asks you into a call`,
    asksIn: (/** @type {string} */ name) => `${name} asks you in`,
    consultCall: (/** @type {string} */ customer, /** @type {string} */ queue) =>
      `Call with ${customer} · ${queue} · the customer is on hold`,
    waiting: (/** @type {string} */ channel, /** @type {string} */ queue, /** @type {string} */ time) =>
      `${channel} · ${queue} · waiting ${time}`,
    answer: 'Answer',
    accept: 'Accept',
    acceptAndGreet: 'Accept and greet',
    decline: 'Decline',
    brief: 'Spoken brief first',
    briefTitle: 'A few seconds of what it is about, before the customer hears you',
    iPassedOn: 'You passed this on',
    passedOn: (/** @type {string} */ name) => `${name || 'A colleague'} passes this on`,
    secondsLeft: (/** @type {number} */ count) => `${count} seconds left`,
  },
};

/** @typedef {typeof en} Strings */

export const strings = inLanguage({ en, de });
