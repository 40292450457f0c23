// @ts-check
// The HTTP doors of web/intents_api.py, for the inbox and the library; docs/reference/http-api.md explains them.

import { getJson, postJson, sendJson } from '../../kit/http.js';

/**
 * @typedef {{name: string, label: string, type: string, prompt: string, mandatory: boolean, options: string[],
 *   description: string}} Attribute
 * @typedef {{kind: 'tool' | 'article' | 'queue', target: string}} Solution
 * @typedef {{text: string, source: string}} Example
 * @typedef {{part: number, whole: number, value: number, low: number,
 *   high: number}} Share a part with its 95 % interval, all 0 to 1
 *
 * @typedef {object} Draft What approval would add.
 * @property {string} id
 * @property {string} name
 * @property {string} description
 * @property {Example[]} examples
 * @property {Attribute[]} attributes
 * @property {string | null} group
 * @property {string} line_of_business
 * @property {string} queue
 * @property {string[]} skills
 * @property {Solution} solution
 * @property {'self_service' | 'assist_only'} support
 *
 * @typedef {Draft & {review_state: string, is_live: boolean, is_group: boolean, share: number}} Intent
 *
 * @typedef {object} Row One proposal in the list.
 * @property {string} id
 * @property {string} title
 * @property {string} name
 * @property {string[]} subtitle telling words
 * @property {string} status
 * @property {string[]} badges
 * @property {string} line_of_business
 * @property {number} turns
 * @property {number} conversations
 * @property {number} this_week
 * @property {number} share
 * @property {number} novelty
 * @property {number} unmatched
 * @property {number} cohesion
 * @property {number} stability
 * @property {string | null} duplicate_of
 * @property {string | null} duplicate_name
 * @property {string | null} sibling_of
 * @property {{recent: number, before: number, z: number, is_growing: boolean} | null} trend
 * @property {number[]} per_day oldest first
 * @property {string} first_seen
 * @property {string | null} snoozed_until
 * @property {string | null} decided_by
 * @property {string | null} decided_at
 * @property {string | null} reason
 * @property {string | null} intent
 * @property {string | null} undoable the merge or split that stands last in its history, if it may be taken back
 *
 * @typedef {{conversation_id: string, seq: number, text: string, at: string | null, channel: string,
 *   centrality: number}} Evidence
 * @typedef {{intent: string, name: string, similarity: number, overlap: number}} Near
 * @typedef {{before: string | null, before_name: string | null, after: string | null, after_name: string | null,
 *   count: number, examples: string[]}} Moved
 * @typedef {{conversation_id: string, seq: number, text: string, before: string | null, before_name: string | null,
 *   after: string | null, after_name: string | null, intent: string | null, probability: number}} Mistake
 *
 * @typedef {object} Replay
 * @property {number} days
 * @property {number} turns
 * @property {number} changed
 * @property {Share} caught
 * @property {Moved[]} confusion
 * @property {Share} containment_before
 * @property {Share} containment_after
 * @property {Share} correct_before
 * @property {Share} correct_after
 * @property {Mistake[]} worst
 * @property {number} library_version
 * @property {string} at
 *
 * @typedef {Row & {draft: Draft, border: string[], evidence: Evidence[], evidence_total: number,
 *   asked_next: {prompt: string, type: string, share: number}[],
 *   articles: {id: string, title: string, section: string, score: number}[], nearest: Near[], flags: string[],
 *   replay: Replay | null,
 *   history: {at: string, actor: string, action: string, reason: string | null, reshape?: string}[]}} Proposal
 *
 * @typedef {{proposal: string, title: string, count: number, expected: number, chance: number, since: string}} Alarm
 * @typedef {{counts: Record<string, number>, items: Row[], alarms: Alarm[]}} Inbox
 * @typedef {{id: string, kind: string, state: 'running' | 'done' | 'failed' | 'cancelled', step: string,
 *   share: number, started_at: string, result: any, error: string | null}} Job
 * @typedef {{least_conversations: number, least_cohesion: number, least_accuracy: number,
 *   most_similarity: number}} Guards
 * @typedef {{line_of_business: string, mode: string, is_on: boolean, channels: string[], look_back_days: number,
 *   canary_share: number, guards: Guards}} Line
 * @typedef {{intent: string, name: string, share: number, since: string, treated: Share, before: Share,
 *   difference: {value: number, low: number, high: number} | null, verdict: string, needed: number}} Canary
 * @typedef {{stamp: string, is_looking: boolean, job: Job | null, last_run: {at: string, seconds: number,
 *   candidates: number, proposals: number, new: number} | null, waiting: number, lines: Line[],
 *   canaries: Canary[]}} Discovery
 *
 * @typedef {{intent: string, name: string, kind: 'added' | 'removed' | 'changed', fields: {field: string,
 *   before: any, after: any}[]}} Change
 * @typedef {{version: number, previous: number, changes: Change[]}} Changed
 * @typedef {{version: number, at: string, actor: string, action: string, reason: string | null, is_current: boolean,
 *   changes: Change[]}} Version
 * @typedef {{turns: number, conversations: number, share: number, confidence: number | null, unsure: Share,
 *   confused_with: {intent: string, name: string, count: number}[], containment: Share, escalation: Share,
 *   per_day: number[]}} Health
 * @typedef {{days: number, conversations: number, intents: Record<string, Health>}} LibraryHealth
 * @typedef {{version: number, at: string, actor: string, is_training: boolean, lines_of_business: string[],
 *   queues: {id: string, name: string}[], skills: string[], tools: string[], articles: {id: string,
 *   title: string}[], groups: Intent[], intents: Intent[]}} Library
 * @typedef {{base_version: number, changes: Change[], intents: number, examples: number,
 *   warnings: string[]}} ImportPreview
 * @typedef {{points: {x: number, y: number, proposal: string, text: string, conversation_id: string, seq: number}[],
 *   proposals: {id: string, title: string, x: number, y: number, turns: number}[]}} ClusterMap
 */

