// @ts-check
// <sb-attributes>: what must be asked before an intent can be served.

import { LitElement, css, html, nothing } from '../../kit/vendor/lit.js';
import { icon } from '../../kit/icons.js';
import { base, buttons, fields, parts } from '../../kit/styles.js';
import { plain } from '../../kit/words.js';
import { strings as shared } from '../strings.js';
import { strings } from './editor-strings.js';
import { percent } from './figures.js';
import { sectionStyles } from './section-styles.js';

/** @typedef {import('./api.js').Attribute} Attribute */

/** Fires `edited` (detail: attributes, the whole list), once every row is complete. */
export class AttributesEditor extends LitElement {
  static properties = { questions: { attribute: false }, asked: { attribute: false }, canEdit: { type: Boolean } };
  static styles = [
    base,
    buttons,
    fields,
    parts,
    sectionStyles,
    css`
      ul {
        display: grid;
        gap: 8px;
      }
      .row {
        display: grid;
        grid-template-columns: minmax(110px, 0.9fr) 130px minmax(0, 2fr) auto auto;
        align-items: center;
        gap: 6px;
      }
      .row .input {
        min-height: 32px;
        padding: 4px 8px;
      }
      .row .options {
        grid-column: 3 / 4;
      }
      label {
        display: inline-flex;
        align-items: center;
        gap: 5px;
        white-space: nowrap;
      }
      input[type='checkbox'] {
        margin: 0;
        accent-color: var(--accent);
      }
      .asked {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        align-items: center;
        gap: 4px 10px;
        color: var(--ink-soft);
      }
      @media (max-width: 760px) {
        .row {
          grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) auto;
          padding-bottom: 10px;
          border-bottom: 1px solid var(--line);
        }
        .row .prompt {
          grid-row: 2;
          grid-column: 1 / -1;
        }
        .row label {
          grid-row: 3;
          grid-column: 1 / 3;
        }
      }
    `,
  ];

  constructor() {
    super();
    /** @type {Attribute[]} */ this.questions = [];
    /** @type {{prompt: string, type: string, share: number}[]} */ this.asked = [];
    this.canEdit = false;
  }

