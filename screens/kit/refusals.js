// @ts-check
// What the server refused, in this page's language.

import { strings } from './strings.js';

/**
 * By its code where that says it all, else in the server's own words.
 * @param {import('./protocol.js').ErrorOut} error
 */
export const refusalWords = ({ code, message }) => strings.refusals[code] ?? message;
