// @ts-check
// What the parts of the kit say by themselves; strings.de.js says it in German.

import { inLanguage } from './language.js';
import { de } from './strings.de.js';

export const en = {
  visitor: 'Visitor',
  close: 'Close',
  dismiss: 'Dismiss',
  language: (/** @type {string} */ name) => `Language: ${name}`,
  theme: { system: 'Colours: as the system', light: 'Colours: light', dark: 'Colours: dark' },
  password: {
    own: 'Change my password',
    heading: 'Change my password',
    current: 'Present password',
    new: 'New password, at least 10 characters',
    hint: 'You stay signed in here and are signed out everywhere else.',
    cancel: 'Cancel',
    save: 'Change',
    changed: 'Your password is changed.',
  },
  time: {
    today: 'Today',
    now: 'now',
    minutes: (/** @type {number} */ count) => `${count} min`,
    hours: (/** @type {number} */ count) => `${count} h`,
    days: (/** @type {number} */ count) => `${count} d`,
    underAMinute: 'less than a minute',
    aboutMinutes: (/** @type {number} */ count) => (count === 1 ? 'about a minute' : `about ${count} minutes`),
    aboutHours: (/** @type {number} */ count) => (count === 1 ? 'about an hour' : `about ${count} hours`),
  },
  browser: 'Browser',
  browserOn: (/** @type {string} */ browser, /** @type {string} */ system) => `${browser} on ${system}`,
  http: {
    unreachable: 'The server cannot be reached. Check the connection and try again.',
    input: 'Input',
    signedOut: 'You are signed out. Sign in again.',
    notAllowed: 'Your role does not allow this.',
    tooManyTries: 'Too many tries. Wait a moment and try again.',
    /** By the refusal's code, where the code says it all. @type {HttpRefusals} */
    refusals: {},
    failed: 'Something went wrong on the server. Try again in a moment.',
  },
  noConnection: 'No connection. Nothing was changed; try again when the desk is connected.',
  noAnswer: 'No answer from the server.',
  /** By the refusal's code, where the code says it all. The server itself speaks English. @type {Refusals} */
  refusals: {},
  knowledge: {
    search: 'Search the articles',
    nothing: 'No approved article fits. Try other words.',
    insert: 'Insert',
  },
  record: {
    cases: 'Cases and claims',
    policies: 'Policies',
    policy: 'Policy',
    leads: 'Applications and leads',
    lead: 'Lead',
    score: (/** @type {number} */ score, /** @type {string | undefined} */ grade) =>
      `Score ${score}${grade ? ` (${grade})` : ''}`,
    internal: 'internal',
    yes: 'Yes',
    no: 'No',
  },
};

/** @typedef {Partial<Record<import('./protocol.js').ErrorOut['code'], string>>} Refusals */
/** @typedef {Partial<Record<string, (seconds?: number) => string>>} HttpRefusals */
/** @typedef {typeof en} Strings */

export const strings = inLanguage({ en, de });
