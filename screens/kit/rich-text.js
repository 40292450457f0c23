// @ts-check
// Text as people wrote it: line breaks kept, web addresses made into links, nothing else is markup.

import { html } from './vendor/lit.js';

const address = /\bhttps?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]]/gu;

/** @param {string} text */
export function richText(text) {
  const pieces = [];
  let from = 0;
  for (const found of text.matchAll(address)) {
    pieces.push(text.slice(from, found.index));
    pieces.push(html`<a href=${found[0]} target="_blank" rel="noopener noreferrer nofollow">${found[0]}</a>`);
    from = found.index + found[0].length;
  }
  pieces.push(text.slice(from));
  return pieces;
}

/** Characters as the server counts them: an emoji is one, not two. @param {string} text */
export const characters = (text) => [...text].length;
