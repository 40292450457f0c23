// @ts-check
// A spoken line word by word: the word being played is marked, what the caller did not hear is struck through.

import { html, nothing } from '../vendor/lit.js';

/**
 * @param {string} text the whole line
 * @param {string | null} heard the part that was played, or null when that was all
 * @param {number | null} progress how far the recording is through what was played, 0 to 1; null: not in it
 */
export function spokenWords(text, heard, progress) {
  const split = heard === null ? text.length : heardLength(text, heard);
  const played = text.slice(0, split);
  const rest = text.slice(split);
  return html`${progress === null ? played : marked(played, progress)}${rest
    ? html`<s class="unheard" data-testid="unheard">${rest}</s>`
    : nothing}`;
}

/**
 * Each word takes its share of the time by its letters: near enough to follow with the eye.
 * @param {string} text
 * @param {number} progress
 */
function marked(text, progress) {
  const now = Math.min(text.length - 1, Math.floor(text.length * progress));
  let at = 0;
  return text.split(/(\s+)/).map((piece) => {
    const from = at;
    at += piece.length;
    const isNow = now >= from && now < at && piece.trim();
    return isNow ? html`<span class="word-now" data-testid="word-now">${piece}</span>` : piece;
  });
}

/**
 * How much of `text` the heard words cover: spoken text may differ in spaces and signs.
 * @param {string} text
 * @param {string} heard
 */
export function heardLength(text, heard) {
  if (text.startsWith(heard)) return heard.length;
  const wanted = letters(heard).length;
  let seen = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (seen === wanted) return at;
    if (letters(text[at])) seen += 1;
  }
  return text.length;
}

const letters = (/** @type {string} */ text) => text.replace(/[^\p{L}\p{N}]/gu, '');
