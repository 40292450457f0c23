// @ts-check
// Every sentence the chat itself says; strings.de.js says them in German.

import { inLanguage, locale } from '../kit/language.js';
import { callWords } from './call/call-strings.js';
import { de } from './strings.de.js';

export const en = {
  launcher: 'Chat with us',
  launcherUnread: (/** @type {number} */ count) =>
    count === 1 ? 'Chat with us, 1 new message' : `Chat with us, ${count} new messages`,
  title: (/** @type {string} */ brand) => (brand ? `Chat with ${brand}` : 'Chat'),
  agentRole: 'AI assistant',
  operatorRole: 'Person',
  disclosure: 'You are chatting with an AI. You can ask for a person at any time.',
  withPerson: (/** @type {string} */ name) => `You are chatting with ${name}, a person.`,
  you: 'You',
  ai: 'AI',
  close: 'Close the chat',
  menu: 'More',
  download: 'Download transcript',
  end: 'End conversation',
  endSure: 'End this conversation?',
  endYes: 'End it',
  endNo: 'Keep chatting',
  person: 'Talk to a person',
  personSays: 'Can I talk to a person, please?',
  placeholder: 'Write a message',
  placeholderChange: 'What should be different?',
  send: 'Send',
  sending: 'Sending',
  queuedHere: 'Will be sent when you are back online',
  sent: 'Sent',
  read: 'Read',
  notSent: 'Not sent.',
  retry: 'Try again',
  edit: 'Edit',
  left: (/** @type {number} */ count) => `${count} characters left`,
  tooLong: (/** @type {number} */ over) =>
    `${over.toLocaleString(locale)} ${over === 1 ? 'character' : 'characters'} too long.` +
    ' Please shorten the message or send it in parts.',
  typing: (/** @type {string} */ name) => `${name} is typing`,
  connecting: 'Connecting',
  reconnecting: 'Connection lost. Reconnecting; nothing you write is lost.',
  tryNow: 'Try now',
  from: 'From',
  cardTitle: 'What I will pass on',
  cardIssue: 'What it is about',
  cardNeeded: 'What you need',
  cardRight: 'Looks right, pass it on',
  cardChange: 'Change something',
  cardAuto: (/** @type {string} */ time) => `Passed on by itself in ${time}`,
  cardPassed: 'Passed on',
  cardReplaced: 'Replaced by a newer summary',
  waitingNext: 'You are next in line',
  waiting: (/** @type {number} */ place) => `You are number ${place} in line`,
  waitingUnknown: 'Nobody is free right now. We will keep your place.',
  estimate: (/** @type {string} */ words) => `Expected wait: ${words}`,
  waitingHint: 'You can keep writing. Everything is passed on.',
  connectingPerson: 'Connecting you to a person',
  ended: 'This conversation has ended.',
  startNew: 'Start a new conversation',
  notRestored: 'The earlier conversation could not be restored, so this is a new one.',
  newBelow: 'New messages',
  log: 'Conversation',
  /** The file the customer may keep. */
  file: {
    name: 'conversation.txt',
    title: (/** @type {string} */ brand) => `Conversation with ${brand}`,
    reference: (/** @type {string | null} */ id) => `Reference ${id}`,
    agent: (/** @type {string} */ name) => `${name} (AI)`,
  },
  call: callWords,
};

/** @typedef {typeof en} Strings */

export const strings = inLanguage({ en, de });
