// @ts-check
// The sentences of the inbox that have something to stress in them.

import { html } from '../../kit/vendor/lit.js';

export const strings = {
  alarm: (
    /** @type {string} */ title,
    /** @type {string} */ times,
    /** @type {string} */ since,
    /** @type {number} */ usual,
  ) => html`<b>${title}</b> came up ${times} since ${since}; ${usual} would be usual.`,
  keys: html`<kbd>J</kbd> next · <kbd>K</kbd> previous · <kbd>?</kbd> all keys`,
};
