// @ts-check
// The HTTP doors of web/learning/procedures_api.py; docs/reference/http-api.md explains them.

import { getJson, postJson, sendJson } from '../../kit/http.js';

/**
 * @typedef {{id: string, noun: string, intent: string | null, file: string, line: number, steps: number}} Procedure
 * @typedef {{procedure: string, noun: string, file: string, kind: 'added' | 'removed' | 'changed'}} Change
 * @typedef {import('../intents/api.js').Share} Share
 *
 * @typedef {object} Trial
 * @property {number} version
 * @property {string[]} procedures ids of those that differ
 * @property {Share} treated went badly with the new version
 * @property {Share} others went badly with the version before, meanwhile
 * @property {'waiting' | 'good' | 'bad'} verdict
 * @property {number} needed conversations until there is one
 *
 * @typedef {object} Procedures
 * @property {number} version
 * @property {string | null} at
 * @property {string | null} actor
 * @property {number} share of the conversations that meet this version
 * @property {number | null} base the version that the others meet
 * @property {Trial | null} trial
 * @property {{name: string, text: string}[]} files
 * @property {Procedure[]} procedures
 *
 * @typedef {object} Version
 * @property {number} version
 * @property {string} at
 * @property {string} actor
 * @property {string} action
 * @property {string} reason
 * @property {boolean} is_current
 * @property {Change[]} changes
 */

const DOOR = '/api/procedures';

/** @returns {Promise<Procedures>} */
export const getProcedures = () => getJson(DOOR);

/** @param {string} name @param {string} text @returns {Promise<{procedures: Procedure[]}>} */
export const checkFile = (name, text) => postJson(`${DOOR}/check`, { name, text });

/** @param {string} name @param {{text: string, share: number, reason: string, expected_version: number}} body */
export const putFile = (name, body) => sendJson('PUT', `${DOOR}/files/${encodeURIComponent(name)}`, body);

/** @param {number} share @param {number} expected_version */
export const setShare = (share, expected_version) => postJson(`${DOOR}/share`, { share, expected_version });

/** @param {number} version @param {string} reason */
export const rollBack = (version, reason) => postJson(`${DOOR}/rollback`, { version, reason });

/** @param {number | null} before @returns {Promise<{items: Version[]}>} */
export const getHistory = (before) => getJson(`${DOOR}/history?limit=30${before ? `&before=${before}` : ''}`);

/**
 * What another version has that this one hadn't, file by file, as lines of a unified diff.
 * @param {number} since @param {number} version @returns {Promise<{files: {name: string, lines: string[]}[]}>}
 */
export const getDifferences = (since, version) => getJson(`${DOOR}/history/${version}/changes?since=${since}`);

/** The line that a refusal names; 0 for none. @param {string} words */
export const lineIn = (words) => Number(/, line (\d+)/.exec(words)?.[1] ?? 0);
