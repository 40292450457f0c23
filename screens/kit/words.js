// @ts-check
// The fixed word sets of conversation/words.py as our side reads them; docs/glossary.md explains each.

/** @param {Record<string, string>} words */
const worded = (words) => (/** @type {string | null | undefined} */ key) => (key ? (words[key] ?? plain(key)) : '');

/** "unable_to_proceed" -> "Unable to proceed" @param {string} key */
export function plain(key) {
  const text = key.replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export const stageWord = worded({
  agent: 'With the agent',
  queued: 'Waiting',
  offered: 'Being offered',
  operator: 'With an operator',
  operator_lost: 'Operator lost',
  wrap_up: 'Wrap-up',
  closed: 'Closed',
});

export const reasonWord = worded({
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
});

export const closureWord = worded({
  resolved: 'resolved',
  customer_ended: 'the customer ended it',
  operator_ended: 'the operator ended it',
  customer_idle: 'the customer went quiet',
  callback_booked: 'a callback is booked',
  force_closed: 'closed by a supervisor',
});

/** Why a voice call ended. */
export const callEndWord = worded({
  hung_up: 'the customer hung up',
  moved_to_chat: 'it goes on in writing',
  line_lost: 'the line was lost',
  conversation_ended: 'the conversation ended',
  silence: 'nobody spoke',
  too_long: 'it reached the longest length',
});

const requeueWord = worded({
  declined: 'declined',
  expired: 'not answered in time',
  operator_lost: 'the operator lost the connection',
  released: 'put back',
});

/**
 * Where a conversation went that its operator gave away, or never took.
 * @param {{reason: string, colleague?: string | null}} requeued
 */
export const requeuedWords = ({ reason, colleague }) =>
  reason === 'transferred' ? `Passed to ${colleague ?? 'another queue'}` : `Back in the queue: ${requeueWord(reason)}`;

export const presenceWord = worded({
  available: 'Available',
  busy: 'Busy',
  away: 'Away',
  offline: 'Offline',
  inactive: 'Inactive',
});

export const setByWord = worded({
  person: 'by hand',
  operator: 'by hand',
  system: 'by the system',
  supervisor: 'by a supervisor',
});

export const channelWord = worded({ chat: 'Chat', voice: 'Call' });

export const outcomeWord = worded({ done: 'done', cancelled: 'cancelled', handed_over: 'handed over' });

export const assuranceWord = (/** @type {number} */ level) =>
  ['Not identified', 'Record matched, not verified', 'Verified'][level] ?? 'Not identified';

/** Seven levels from -3 to 3. @param {number} level */
export const moodWord = (level) =>
  ['Very unhappy', 'Unhappy', 'Slightly unhappy', 'Neutral', 'Fairly content', 'Content', 'Very content'][level + 3] ??
  'Neutral';

export const trendWord = (/** @type {number} */ trend) =>
  trend < 0 ? 'getting worse' : trend > 0 ? 'getting better' : 'steady';

/** "Priya Raman" -> "PR" @param {string} name */
export const initials = (name) =>
  name
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => [...word][0])
    .filter((_, at, all) => at === 0 || at === all.length - 1)
    .join('')
    .toUpperCase();

const tongues = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' });

/**
 * A language by its ISO code: "pl" as "Polish".
 * @param {string} code
 */
export const languageName = (code) => tongues.of(code) ?? code;
