// @ts-check
// JSON over HTTP to our own server, with failures in words a person can act on.

import { strings } from './strings.js';

export class HttpError extends Error {
  /**
   * @param {number} status 0 when the server could not be reached
   * @param {string} message
   * @param {number} [retryAfterSeconds]
   */
  constructor(status, message, retryAfterSeconds) {
    super(message);
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** @param {string} path @returns {Promise<any>} */
export const getJson = (path) => exchange(path, { headers: { accept: 'application/json' } });

/** @param {string} path @param {object} [body] @returns {Promise<any>} */
export const postJson = (path, body = {}) => sendJson('POST', path, body);

/**
 * @param {'POST' | 'PATCH' | 'PUT' | 'DELETE'} method
 * @param {string} path
 * @param {object} [body]
 * @returns {Promise<any>}
 */
export const sendJson = (method, path, body = {}) =>
  exchange(path, {
    method,
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
  });

/** A server that takes the request and then says nothing must not leave a page waiting for ever. */
const READ_MS = 20_000;
const WRITE_MS = 60_000;

/** @param {string} path @param {RequestInit} init */
async function exchange(path, init) {
  let response;
  try {
    response = await fetch(path, {
      credentials: 'same-origin',
      signal: AbortSignal.timeout(init.method ? WRITE_MS : READ_MS),
      ...init,
    });
  } catch {
    throw new HttpError(0, strings.http.unreachable);
  }
  const body = await response.json().catch(() => null);
  if (response.ok) return body;
  const retryAfter = Number(response.headers.get('retry-after')) || undefined;
  throw new HttpError(
    response.status,
    strings.http.refusals[body?.code]?.(retryAfter) ?? inWords(response.status, body?.detail),
    retryAfter,
  );
}

/** FastAPI's `detail` is a sentence, or a list of field errors. @param {number} status @param {unknown} detail */
function inWords(status, detail) {
  if (typeof detail === 'string') return detail;
  if (Array.isArray(detail) && detail.length) {
    return detail.map((problem) => `${problem.loc?.at(-1) ?? strings.http.input}: ${problem.msg}`).join('. ');
  }
  if (status === 401) return strings.http.signedOut;
  if (status === 403) return strings.http.notAllowed;
  if (status === 429) return strings.http.tooManyTries;
  return strings.http.failed;
}