  /** @param {Attribute[]} attributes */
  #keep(attributes) {
    this.questions = attributes;
    if (!attributes.every(isComplete)) return;
    this.dispatchEvent(new CustomEvent('edited', { detail: { attributes }, bubbles: true, composed: true }));
  }

  /** @param {number} at @param {Partial<Attribute>} fields */
  #change(at, fields) {
    const changed = { ...this.questions[at], ...fields };
    if (fields.type && fields.type !== 'choice') changed.options = [];
    changed.name ||= this.#nameFor(changed.label, at);
    this.#keep(this.questions.with(at, changed));
  }

  /** A key no other row has: "Membership number" -> "membership_number". @param {string} label @param {number} at */
  #nameFor(label, at) {
    const stem = label
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '_')
      .replaceAll(/^[_0-9]+|_+$/g, '')
      .slice(0, 60);
    const isTaken = this.questions.some(({ name }, other) => other !== at && name === stem);
    return stem && isTaken ? `${stem}_${at + 1}` : stem;
  }

  /** @param {string} [prompt] @param {string} [type] */
  async #add(prompt = '', type = 'text') {
    this.#keep([
      ...this.questions,
      { name: '', label: '', type, prompt, mandatory: true, options: [], description: '' },
    ]);
    await this.updateComplete;
    /** @type {HTMLElement | undefined} */ ([...this.renderRoot.querySelectorAll('.label')].at(-1))?.focus();
  }

  render() {
    const held = new Set(this.questions.map(({ prompt }) => prompt.toLowerCase()));
    const asked = (this.asked ?? []).filter(({ prompt }) => !held.has(prompt.toLowerCase()));
    return html`${this.#head()}
    ${this.questions.length
      ? html`<ul data-testid="attributes">
          ${this.questions.map((attribute, at) => this.#row(attribute, at))}
        </ul>`
      : html`<p class="faint">${strings.noQuestions}</p>`}
    ${this.canEdit && asked.length ? this.#asked(asked) : nothing}
    ${this.questions.every(isComplete) ? nothing : this.#incomplete()}`;
  }

  #head() {
    return html`<header>
      <h3>${strings.questions} <span class="count calm">${this.questions.length}</span></h3>
      ${this.canEdit
        ? html`<button class="button small" data-testid="attribute-add" @click=${() => this.#add()}>
            ${icon('plus', 15)} ${strings.addQuestion}
          </button>`
        : nothing}
    </header>`;
  }

  /** What operators asked when the agent did not. @param {AttributesEditor['asked']} asked */
  #asked(asked) {
    return html`<p class="eyebrow">${strings.asked}</p>
      ${asked.map(
        ({ prompt, type, share }) =>
          html`<div class="asked">
            <p dir="auto">
              ${shared.quoted(prompt)} <span class="faint num">${strings.askedIn(percent(share), typeWord(type))}</span>
            </p>
            <button class="button small" @click=${() => this.#add(prompt, type)}>
              ${icon('plus', 15)} ${strings.askIt}
            </button>
          </div>`,
      )}`;
  }

  #incomplete() {
    const lacksChoices = this.questions.some(({ type, options }) => type === 'choice' && !options.length);
    return html`<p class="faint" role="status">
      ${lacksChoices ? strings.keptOnceWholeWithChoices : strings.keptOnceWhole}
    </p>`;
  }

  /** @param {Attribute} attribute @param {number} at */
  #row(attribute, at) {
    return html`<li class="row">
      ${this.#label(attribute, at)} ${this.#type(attribute, at)} ${this.#prompt(attribute, at)}
      ${this.#needed(attribute, at)} ${this.canEdit ? this.#remove(at) : html`<span></span>`}
      ${attribute.type === 'choice' ? this.#choices(attribute, at) : nothing}
    </li>`;
  }

  /** @param {Attribute} attribute @param {number} at */
  #label({ label }, at) {
    return html`<input
      class="input label"
      aria-label=${strings.label}
      placeholder=${strings.labelHint}
      maxlength="80"
      .value=${label}
      ?readonly=${!this.canEdit}
      @change=${(/** @type {Event} */ event) => this.#change(at, { label: written(event).trim() })}
    />`;
  }

  /** @param {Attribute} attribute @param {number} at */
  #type({ type: chosen }, at) {
    return html`<select
      class="input"
      aria-label=${strings.type}
      ?disabled=${!this.canEdit}
      @change=${(/** @type {Event} */ event) => this.#change(at, { type: written(event) })}
    >
      ${Object.entries(strings.types).map(
        ([type, name]) => html`<option value=${type} ?selected=${type === chosen}>${name}</option>`,
      )}
    </select>`;
  }

  /** @param {Attribute} attribute @param {number} at */
  #prompt({ prompt }, at) {
    return html`<input
      class="input prompt"
      dir="auto"
      aria-label=${strings.prompt}
      placeholder=${strings.promptHint}
      maxlength="500"
      .value=${prompt}
      ?readonly=${!this.canEdit}
      @change=${(/** @type {Event} */ event) => this.#change(at, { prompt: written(event).trim() })}
    />`;
  }

  /** @param {Attribute} attribute @param {number} at */
  #needed({ mandatory }, at) {
    return html`<label title=${strings.neededTitle}
      ><input
        type="checkbox"
        ?disabled=${!this.canEdit}
        .checked=${mandatory}
        @change=${(/** @type {Event} */ event) =>
          this.#change(at, { mandatory: /** @type {HTMLInputElement} */ (event.target).checked })}
      />
      ${strings.needed}</label
    >`;
  }

  /** @param {number} at */
  #remove(at) {
    return html`<button
      class="icon-button slight"
      aria-label=${strings.removeQuestion}
      title=${shared.remove}
      @click=${() => this.#keep(this.questions.toSpliced(at, 1))}
    >
      ${icon('close', 15)}
    </button>`;
  }

  /** @param {Attribute} attribute @param {number} at */
  #choices({ options }, at) {
    const changed = (/** @type {Event} */ event) =>
      this.#change(at, {
        options: written(event)
          .split(',')
          .map((one) => one.trim())
          .filter(Boolean),
      });
    return html`<input
      class="input options"
      aria-label=${strings.choices}
      placeholder=${strings.choices}
      .value=${options.join(', ')}
      ?readonly=${!this.canEdit}
      @change=${changed}
    />`;
  }
}

/** @param {Event} event */
const written = (event) => /** @type {HTMLInputElement | HTMLSelectElement} */ (event.target).value;

/** @param {string} type */
const typeWord = (type) => strings.types[type] ?? plain(type);

/** @param {Attribute} attribute */
const isComplete = ({ name, label, prompt, type, options }) =>
  Boolean(name && label && prompt) && (type === 'choice') === options.length > 0;

customElements.define('sb-attributes', AttributesEditor);
