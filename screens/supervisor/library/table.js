// @ts-check
// The library's columns, states and filters.

/** @typedef {import('../intents/api.js').Intent} Intent */
/** @typedef {import('../intents/api.js').Health | undefined} Health */

/**
 * What an intent's state is called.
 * @param {Intent} intent
 * @returns {{words: string, tone: string, title: string, isQuiet: boolean}}
 */
export function stateOf({ review_state, is_live, share }) {
  if (review_state !== 'approved')
    return {
      words: review_state,
      tone: 'warn',
      title: 'Not approved: no customer is understood to want it',
      isQuiet: true,
    };
  if (!is_live) return { words: 'paused', tone: '', title: 'Kept and edited, but never recognised', isQuiet: true };
  if (share < 1)
    return {
      words: `canary ${Math.round(share * 100)}\u202f%`,
      tone: 'note',
      title: 'Serves a share of conversations until it has proved good',
      isQuiet: false,
    };
  return { words: 'live', tone: 'good', title: 'Serves everybody', isQuiet: false };
}

/** Enough conversations for a share to mean something. */
const ENOUGH = 10;

/** @type {{id: string, name: string, holds: (intent: Intent, health: Health) => boolean}[]} */
export const states = [
  { id: 'live', name: 'Live', holds: ({ review_state, is_live }) => review_state === 'approved' && is_live },
  { id: 'canary', name: 'Canary', holds: ({ is_live, share }) => is_live && share < 1 },
  { id: 'paused', name: 'Paused', holds: ({ is_live }) => !is_live },
  { id: 'waiting', name: 'Not approved', holds: ({ review_state }) => review_state !== 'approved' },
  { id: 'self', name: 'Self-service', holds: ({ support }) => support === 'self_service' },
  { id: 'assist', name: 'Assist-only', holds: ({ support }) => support === 'assist_only' },
  { id: 'few', name: 'Fewer than five examples', holds: ({ examples }) => examples.length < 5 },
  {
    id: 'ailing',
    name: 'Often unsure or escalated',
    holds: (_, health) =>
      Boolean(
        health &&
          ((health.unsure.whole >= ENOUGH && health.unsure.value > 0.25) ||
            (health.escalation.whole >= ENOUGH && health.escalation.value > 0.5)),
      ),
  },
  { id: 'idle', name: 'Nobody asks', holds: (_, health) => !health?.conversations },
];

const known = (/** @type {import('../intents/api.js').Share | undefined} */ share) => (share?.whole ? share.value : -1);

/**
 * `key`: what a column sorts by, the most worth a look first.
 * @type {{id: string, name: string, title: string, look: string, key: (intent: Intent, health: Health) => string
 *   | number}[]}
 */
export const columns = [
  { id: 'name', name: 'Intent', title: '', look: '', key: ({ name }) => name.toLowerCase() },
  { id: 'state', name: 'State', title: '', look: '', key: (intent) => stateOf(intent).words },
  {
    id: 'traffic',
    name: 'Traffic',
    title: 'Conversations with it',
    look: '',
    key: (_, health) => -(health?.conversations ?? 0),
  },
  {
    id: 'confidence',
    name: 'Confidence',
    title: 'Mean probability when it was recognised',
    look: 'narrow-gone',
    key: (_, health) => health?.confidence ?? 2,
  },
  {
    id: 'confusion',
    name: 'Confusion',
    title: 'How often the agent had to ask before it was chosen, and which intent it is mistaken for',
    look: 'narrow-gone',
    key: (_, health) => -known(health?.unsure),
  },
  {
    id: 'containment',
    name: 'Stays with the agent',
    title: 'Conversations that ended without a person',
    look: 'optional',
    key: (_, health) => (health?.containment.whole ? health.containment.value : 2),
  },
  {
    id: 'escalation',
    name: 'Escalated',
    title: 'Conversations handed to a person',
    look: 'optional',
    key: (_, health) => -known(health?.escalation),
  },
];

/** @param {string | number} a @param {string | number} b */
export const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
