// @ts-check
// What stands in a transcript that nobody said; strings.de.js says it in German. Times come as "14:02".

import { inLanguage } from '../language.js';
import { de } from './strings.de.js';

export const en = {
  log: 'Conversation',
  typing: (/** @type {string} */ name) => `${name} is typing`,
  newBelow: 'New messages',
  customer: 'Customer',
  you: 'You',
  ai: 'AI',
  privateNote: 'Private note',
  playFrom: 'Play from here',
  interrupted: 'Interrupted: the rest was not heard',
  interruptedAtOnce: 'Interrupted before a word was heard',
  summaryShown: 'Summary shown to the customer',
  sending: 'Sending',
  read: 'Read',
  sent: 'Sent',
  notSent: 'Not sent.',
  retry: 'Try again',
  discard: 'Discard',
  failed: 'failed',
  /** What the agent made of a line. */
  intent: (/** @type {string} */ group, /** @type {string} */ zone, /** @type {string[]} */ others) =>
    `Intent in ${group}, ${zone}${others.length ? `; next best: ${others.join(', ')}` : ''}`,
  noIntent: 'No known intent',
  nearest: (/** @type {string} */ name, /** @type {string} */ score) => `Nearest: ${name} (${score})`,
  corrected: 'Corrected by the customer',
  collected: 'Collected by the agent',
  /** What happened between the lines. */
  chatStarted: 'Chat started',
  called: 'Called',
  identified: (/** @type {string} */ level, /** @type {string | null} */ name, /** @type {string} */ method) =>
    `${level}: ${name ?? 'customer'}, by ${method}`,
  notIdentified: (/** @type {string} */ method) => `Identity check failed: ${method}`,
  handedOver: (/** @type {string} */ time, /** @type {string} */ why) => `Handed over ${time} · ${why}`,
  summaryCorrected: 'The customer corrected the summary',
  summaryConfirmed: 'The customer confirmed the summary',
  withdrawn: 'The customer went back to the agent',
  offered: (/** @type {string} */ name) => `Offered to ${name}`,
  accepted: (/** @type {string} */ name, /** @type {string} */ time) => `${name} accepted ${time}`,
  operatorLost: (/** @type {string} */ until) => `The operator's connection was lost; held until ${until}`,
  operatorBack: 'The operator is back',
  handedBack: (/** @type {string} */ time) => `Handed back to the agent ${time}`,
  callStarted: (/** @type {string} */ time, /** @type {boolean} */ isRecorded) =>
    `Call started ${time}${isRecorded ? ', recorded' : ''}`,
  callEnded: (/** @type {string} */ time, /** @type {string} */ why) => `Call ended ${time}: ${why}`,
  onHold: 'The customer was put on hold',
  offHold: 'The customer is off hold',
  asked: (/** @type {string} */ name) => `${name} was asked into the call`,
  colleagueAnswered: 'The colleague answered; the customer waits',
  colleagueDeclined: 'The colleague declined',
  merged: 'All three talk',
  colleagueOut: 'The colleague is out of the call',
  tookOver: (/** @type {string} */ name, /** @type {string} */ time) => `${name} took over ${time}`,
  callbackWanted: (/** @type {string} */ phone, /** @type {string} */ when) => `Callback asked for: ${phone}, ${when}`,
  callback: (/** @type {string} */ status) => `Callback ${status}`,
  ended: (/** @type {string} */ time, /** @type {string} */ why) => `Ended ${time} · ${why}`,
  wrappedUp: (/** @type {string} */ disposition) => `Wrapped up: ${disposition}`,
  player: {
    title: 'Recording of the call',
    play: 'Play',
    pause: 'Pause',
    place: 'Place in the recording',
    notRecorded: 'Not recorded here',
    hear: (/** @type {string} */ name) => `Hear ${name}`,
    silence: (/** @type {string} */ name) => `Silence ${name}`,
    notPlayed: 'The recording could not be played.',
    notLoaded: 'The recording could not be loaded.',
  },
};

/** @typedef {typeof en} Strings */

export const strings = inLanguage({ en, de });
