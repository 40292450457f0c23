// @ts-check
// What the desk says round its three panes; strings.de.js says it in German. Each pane has its own strings.

import { inLanguage } from '../kit/language.js';
import { de } from './strings.de.js';

export const en = {
  title: 'Desk · Switchboard',
  offline: 'No connection. What you see may be old; what you write is sent when the desk is back.',
  noServer: 'The server does not answer. Trying again.',
  /** Notifications and toasts. */
  asked: 'A colleague asks you into a call',
  callOffer: (/** @type {string} */ customer) => `Call: ${customer}`,
  chatOffer: (/** @type {string} */ customer) => `Offer: ${customer}`,
  passedOn: (/** @type {string} */ name, /** @type {string} */ note) => `From ${name}${note ? `: ${note}` : ''}`,
  missed: (/** @type {string} */ customer) => `You missed ${customer}. The customer is offered to somebody else.`,
  gone: (/** @type {string} */ customer) => `${customer} no longer waits.`,
  noticesBlocked: 'The browser blocks notifications for this site; allow them in its settings.',
  bar: {
    home: 'Switchboard, operator desk',
    capacity: 'Conversations I hold, of those I can',
    load: 'Load',
    presenceSet: (/** @type {string} */ presence, /** @type {string} */ by) => `${presence}, set ${by}`,
    supervisor: 'Supervisor page',
    signOut: 'Sign out',
    queue: (/** @type {import('../kit/protocol.js').Queue} */ queue) =>
      `${queue.name}: ${queue.waiting} waiting, ${queue.on_duty} on duty${queue.is_open ? '' : ', closed'}`,
    /** After a number, and before a time. */
    waiting: 'waiting',
    longest: 'longest',
    connected: 'Connected',
    signedOut: 'Signed out',
    reconnecting: 'Reconnecting',
    sound: 'Sound',
    soundOn: 'Sound is on',
    soundOff: 'Sound is off',
    notices: 'Desktop notifications',
    noticesOn: 'Desktop notifications are on',
    noticesOff: 'Desktop notifications are off',
    shortcuts: 'Keyboard shortcuts',
  },
  presence: {
    available: 'New conversations are offered to me',
    busy: 'I finish what I have; nothing new',
    away: 'On a break',
    offline: 'Done for today',
  },
  context: {
    back: 'Conversation',
    wrapUp: 'Wrap-up',
    handOver: 'Hand-over',
    notHandedOver: 'Not handed over: the agent has this conversation.',
    record: 'Customer record',
    noRecord: 'No record yet: the customer is not identified.',
    knowledge: 'Knowledge',
    loading: 'Loading',
  },
};

/** @typedef {typeof en} Strings */

export const strings = inLanguage({ en, de });
