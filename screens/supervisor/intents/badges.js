// @ts-check
// What is special about a proposal, in a word or two.

import { html } from '../../kit/vendor/lit.js';
import { icon } from '../../kit/icons.js';
import { strings } from './strings.js';

/** @typedef {import('./api.js').Row} Row */
/** @typedef {import('../../kit/icons.js').IconName} Sign */
/** @typedef {{tone: string, says: (row: Row) => string[], sign?: Sign}} Badge */

/** @type {Record<string, Badge>} */
const badges = {
  alarm: { tone: 'bad', says: () => strings.badges.alarm, sign: 'bell' },
  new: { tone: 'accent', says: () => strings.badges.new },
  growing: { tone: 'warn', says: () => strings.badges.growing },
  near_duplicate: {
    tone: 'note',
    says: (row) => [strings.nearDuplicate(row.duplicate_name), strings.nearDuplicateTitle],
  },
  sibling: { tone: '', says: () => strings.badges.sibling },
  edited: { tone: '', says: () => strings.badges.edited },
  undone: { tone: '', says: () => strings.badges.undone },
};

/** @param {Row} row */
export const badgesOf = (row) =>
  row.badges
    .filter((badge) => badge in badges)
    .map((badge) => {
      const { tone, says, sign } = badges[badge];
      const [words, title] = says(row);
      return html`<span class="chip ${tone}" title=${title} data-testid="badge-${badge}"
        >${sign ? icon(sign, 12) : badge === 'growing' ? '↗' : ''} <span class="one-line">${words}</span></span
      >`;
    });
