// @ts-check
// <sb-examples>: the sentences an intent learns from.

import { LitElement, css, html, nothing } from '../../kit/vendor/lit.js';
import { icon } from '../../kit/icons.js';
import { base, buttons, fields, parts } from '../../kit/styles.js';
import { strings as shared } from '../strings.js';
import { strings } from './editor-strings.js';
import { sectionStyles } from './section-styles.js';

const FIRST = 10;
/** What the library takes, learning/library/keeper.py. */
const MOST = 1000;

/** Fires `edited` (detail: examples, the whole list; what is new has no source). */
export class ExamplesEditor extends LitElement {
  static properties = {
    examples: { attribute: false },
    canEdit: { type: Boolean },
    isWhole: { state: true },
    note: { state: true },
  };
  static styles = [
    base,
    buttons,
    fields,
    parts,
    sectionStyles,
    css`
      ol {
        display: grid;
        margin-inline: -8px;
      }
      li {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto auto;
        align-items: center;
        gap: 6px;
      }
      li .icon-button {
        opacity: 0;
      }
      li:hover .icon-button,
      li:focus-within .icon-button {
        opacity: 1;
      }
      form {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 8px;
        align-items: start;
      }
      textarea {
        field-sizing: content;
        max-height: 200px;
        line-height: 1.45;
        resize: none;
      }
      @media (hover: none) {
        li .icon-button {
          opacity: 1;
        }
      }
    `,
  ];

  constructor() {
    super();
    /** @type {import('./api.js').Example[]} */ this.examples = [];
    this.canEdit = false;
    this.isWhole = false;
    this.note = '';
  }

  /** Sentences to add; those it has already are left out. @param {string[]} texts */
  add(texts) {
    const held = new Set(this.examples.map(({ text }) => text.toLowerCase()));
    const fresh = texts
      .map((text) => text.trim())
      .filter((text) => text && !held.has(text.toLowerCase()) && held.add(text.toLowerCase()));
    const double = texts.filter((text) => text.trim()).length - fresh.length;
    this.note = double ? strings.leftOut(double) : '';
    if (fresh.length) this.#keep([...this.examples, ...fresh.map((text) => ({ text, source: '' }))]);
  }

  /** @param {import('./api.js').Example[]} examples */
  #keep(examples) {
    this.examples = examples;
    this.dispatchEvent(new CustomEvent('edited', { detail: { examples }, bubbles: true, composed: true }));
  }

  /** @param {Event} event */
  #added = (event) => {
    event.preventDefault();
    const field = /** @type {HTMLTextAreaElement} */ (this.renderRoot.querySelector('form textarea'));
    this.add(field.value.split('\n'));
    field.value = '';
    field.focus();
  };

  /** @param {KeyboardEvent} event */
  #typed = (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) this.#added(event);
  };

  /** @param {number} at @param {Event} event */
  #changed(at, event) {
    const text = /** @type {HTMLTextAreaElement} */ (event.target).value.replaceAll(/\s+/g, ' ').trim();
    if (!text) this.#keep(this.examples.toSpliced(at, 1));
    else if (text !== this.examples[at].text) this.#keep(this.examples.with(at, { text, source: '' }));
  }

  render() {
    const { examples } = this;
    // Where most of them come from goes without saying.
    const usual = examples.find(
      ({ source }, _, all) => all.filter((other) => other.source === source).length * 2 > all.length,
    )?.source;
    const shown = this.isWhole ? examples : examples.slice(0, FIRST);
    return html`<header>
        <h3>${strings.examples} <span class="count calm">${examples.length}</span></h3>
        ${this.#fewOrMany()}
      </header>
      <ol data-testid="examples">
        ${shown.map((example, at) => this.#row(example, at, usual))}
      </ol>
      ${examples.length > shown.length
        ? html`<button class="button small more" @click=${() => (this.isWhole = true)}>
            ${strings.showAll(examples.length)}
          </button>`
        : nothing}
      ${this.canEdit ? this.#adding() : nothing}
      ${this.note ? html`<p class="faint" role="status">${this.note}</p>` : nothing}`;
  }

  #fewOrMany() {
    const { length } = this.examples;
    if (length < 5) return html`<span class="chip warn" title=${strings.fewTitle}>${strings.few}</span>`;
    return length > MOST ? html`<span class="chip bad">${strings.tooMany(MOST)}</span>` : nothing;
  }

  /** @param {import('./api.js').Example} example @param {number} at @param {string | undefined} usual source */
  #row({ text, source }, at, usual) {
    return html`<li>
      <textarea
        class="quiet-input"
        rows="1"
        dir="auto"
        maxlength="2000"
        aria-label=${strings.example(at + 1)}
        .value=${text}
        ?readonly=${!this.canEdit}
        @keydown=${leaveOnEnter}
        @change=${(/** @type {Event} */ event) => this.#changed(at, event)}
      ></textarea>
      <span class="faint" title=${strings.source}>${source === usual ? '' : source}</span>
      ${this.canEdit ? this.#remove(text, at) : nothing}
    </li>`;
  }

  /** @param {string} text @param {number} at */
  #remove(text, at) {
    return html`<button
      class="icon-button slight"
      aria-label=${strings.removeExample(text)}
      title=${shared.remove}
      @click=${() => this.#keep(this.examples.toSpliced(at, 1))}
    >
      ${icon('close', 15)}
    </button>`;
  }

  #adding() {
    return html`<form @submit=${this.#added}>
      <textarea
        class="input"
        rows="1"
        dir="auto"
        placeholder=${strings.addHint}
        aria-label=${strings.addExamples}
        data-testid="example-add"
        @keydown=${this.#typed}
      ></textarea
      ><button class="button">${icon('plus', 16)} ${strings.add}</button>
    </form>`;
  }
}

/** A sentence has one line. @param {KeyboardEvent} event */
function leaveOnEnter(event) {
  if (event.key !== 'Enter' || event.isComposing) return;
  event.preventDefault();
  /** @type {HTMLElement} */ (event.target).blur();
}

customElements.define('sb-examples', ExamplesEditor);
