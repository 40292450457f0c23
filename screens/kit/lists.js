// @ts-check
// Which conversation belongs in which list, and in what order.

import { strings } from './strings.js';

/** @typedef {import('./protocol.js').WorkItem} WorkItem */

const HELD = new Set(['operator', 'operator_lost', 'wrap_up']);
const WAITING = new Set(['queued', 'offered']);
const ENDED = new Set(['wrap_up', 'closed']);

/** @param {WorkItem} item @param {string} operatorId */
export const isMine = (item, operatorId) => HELD.has(item.stage) && item.operator_id === operatorId;

/** Open ones first, wrap-ups last, each oldest first. @param {Iterable<WorkItem>} items @param {string} operatorId */
export const mineOf = (items, operatorId) =>
  [...items]
    .filter((item) => isMine(item, operatorId))
    .sort(
      (a, b) =>
        Number(a.stage === 'wrap_up') - Number(b.stage === 'wrap_up') || a.started_at.localeCompare(b.started_at),
    );

/** As they will be served: priority, then the longest wait. @param {Iterable<WorkItem>} items */
export const waitingOf = (items) =>
  [...items]
    .filter((item) => WAITING.has(item.stage))
    .sort((a, b) => b.priority - a.priority || (a.queued_at ?? '').localeCompare(b.queued_at ?? ''));

/** @param {Iterable<WorkItem>} items */
export const liveOf = (items) =>
  [...items].filter((item) => !ENDED.has(item.stage)).sort((a, b) => a.started_at.localeCompare(b.started_at));

/** The oldest wait over all queues, as a time, or null. @param {import('./protocol.js').Queue[]} queues */
export const longestWait = (queues) =>
  queues
    .map((queue) => queue.longest_wait_since)
    .filter((since) => since !== null)
    .sort()[0] ?? null;

/**
 * Calls a colleague asks me into, and has not heard from me.
 * @param {Iterable<WorkItem>} items
 * @param {string} operatorId
 */
export const askedOf = (items, operatorId) =>
  [...items].filter(({ call }) => call?.consult?.operator_id === operatorId && call.consult.status === 'asked');

/** Calls of colleagues I was asked into and joined. @param {Iterable<WorkItem>} items @param {string} operatorId */
export const joinedOf = (items, operatorId) =>
  [...items].filter(({ call }) => call?.consult?.operator_id === operatorId && call.consult.status !== 'asked');

/** What to call a customer we may not know yet. @param {WorkItem} item */
export const customerName = (item) => item.customer || strings.visitor;
