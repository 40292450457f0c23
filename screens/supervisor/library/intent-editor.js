// @ts-check
// <sb-intent-editor>: one intent of the library: its health, what it learns from, how it is served; or a new one.

import { html, nothing } from '../../kit/vendor/lit.js';
import { icon } from '../../kit/icons.js';
import { base, buttons, fields, parts } from '../../kit/styles.js';
import { createIntent, editIntent, undo } from '../intents/api.js';
import '../intents/attributes-editor.js';
import { chartStyles } from '../intents/charts-styles.js';
import '../intents/examples-editor.js';
import { InboxElement } from '../intents/inbox-element.js';
import '../intents/serving-editor.js';
import { wordsOf } from '../intents/store.js';
import { strings as shared } from '../strings.js';
import { editorStyles } from './intent-editor-styles.js';
import { intentHealth } from './intent-health.js';
import { strings } from './strings.js';
import { stateOf } from './table.js';

/** @typedef {import('../intents/api.js').Intent} Intent */

const NEW = '(new)';

/** Fires `shut`, and `made` (detail: id) when a new intent is in the library. */
export class IntentEditor extends InboxElement {
  static properties = {
    ...InboxElement.properties,
    intentId: { type: String },
    health: { attribute: false },
    days: { type: Number },
    edits: { state: true },
    problem: { state: true },
    isBusy: { state: true },
  };
  static styles = [base, buttons, fields, parts, chartStyles, editorStyles];

  constructor() {
    super();
    this.intentId = '';
    /** @type {import('../intents/api.js').Health | null} */ this.health = null;
    this.days = 30;
    /** What was changed and is not kept yet. @type {Partial<Intent>} */ this.edits = {};
    this.problem = '';
    this.isBusy = false;
    /** The library version the edits were made on. */ this.version = 0;
  }

  get isNew() {
    return this.intentId === NEW;
  }

