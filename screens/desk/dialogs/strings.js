// @ts-check
// What the desk asks before something that cannot be taken back; strings.de.js asks it in German.

import { inLanguage } from '../../kit/language.js';
import { de } from './strings.de.js';

export const en = {
  theCustomer: 'the customer',
  cancel: 'Cancel',
  handBack: {
    heading: 'Hand back to the agent',
    body: (/** @type {string} */ agent, /** @type {string} */ customer) =>
      `${agent} takes ${customer} over again. Say what changed, so that it goes on from there.`,
    note: 'What changed',
    example: 'The plumber now comes today at 18:00',
    confirm: 'Hand back',
  },
  transfer: {
    heading: 'Transfer',
    to: 'To whom',
    note: 'Note for the next operator',
    example: 'What they should know',
    confirm: 'Transfer',
    queue: (/** @type {number} */ waiting, /** @type {number} */ onDuty) => `${waiting} waiting · ${onDuty} on duty`,
    closed: 'closed',
    nobody: 'No colleague is here now.',
    full: 'full',
  },
  consult: {
    heading: 'Ask a colleague in',
    body: (/** @type {string} */ customer) =>
      `${customer} is put on hold while you two talk. You can then merge the calls, hand over, or go back.`,
    to: 'Colleague',
    note: 'What it is about',
    example: 'Storm damage, cover unclear',
    confirm: 'Ask',
  },
  release: {
    heading: 'Put back in the queue?',
    body: (/** @type {string} */ customer) =>
      `${customer} keeps the old place and is offered to the next free operator. The conversation stays open.`,
    confirm: 'Put back in the queue',
  },
  end: {
    heading: 'End the conversation?',
    body: (/** @type {string} */ customer) =>
      `It closes for ${customer} at once and cannot be opened again. You then finish the wrap-up.`,
    confirm: 'End conversation',
  },
  callback: {
    heading: 'Callback done',
    note: 'How did it go?',
    example: 'Spoke to her; refund confirmed',
    confirm: 'Done',
  },
  shortcuts: 'Keyboard shortcuts',
};

/** @typedef {typeof en} Strings */

export const strings = inLanguage({ en, de });
