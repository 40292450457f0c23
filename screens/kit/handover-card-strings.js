// @ts-check
// The labels of the hand-over card; handover-card-strings.de.js has them in German.

import { inLanguage } from './language.js';
import { de } from './handover-card-strings.de.js';

export const en = {
  passedOn: (/** @type {number} */ times) => `Passed on ${times === 1 ? 'once' : `${times} times`} before`,
  told: 'Already told the customer',
  done: 'Already done',
  articles: 'Articles shown',
  earlierIntents: 'Earlier intents',
  issue: 'Issue',
  tried: 'Tried',
  needed: 'Needed',
  customerAdded: 'Customer added',
  modelSummary: 'Summary by a language model',
  identity: 'Identity',
  unknownCustomer: 'Unknown customer',
  checkedBy: (/** @type {string} */ method) => `by ${method}`,
  failedChecks: (/** @type {number} */ count) => `${count} failed ${count === 1 ? 'check' : 'checks'}`,
  collected: 'Collected',
  showWhere: 'Show where it was said',
  inRecord: 'in record',
  mandatory: 'needed',
  wish: 'Would rather be called',
  step: 'Suggested next step',
  withAgent: (/** @type {string} */ time) => `${time} with the agent`,
  handedOver: (/** @type {string} */ time) => `handed over ${time}`,
  toldAi: 'told it is an AI',
  notToldAi: 'not told it is an AI',
  recordingAgreed: 'agreed to recording',
  cases: (/** @type {string[]} */ numbers) => `cases ${numbers.join(', ')}`,
  leads: (/** @type {string[]} */ numbers) => `leads ${numbers.join(', ')}`,
};

/** @typedef {typeof en} Strings */

export const strings = inLanguage({ en, de });