const safe = encodeURIComponent;

/**
 * What is written here goes as bare text: the server says where it comes from.
 * @template {{examples?: Example[]}} T
 * @param {T} fields
 */
const sent = (fields) =>
  fields.examples
    ? { ...fields, examples: fields.examples.map((example) => (example.source ? example : example.text)) }
    : fields;

/** @param {string} status @returns {Promise<Inbox>} */
export const getInbox = (status) => getJson(`/api/proposals?status=${safe(status)}`);
/** @param {string} id @returns {Promise<Proposal>} */
export const getProposal = (id) => getJson(`/api/proposals/${safe(id)}`);
/** @returns {Promise<ClusterMap>} */
export const getMap = () => getJson('/api/proposals/map');
/** @param {string} id @param {Partial<Draft>} draft @returns {Promise<Proposal>} */
export const editProposal = (id, draft) => sendJson('PATCH', `/api/proposals/${safe(id)}`, sent(draft));
/**
 * @param {string} id
 * @param {string} verb replay, approve, merge, split, discard, snooze, reopen
 * @param {object} [body]
 * @returns {Promise<any>}
 */
export const decide = (id, verb, body) => postJson(`/api/proposals/${safe(id)}/${verb}`, body);
/** A merge of proposals or a split, taken back. @param {string} reshape @returns {Promise<{items: Row[]}>} */
export const undoReshape = (reshape) => postJson(`/api/proposals/reshapes/${safe(reshape)}/undo`);
/** @param {string[]} ids @returns {Promise<Proposal>} */
export const mergeProposals = (ids) => postJson('/api/proposals/merge', { ids });

/** @returns {Promise<Discovery>} */
export const getDiscovery = () => getJson('/api/discovery');
/** @param {number} days @param {string | null} line @returns {Promise<Job>} */
export const look = (days, line) => postJson('/api/discovery/look', { days, line_of_business: line });
/** @param {string} name @param {Omit<Line, 'line_of_business'>} line @returns {Promise<Line>} */
export const setLine = (name, line) => sendJson('PUT', `/api/discovery/lines/${safe(name)}`, line);
/** @param {string} id @returns {Promise<Job>} */
export const getJob = (id) => getJson(`/api/jobs/${safe(id)}`);
/** @param {string} id @returns {Promise<Job>} */
export const cancelJob = (id) => sendJson('DELETE', `/api/jobs/${safe(id)}`);
/** @param {string} intent @param {number} share @returns {Promise<Changed>} */
export const rampCanary = (intent, share) => postJson(`/api/canaries/${safe(intent)}`, { share });

/** @returns {Promise<Library>} */
export const getLibrary = () => getJson('/api/library');
/** @param {number} days @returns {Promise<LibraryHealth>} */
export const getHealth = (days) => getJson(`/api/library/health?days=${days}`);
/** @param {Partial<Draft> & {reason: string}} intent @returns {Promise<Changed>} */
export const createIntent = (intent) => postJson('/api/library/intents', sent(intent));
/** @param {string} id @param {Partial<Intent>} fields @returns {Promise<Changed>} */
export const editIntent = (id, fields) => sendJson('PATCH', `/api/library/intents/${safe(id)}`, sent(fields));
/** @param {number | null} before @returns {Promise<{items: Version[]}>} */
export const getHistory = (before) => getJson(`/api/library/history?limit=30${before ? `&before=${before}` : ''}`);
/** @param {number} version @param {string} reason @returns {Promise<Changed>} */
export const rollBack = (version, reason) => postJson('/api/library/rollback', { version, reason });
/** @param {number} version @returns {Promise<Changed>} */
export const undo = (version) => postJson('/api/library/undo', { version });
/** @param {{format: string, name: string, text: string}} file @returns {Promise<ImportPreview>} */
export const previewImport = (file) => postJson('/api/library/import/preview', file);
/**
 * @param {{format: string, name: string, text: string, reason: string, expected_version: number}} file
 * @returns {Promise<Changed>}
 */
export const importFile = (file) => postJson('/api/library/import', file);
