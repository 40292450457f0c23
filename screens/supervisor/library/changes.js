// @ts-check
// What a change does to the library, in words: intents added, removed, changed, field by field.

import { css, html, nothing } from '../../kit/vendor/lit.js';
import { plain } from '../../kit/words.js';
import { strings } from './change-strings.js';

/** @typedef {import('../intents/api.js').Change} Change */

const kindTones = { added: 'good', removed: 'bad', changed: '' };
/** What tells most about an intent that is new. */
const telling = new Set(['description', 'examples', 'solution', 'is_live']);

/** @param {Change[]} changes @param {number} [first] how many to draw */
export const changeList = (changes, first = 12) =>
  html`<ul class="changes" data-testid="changes">
    ${changes.slice(0, first).map((one) => html`<li>${change(one)}</li>`)}
    ${changes.length > first ? html`<li class="faint">${strings.more(changes.length - first)}</li>` : nothing}
  </ul>`;

/** @param {Change} one */
const change = ({ intent, name, kind, fields }) =>
  html`<p>
      <span class="chip ${kindTones[kind]}">${strings.kinds[kind]}</span>
      <b>${name || intent}</b>
    </p>
    ${kind === 'removed'
      ? nothing
      : html`<dl>${fields.filter(({ field }) => kind === 'changed' || telling.has(field)).map(fieldChange)}</dl>`}`;

/** @param {Change['fields'][number]} one */
const fieldChange = ({ field, before, after }) =>
  html`<div>
    <dt>${strings.fields[field] ?? plain(field)}</dt>
    <dd>${difference(before, after)}</dd>
  </div>`;

/** "1 new, 3 changed" @param {Change[]} changes */
export function changeSummary(changes) {
  const count = (/** @type {Change['kind']} */ wanted) => changes.filter(({ kind }) => kind === wanted).length;
  return strings.summary({ added: count('added'), removed: count('removed'), changed: count('changed') });
}

/** Lists item by item, anything else before and after. @param {any} before @param {any} after */
function difference(before, after) {
  if (Array.isArray(before) || Array.isArray(after)) {
    const [old, fresh] = [(before ?? []).map(text), (after ?? []).map(text)];
    const gone = old.filter((/** @type {string} */ one) => !fresh.includes(one));
    const come = fresh.filter((/** @type {string} */ one) => !old.includes(one));
    return html`${gone.slice(0, 8).map((/** @type {string} */ one) => html`<del dir="auto">${one}</del>`)}${come
      .slice(0, 8)
      .map((/** @type {string} */ one) => html`<ins dir="auto">${one}</ins>`)}
    ${gone.length + come.length > 16
      ? html`<span class="faint">${strings.inAll(gone.length, come.length)}</span>`
      : nothing}${gone.length + come.length ? nothing : html`<span class="faint">${strings.anotherOrder}</span>`}`;
  }
  return html`${before === null || before === undefined || before === ''
      ? nothing
      : html`<del dir="auto">${text(before)}</del>`}<ins dir="auto">${text(after)}</ins>`;
}

/** @param {any} value @returns {string} */
function text(value) {
  if (value === null || value === undefined || value === '') return strings.none;
  if (typeof value === 'boolean') return value ? strings.yes : strings.no;
  if (typeof value !== 'object') return String(value);
  if ('kind' in value) return `${plain(value.kind)}: ${value.target}`;
  if ('prompt' in value) return strings.question(value);
  return value.text ?? JSON.stringify(value);
}

export const changeStyles = css`
  .changes {
    display: grid;
    gap: 10px;
  }
  .changes p {
    display: flex;
    align-items: center;
    gap: 7px;
  }
  .changes b {
    font-weight: 600;
  }
  .changes dl {
    display: grid;
    gap: 4px;
    margin-top: 4px;
    padding-inline-start: 10px;
    border-inline-start: 2px solid var(--line);
  }
  .changes dl > div {
    display: grid;
    grid-template-columns: 130px minmax(0, 1fr);
    gap: 10px;
  }
  .changes dt {
    color: var(--ink-faint);
  }
  .changes dd {
    display: grid;
    justify-items: start;
    gap: 2px;
    overflow-wrap: anywhere;
  }
  .changes del,
  .changes ins {
    padding: 0 5px;
    border-radius: 3px;
    text-decoration-thickness: 1px;
  }
  .changes del {
    background: var(--bad-soft);
  }
  .changes ins {
    background: var(--good-soft);
    text-decoration: none;
  }
  @media (max-width: 560px) {
    .changes dl > div {
      grid-template-columns: minmax(0, 1fr);
      gap: 1px;
    }
  }
`;
