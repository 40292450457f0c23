// @ts-check
// The fixed word sets of conversation/words.py as our side reads them; docs/glossary.md explains each. words.de.js has
// them in German.

import { inLanguage, language } from './language.js';
import { de } from './words.de.js';

export const en = {
  stage: {
    agent: 'With the agent',
    queued: 'Waiting',
    offered: 'Being offered',
    operator: 'With an operator',
    operator_lost: 'Operator lost',
    wrap_up: 'Wrap-up',
    closed: 'Closed',
  },
  reason: {
    customer_request: 'asked for a person',
    unknown_intent: 'not understood',
    missing_knowledge: 'nothing approved to answer with',
    unable_to_proceed: 'could not get further',
    policy_restriction: 'needs a person by policy',
    negative_sentiment: 'customer is upset',
    authentication_failed: 'identity could not be checked',
    tool_failure: 'a system did not answer',
    agent_error: 'the agent failed',
    limit_reached: 'too many attempts',
  },
  closure: {
    resolved: 'resolved',
    customer_ended: 'the customer ended it',
    operator_ended: 'the operator ended it',
    customer_idle: 'the customer went quiet',
    callback_booked: 'a callback is booked',
    force_closed: 'closed by a supervisor',
  },
  /** Why a voice call ended. */
  callEnd: {
    hung_up: 'the customer hung up',
    moved_to_chat: 'it goes on in writing',
    line_lost: 'the line was lost',
    conversation_ended: 'the conversation ended',
    silence: 'nobody spoke',
    too_long: 'it reached the longest length',
  },
  requeue: {
    declined: 'declined',
    expired: 'not answered in time',
    operator_lost: 'the operator lost the connection',
    released: 'put back',
  },
  passedTo: (/** @type {string | null | undefined} */ colleague) => `Passed to ${colleague ?? 'another queue'}`,
  backInQueue: (/** @type {string} */ why) => `Back in the queue: ${why}`,
  presence: { available: 'Available', busy: 'Busy', away: 'Away', offline: 'Offline', inactive: 'Inactive' },
  setBy: { person: 'by hand', operator: 'by hand', system: 'by the system', supervisor: 'by a supervisor' },
  role: { operator: 'Operator', supervisor: 'Supervisor' },
  channel: { chat: 'Chat', voice: 'Call' },
  outcome: { done: 'done', cancelled: 'cancelled', handed_over: 'handed over' },
  callback: { open: 'open', taken: 'taken', done: 'done', cancelled: 'cancelled' },
  /** From 0 to 2. */
  assurance: ['Not identified', 'Record matched, not verified', 'Verified'],
  /** From -3 to 3. */
  mood: ['Very unhappy', 'Unhappy', 'Slightly unhappy', 'Neutral', 'Fairly content', 'Content', 'Very content'],
  trend: { worse: 'getting worse', better: 'getting better', steady: 'steady' },
};

/** @typedef {typeof en} Words */

const words = inLanguage({ en, de });

/** @param {Record<string, string>} table */
const worded = (table) => (/** @type {string | null | undefined} */ key) => (key ? (table[key] ?? plain(key)) : '');

/** "unable_to_proceed" -> "Unable to proceed" @param {string} key */
export function plain(key) {
  const text = key.replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export const stageWord = worded(words.stage);
export const reasonWord = worded(words.reason);
export const closureWord = worded(words.closure);
export const callEndWord = worded(words.callEnd);
const requeueWord = worded(words.requeue);

/**
 * Where a conversation went that its operator gave away, or never took.
 * @param {{reason: string, colleague?: string | null}} requeued
 */
export const requeuedWords = ({ reason, colleague }) =>
  reason === 'transferred' ? words.passedTo(colleague) : words.backInQueue(requeueWord(reason));

export const presenceWord = worded(words.presence);
export const setByWord = worded(words.setBy);
export const roleWord = worded(words.role);
export const channelWord = worded(words.channel);
export const outcomeWord = worded(words.outcome);
export const callbackWord = worded(words.callback);

export const assuranceWord = (/** @type {number} */ level) => words.assurance[level] ?? words.assurance[0];

/** Seven levels from -3 to 3. @param {number} level */
export const moodWord = (level) => words.mood[level + 3] ?? words.mood[3];

export const trendWord = (/** @type {number} */ trend) =>
  trend < 0 ? words.trend.worse : trend > 0 ? words.trend.better : words.trend.steady;

/** "Priya Raman" -> "PR" @param {string} name */
export const initials = (name) =>
  name
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => [...word][0])
    .filter((_, at, all) => at === 0 || at === all.length - 1)
    .join('')
    .toUpperCase();

const tongues = new Intl.DisplayNames([language], { type: 'language', fallback: 'code' });

/**
 * A language by its ISO code: "pl" as "Polish".
 * @param {string} code
 */
export const languageName = (code) => tongues.of(code) ?? code;