  /** As the library has it. @returns {Intent | null} */
  get #kept() {
    const { library } = this.inbox;
    if (this.isNew && library) return blank(library);
    return library?.intents.find(({ id }) => id === this.intentId) ?? null;
  }

  /** @param {Partial<Intent>} fields */
  #edit(fields) {
    if (!Object.keys(this.edits).length) this.version = this.inbox.library?.version ?? 0;
    this.edits = { ...this.edits, ...fields };
    this.problem = '';
  }

  /** @param {object} fields @param {string} words what was done @param {object} [guard] the version it is based on */
  async #change(fields, words, guard = {}) {
    if (this.isBusy) return;
    this.isBusy = true;
    this.problem = '';
    try {
      const { version } = await editIntent(this.intentId, { ...fields, ...guard });
      this.inbox.offerUndo(words, () => undo(version));
      await this.inbox.refresh();
      this.edits = 'is_live' in fields ? this.edits : {};
    } catch (error) {
      this.problem = wordsOf(error);
    } finally {
      this.isBusy = false;
    }
  }

  /** @param {SubmitEvent} event */
  async #save(event) {
    event.preventDefault();
    const kept = this.#kept;
    if (!kept || this.isBusy) return;
    const reason = String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get('reason') ?? '').trim();
    const name = this.edits.name ?? kept.name;
    if (!this.isNew)
      return this.#change({ ...this.edits, reason }, strings.wasChanged(name), { expected_version: this.version });
    if (!name || !(this.edits.description ?? kept.description)) {
      this.problem = strings.needsName;
      return undefined;
    }
    this.isBusy = true;
    try {
      const { version, changes } = await createIntent({ ...asNew({ ...kept, ...this.edits }), reason });
      this.inbox.offerUndo(strings.isIn(name), () => undo(version));
      await this.inbox.refresh();
      this.tell('made', changes[0]?.intent ?? null);
    } catch (error) {
      this.problem = wordsOf(error);
    } finally {
      this.isBusy = false;
    }
    return undefined;
  }

  render() {
    const kept = this.#kept;
    if (!kept) return this.#missing();
    const intent = { ...kept, ...this.edits };
    return html`${this.#head(kept)}
      <div
        class="body quiet-scroll"
        data-testid="intent-editor"
        data-id=${this.intentId}
        @edited=${(/** @type {CustomEvent} */ event) => (event.stopPropagation(), this.#edit(event.detail))}
      >
        ${this.isNew ? nothing : intentHealth(this.health, this.days)}
        <section class="names">${this.#name(intent.name)} ${this.#description(intent.description)}</section>
        <sb-examples .examples=${intent.examples} .canEdit=${true}></sb-examples>
        <sb-attributes .questions=${intent.attributes} .canEdit=${true}></sb-attributes>
        <sb-serving .draft=${intent} .library=${this.inbox.library} .canEdit=${true}></sb-serving>
      </div>
      ${Object.keys(this.edits).length || this.problem ? this.#saving() : nothing}`;
  }

  /** It is being read, or gone. */
  #missing() {
    return html`<header class="head">
        <h2 class="grow">${strings.intent}</h2>
        ${this.#cross()}
      </header>
      <p class="pad soft">${this.inbox.library ? strings.gone(this.intentId) : shared.loading}</p>`;
  }

  #cross() {
    return html`<button
      class="icon-button"
      aria-label=${shared.close}
      title=${shared.close}
      data-testid="editor-close"
      @click=${() => this.tell('shut')}
    >
      ${icon('close')}
    </button>`;
  }

  /** @param {Intent} kept */
  #head(kept) {
    return html`<header class="head">
      <div class="grow">
        <h2 class="one-line">${this.isNew ? strings.newIntent : kept.name}</h2>
        ${this.isNew ? nothing : html`<p class="faint one-line"><code>${kept.id}</code></p>`}
      </div>
      ${this.isNew ? nothing : this.#state(kept)}${this.#cross()}
    </header>`;
  }

  /** @param {Intent} kept */
  #state(kept) {
    const { tone, title, words } = stateOf(kept);
    return html`<span class="chip ${tone}" title=${title}>${words}</span>${this.#pause(kept)}`;
  }

  /** @param {string} name */
  #name(name) {
    return html`<div class="field">
      <label for="name">${strings.name}</label
      ><input
        class="input"
        id="name"
        maxlength="120"
        placeholder=${strings.nameHint}
        .value=${name}
        data-testid="intent-name"
        @input=${(/** @type {Event} */ event) => this.#edit({ name: written(event) })}
      />
    </div>`;
  }

  /** @param {string} description */
  #description(description) {
    return html`<div class="field">
      <label for="description">${strings.description}</label
      ><textarea
        class="input"
        id="description"
        rows="2"
        maxlength="2000"
        .value=${description}
        data-testid="intent-description"
        @input=${(/** @type {Event} */ event) => this.#edit({ description: written(event) })}
      ></textarea>
    </div>`;
  }

  /** What is not kept yet, with the buttons that keep or drop it. */
  #saving() {
    return html`<form class="save" @submit=${this.#save}>
      ${this.problem
        ? html`<p class="problem" role="alert" data-testid="editor-problem">
            ${icon('alert', 16)} <span>${this.problem}</span>
          </p>`
        : nothing}
      <input
        class="input"
        name="reason"
        maxlength="500"
        placeholder=${shared.reasonOptional}
        aria-label=${shared.reason}
      />
      <button type="button" class="button plain" @click=${this.#drop}>${strings.dropChanges}</button>
      <button class="button primary" ?disabled=${this.isBusy} data-testid="save">
        ${this.isBusy ? shared.saving : this.isNew ? strings.addToLibrary : shared.save}
      </button>
    </form>`;
  }

  #drop = () => {
    this.edits = {};
    this.problem = '';
    if (this.isNew) this.tell('shut');
  };

  /** @param {Intent} kept */
  #pause(kept) {
    const words = kept.is_live ? strings.isPaused(kept.name) : strings.isLiveAgain(kept.name);
    if (kept.review_state !== 'approved')
      return html`<button
        class="button small primary"
        ?disabled=${this.isBusy}
        data-testid="approve-intent"
        @click=${() => this.#change({ review_state: 'approved', is_live: true }, strings.isLive(kept.name))}
      >
        ${icon('check', 15)} ${strings.approve}
      </button>`;
    return html`<button
      class="button small"
      ?disabled=${this.isBusy}
      data-testid="pause"
      @click=${() => this.#change({ is_live: !kept.is_live }, words)}
    >
      ${kept.is_live ? html`${icon('pause', 15)} ${strings.pause}` : html`${icon('play', 15)} ${strings.resume}`}
    </button>`;
  }
}

/** @param {Event} event */
const written = (event) => /** @type {HTMLInputElement} */ (event.target).value.trim();

/** @param {import('../intents/api.js').Library} library @returns {Intent} */
function blank(library) {
  const queue = library.queues[0]?.id ?? '';
  return {
    id: '',
    name: '',
    description: '',
    examples: [],
    attributes: [],
    group: library.groups[0]?.id ?? null,
    line_of_business: library.lines_of_business[0] ?? '',
    queue,
    skills: [],
    solution: { kind: 'queue', target: queue },
    support: 'self_service',
    review_state: 'approved',
    is_live: true,
    is_group: false,
    share: 1,
  };
}

/** The fields a new intent is made from. @param {Intent} intent */
function asNew({ name, description, group, examples, attributes, solution, support, line_of_business, queue, skills }) {
  return { name, description, group, examples, attributes, solution, support, line_of_business, queue, skills };
}

customElements.define('sb-intent-editor', IntentEditor);
