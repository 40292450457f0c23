// @ts-check
// The library's columns, states and filters.

import { strings } from './strings.js';

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
      title: strings.notApprovedTitle,
      isQuiet: true,
    };
  if (!is_live) return { words: strings.paused, tone: '', title: strings.pausedTitle, isQuiet: true };
  if (share < 1)
    return {
      words: strings.canary(Math.round(share * 100)),
      tone: 'note',
      title: strings.canaryTitle,
      isQuiet: false,
    };
  return { words: strings.live, tone: 'good', title: strings.liveTitle, isQuiet: false };
}

/** Enough conversations for a share to mean something. */
const ENOUGH = 10;

/** @type {{id: string, name: string, holds: (intent: Intent, health: Health) => boolean}[]} */
export const states = [
  {
    id: 'live',
    name: strings.filters.live,
    holds: ({ review_state, is_live }) => review_state === 'approved' && is_live,
  },
  { id: 'canary', name: strings.filters.canary, holds: ({ is_live, share }) => is_live && share < 1 },
  { id: 'paused', name: strings.filters.paused, holds: ({ is_live }) => !is_live },
  { id: 'waiting', name: strings.filters.waiting, holds: ({ review_state }) => review_state !== 'approved' },
  { id: 'self', name: strings.filters.self, holds: ({ support }) => support === 'self_service' },
  { id: 'assist', name: strings.filters.assist, holds: ({ support }) => support === 'assist_only' },
  { id: 'few', name: strings.filters.few, holds: ({ examples }) => examples.length < 5 },
  {
    id: 'ailing',
    name: strings.filters.ailing,
    holds: (_, health) =>
      Boolean(
        health &&
          ((health.unsure.whole >= ENOUGH && health.unsure.value > 0.25) ||
            (health.escalation.whole >= ENOUGH && health.escalation.value > 0.5)),
      ),
  },
  { id: 'idle', name: strings.filters.idle, holds: (_, health) => !health?.conversations },
];

const known = (/** @type {import('../intents/api.js').Share | undefined} */ share) => (share?.whole ? share.value : -1);

/**
 * `key`: what a column sorts by, the most worth a look first.
 * @type {{id: keyof typeof strings.columns, look: string, key: (intent: Intent, health: Health) => string | number}[]}
 */
const sorted = [
  { id: 'name', look: '', key: ({ name }) => name.toLowerCase() },
  { id: 'state', look: '', key: (intent) => stateOf(intent).words },
  { id: 'traffic', look: '', key: (_, health) => -(health?.conversations ?? 0) },
  { id: 'confidence', look: 'narrow-gone', key: (_, health) => health?.confidence ?? 2 },
  { id: 'confusion', look: 'narrow-gone', key: (_, health) => -known(health?.unsure) },
  {
    id: 'containment',
    look: 'optional',
    key: (_, health) => (health?.containment.whole ? health.containment.value : 2),
  },
  { id: 'escalation', look: 'optional', key: (_, health) => -known(health?.escalation) },
];

export const columns = sorted.map((column) => {
  const [name, title] = strings.columns[column.id];
  return { ...column, name, title };
});

/** @param {string | number} a @param {string | number} b */
export const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
