// @ts-check
// <sb-import>: a YAML or Rasa NLU file into the library; what it would change is shown first.

import { css, html, nothing } from '../../kit/vendor/lit.js';
import '../../kit/dialog.js';
import { icon } from '../../kit/icons.js';
import { base, buttons, fields, parts } from '../../kit/styles.js';
import { importFile, previewImport, undo } from '../intents/api.js';
import { InboxElement } from '../intents/inbox-element.js';
import { questionStyles } from '../intents/question-styles.js';
import { wordsOf } from '../intents/store.js';
import { strings as shared } from '../strings.js';
import { changeList, changeStyles, changeSummary } from './changes.js';
import { strings } from './strings.js';

const MAX_BYTES = 5_000_000;

/** Fires `shut`. */
export class ImportDialog extends InboxElement {
  static properties = {
    ...InboxElement.properties,
    file: { state: true },
    preview: { state: true },
    problem: { state: true },
    isBusy: { state: true },
    isOver: { state: true },
  };
  static styles = [
    base,
    buttons,
    fields,
    parts,
    questionStyles,
    changeStyles,
    css`
      .drop {
        display: grid;
        justify-items: center;
        gap: 6px;
        padding: 30px 20px;
        border: 1.5px dashed var(--line-strong);
        border-radius: var(--radius-l);
        text-align: center;
        cursor: pointer;
      }
      .drop:hover,
      .drop.over {
        border-color: var(--accent);
        background: var(--accent-soft);
      }
      .drop:focus-within {
        outline: 2px solid var(--accent);
        outline-offset: 2px;
      }
      .preview {
        max-height: 38dvh;
        padding: 12px 14px;
        border: 1px solid var(--line);
        border-radius: var(--radius-m);
        background: var(--surface);
      }
    `,
  ];

  constructor() {
    super();
    /** @type {{name: string, format: string, text: string} | null} */ this.file = null;
    /** @type {import('../intents/api.js').ImportPreview | null} */ this.preview = null;
    this.problem = '';
    this.isBusy = false;
    this.isOver = false;
  }

  /** @param {File | undefined} file */
  async #take(file) {
    if (!file) return;
    Object.assign(this, { file: null, preview: null, problem: '' });
    if (file.size > MAX_BYTES) {
      this.problem = strings.tooLarge(file.name);
      return;
    }
    const text = await file.text();
    this.file = { name: file.name, text, format: isRasa(text) ? 'rasa' : 'yaml' };
    await this.#look();
  }

  async #look() {
    if (!this.file) return;
    this.isBusy = true;
    this.preview = null;
    this.problem = '';
    try {
      this.preview = await previewImport(this.file);
    } catch (error) {
      this.problem = wordsOf(error);
    } finally {
      this.isBusy = false;
    }
  }

  /** @param {SubmitEvent} event */
  async #import(event) {
    event.preventDefault();
    if (!this.file || !this.preview || this.isBusy) return;
    this.isBusy = true;
    this.problem = '';
    try {
      const reason = String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get('reason') ?? '').trim();
      const { version } = await importFile({ ...this.file, reason, expected_version: this.preview.base_version });
      this.inbox.offerUndo(strings.imported(this.file.name, changeSummary(this.preview.changes)), () => undo(version));
      await this.inbox.refresh();
      this.tell('shut');
    } catch (error) {
      this.problem = wordsOf(error);
    } finally {
      this.isBusy = false;
    }
  }

  render() {
    const shut = () => this.tell('shut');
    const { file, preview, problem } = this;
    return html`<sb-dialog
      heading=${strings.importHeading}
      style="--dialog-width: 620px"
      @shut=${shut}
      data-testid="import-dialog"
      ><form @submit=${this.#import}>
        ${this.#drop()} ${file ? this.#format(file) : nothing}
        ${this.isBusy && !preview ? html`<p class="faint" role="status">${strings.comparing}</p>` : nothing}
        ${preview ? this.#preview(preview) : nothing} ${problem ? this.#problem() : nothing}
        <div class="foot">
          <button type="button" class="button plain" @click=${shut}>${shared.cancel}</button
          ><button class="button primary" ?disabled=${!preview?.changes.length || this.isBusy} data-testid="confirm">
            ${icon('check', 16)} ${strings.import}
          </button>
        </div>
      </form></sb-dialog
    >`;
  }

  #drop() {
    return html`<label
      class="drop ${this.isOver ? 'over' : ''}"
      @dragover=${(/** @type {DragEvent} */ event) => (event.preventDefault(), (this.isOver = true))}
      @dragleave=${() => (this.isOver = false)}
      @drop=${this.#dropped}
    >
      ${icon('source', 26)}<b>${this.file ? this.file.name : strings.choose}</b
      ><span class="faint">${strings.chooseHint}</span>
      <input
        class="sr-only"
        type="file"
        accept=".yml,.yaml,.json,.md,.txt"
        data-testid="import-file"
        @change=${(/** @type {Event} */ event) =>
          this.#take(/** @type {HTMLInputElement} */ (event.target).files?.[0])}
    /></label>`;
  }

  /** @param {{format: string}} file */
  #format({ format }) {
    return html`<div class="field">
      <label for="format">${strings.format}</label
      ><select class="input" id="format" @change=${this.#formatted}>
        <option value="yaml" ?selected=${format === 'yaml'}>${strings.formatYaml}</option>
        <option value="rasa" ?selected=${format === 'rasa'}>${strings.formatRasa}</option>
      </select>
    </div>`;
  }

  /** @param {import('../intents/api.js').ImportPreview} preview */
  #preview({ intents, examples, changes, warnings }) {
    return html`<p>${strings.inFile(intents, shared.examples(examples), changeSummary(changes))}</p>
      ${warnings.map((warning) => html`<p class="flag">${icon('alert', 16)} <span>${warning}</span></p>`)}
      ${changes.length
        ? html`<div class="preview quiet-scroll" data-testid="import-preview">${changeList(changes, 40)}</div>
            <div class="field">
              <label for="reason">${shared.reasonOptional}</label
              ><input class="input" id="reason" name="reason" maxlength="500" />
            </div>`
        : nothing}`;
  }

  #problem() {
    return html`<p class="problem" role="alert" data-testid="import-problem">
      ${icon('alert', 16)} <span>${this.problem}</span>
    </p>`;
  }

  /** @param {DragEvent} event */
  #dropped = (event) => {
    event.preventDefault();
    this.isOver = false;
    void this.#take(event.dataTransfer?.files[0]);
  };

  /** @param {Event} event */
  #formatted = (event) => {
    if (this.file) this.file = { ...this.file, format: /** @type {HTMLSelectElement} */ (event.target).value };
    void this.#look();
  };
}

/** Rasa's files hold `nlu:` at the start of a line, or `## intent:` in its old Markdown. @param {string} text */
const isRasa = (text) => /^nlu:/m.test(text) || /^## intent:/m.test(text) || /"rasa_nlu_data"/.test(text);

customElements.define('sb-import', ImportDialog);
