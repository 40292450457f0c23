// @ts-check
// What is special about a proposal, in a word or two.

import { html } from '../../kit/vendor/lit.js';
import { icon } from '../../kit/icons.js';

/** @typedef {import('./api.js').Row} Row */
/** @typedef {{tone: string, words: string, title: string, sign?: import('../../kit/icons.js').IconName}} Badge */

/** @type {Record<string, (row: Row) => Badge>} */
const badges = {
  alarm: () => ({ tone: 'bad', words: 'sudden', title: 'Far more turns than chance explains', sign: 'bell' }),
  new: () => ({ tone: 'accent', words: 'new', title: 'First seen in the last seven days' }),
  growing: () => ({ tone: 'warn', words: 'growing', title: 'The last week is well above the weeks before' }),
  near_duplicate: (row) => ({
    tone: 'note',
    words: `near-duplicate of ${row.duplicate_name ?? 'an intent'}`,
    title: 'It seems to repeat an intent you have: consider merging',
  }),
  sibling: () => ({
    tone: '',
    words: 'resembles another',
    title: 'It resembles a proposal higher up: consider merging the two',
  }),
  edited: () => ({ tone: '', words: 'edited', title: 'Someone changed its name, examples or details' }),
  undone: () => ({ tone: '', words: 'taken back', title: 'It was approved and that was taken back' }),
};

/** @param {Row} row */
export const badgesOf = (row) =>
  row.badges
    .filter((badge) => badge in badges)
    .map((badge) => {
      const { tone, words, title, sign } = badges[badge](row);
      return html`<span class="chip ${tone}" title=${title} data-testid="badge-${badge}"
        >${sign ? icon(sign, 12) : badge === 'growing' ? '↗' : ''} <span class="one-line">${words}</span></span
      >`;
    });
