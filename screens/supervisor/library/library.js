// @ts-check
// <sb-library>: every intent with its health; edit, pause, import, export, look back and roll back.

import { html, nothing, repeat } from '../../kit/vendor/lit.js';
import { icon } from '../../kit/icons.js';
import { base, buttons, fields, parts } from '../../kit/styles.js';
import { getHealth } from '../intents/api.js';
import { chartStyles } from '../intents/charts-styles.js';
import { InboxElement } from '../intents/inbox-element.js';
import { wordsOf } from '../intents/store.js';
import '../intents/undo-bar.js';
import { strings as shared } from '../strings.js';
import { tableStyles } from '../table-styles.js';
import { canaries } from './canaries.js';
import { cells } from './cells.js';
import './import-dialog.js';
import './intent-editor.js';
import { libraryStyles } from './library-styles.js';
import { strings } from './strings.js';
import { columns, compare, stateOf, states } from './table.js';
import './versions.js';

/** @typedef {import('../intents/api.js').Intent} Intent */

const DAYS = 30;

/** Stands for the id of an intent that is being written. */
const NEW = '(new)';

export class LibraryView extends InboxElement {
  static properties = {
    ...InboxElement.properties,
    page: { state: true },
    words: { state: true },
    group: { state: true },
    state: { state: true },
    sortBy: { state: true },
    isReversed: { state: true },
    openId: { state: true },
    health: { state: true },
    problem: { state: true },
    isImporting: { state: true },
  };
  static styles = [base, buttons, fields, parts, tableStyles, chartStyles, libraryStyles];

  constructor() {
    super();
    /** @type {'intents' | 'versions'} */ this.page = 'intents';
    this.words = '';
    this.group = '';
    this.state = '';
    this.sortBy = 'traffic';
    this.isReversed = false;
    /** @type {string | null} */ this.openId = null;
    /** @type {import('../intents/api.js').LibraryHealth | null} */ this.health = null;
    this.problem = '';
    this.isImporting = false;
    this.stamp = '';
  }

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener('hashchange', this.#followHash);
    this.inbox.open(true);
    this.#followHash();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    window.removeEventListener('hashchange', this.#followHash);
    this.inbox.open(false);
  }

  #followHash = () => {
    const [page, id] = location.hash.slice(1).split('/');
    if (page === 'library') this.openId = id ? decodeURIComponent(id) : null;
  };

  /** @param {string | null} id */
  #open(id) {
    this.openId = id;
    history.replaceState(null, '', id ? `#library/${encodeURIComponent(id)}` : '#library');
  }

  willUpdate() {
    const stamp = this.inbox.discovery?.stamp;
    if (stamp === undefined || stamp === this.stamp) return;
    this.stamp = stamp;
    void this.#readHealth();
  }

  async #readHealth() {
    try {
      this.health = await getHealth(DAYS);
      this.problem = '';
    } catch (error) {
      this.problem = wordsOf(error);
    }
  }

  get #rows() {
    const words = this.words.trim().toLowerCase();
    const isIn = states.find(({ id }) => id === this.state)?.holds ?? (() => true);
    const key = /** @type {(typeof columns)[number]} */ (columns.find(({ id }) => id === this.sortBy)).key;
    const sign = this.isReversed ? -1 : 1;
    const healthOf = (/** @type {Intent} */ intent) => this.health?.intents[intent.id];
    return (this.inbox.library?.intents ?? [])
      .filter((intent) => !this.group || intent.group === this.group)
      .filter((intent) => isIn(intent, healthOf(intent)))
      .filter(
        (intent) =>
          !words ||
          [intent.name, intent.id, intent.description, ...intent.examples.map(({ text }) => text)]
            .join('\n')
            .toLowerCase()
            .includes(words),
      )
      .sort((a, b) => sign * compare(key(a, healthOf(a)), key(b, healthOf(b))) || a.name.localeCompare(b.name));
  }

  render() {
    const { inbox } = this;
    return html`<div class="panes ${this.openId ? 'open' : ''}">
        <section class="main quiet-scroll" aria-label=${strings.library}>
          ${this.#tools()} ${canaries(inbox)} ${inbox.problem || this.problem ? this.#problem() : nothing}
          ${this.page === 'versions' ? html`<sb-versions .inbox=${inbox}></sb-versions>` : this.#intents()}
        </section>
        ${this.openId ? this.#side(this.openId) : nothing}
      </div>
      <sb-undo-bar .inbox=${inbox}></sb-undo-bar> ${this.isImporting
        ? html`<sb-import .inbox=${inbox} @shut=${() => (this.isImporting = false)}></sb-import>`
        : nothing}`;
  }

  #tools() {
    const { library } = this.inbox;
    return html`<div class="tools">
      <div class="tabs" role="tablist">
        ${this.#tab('intents', strings.intents(library?.intents.length))}${this.#tab('versions', strings.history)}
      </div>
      ${library?.is_training
        ? html`<span class="chip" role="status" title=${strings.trainingTitle}
            >${icon('clock', 13)} ${strings.training}</span
          >`
        : nothing}
      ${this.#exports()}
      <button class="button" data-testid="import" @click=${() => (this.isImporting = true)}>
        ${icon('source', 16)} ${strings.import}
      </button>
      <button class="button primary" data-testid="new-intent" @click=${() => this.#open(NEW)}>
        ${icon('plus', 16)} ${strings.newIntent}
      </button>
    </div>`;
  }

  #exports() {
    return html`<details class="menu" data-testid="export">
      <summary class="button">${icon('download', 16)} ${strings.export}</summary>
      <ul>
        <li>
          <a href="/api/library/export?format=yaml" download data-testid="export-yaml">${strings.exportYaml}</a>
        </li>
        <li>
          <a href="/api/library/export?format=rasa" download data-testid="export-rasa">${strings.exportRasa}</a>
        </li>
      </ul>
    </details>`;
  }

  #problem() {
    const { inbox } = this;
    return html`<p class="problem" role="alert">
      ${icon('alert', 16)} ${inbox.problem || strings.healthUnread(this.problem)}
      <button class="button small" @click=${() => inbox.start()}>${shared.tryAgain}</button>
    </p>`;
  }

  /** The intent that is open, beside the table. @param {string} openId */
  #side(openId) {
    return html`<section class="side" aria-label=${strings.intent}>
      ${repeat(
        [openId],
        (id) => id,
        (id) =>
          html`<sb-intent-editor
            .inbox=${this.inbox}
            .intentId=${id}
            .health=${this.health?.intents[id] ?? null}
            .days=${this.health?.days ?? DAYS}
            @shut=${() => this.#open(null)}
            @made=${(/** @type {CustomEvent<string>} */ event) => this.#open(event.detail)}
          ></sb-intent-editor>`,
      )}
    </section>`;
  }

  /** @param {'intents' | 'versions'} id @param {string} name */
  #tab = (id, name) =>
    html`<button
      role="tab"
      aria-selected=${this.page === id}
      data-testid="library-${id}"
      @click=${() => (this.page = id)}
    >
      ${name}
    </button>`;

  #intents() {
    const rows = this.#rows;
    return html`<div class="filters">${this.#search()} ${this.#groups()} ${this.#states()}</div>
      <div class="sheet quiet-scroll">
        <table data-testid="library-table">
          <thead>
            <tr>
              ${columns.map((column) => this.#head(column))}
            </tr>
          </thead>
          <tbody>
            ${repeat(
              rows,
              ({ id }) => id,
              (intent) => this.#row(intent),
            )}
          </tbody>
        </table>
        ${rows.length ? nothing : this.#nothing()}
      </div>
      ${this.health && rows.length ? this.#span(this.health) : nothing}`;
  }

  #search() {
    return html`<div class="search">
      ${icon('search', 16)}<input
        class="input"
        type="search"
        placeholder=${strings.searchHint}
        aria-label=${strings.search}
        data-testid="library-search"
        @input=${(/** @type {Event} */ event) => (this.words = chosen(event))}
      />
    </div>`;
  }

  #groups() {
    const groups = this.inbox.library?.groups ?? [];
    return html`<select
      class="input"
      aria-label=${strings.group}
      data-testid="library-group"
      @change=${(/** @type {Event} */ event) => (this.group = chosen(event))}
    >
      <option value="">${strings.everyGroup}</option>
      ${groups.map(({ id, name }) => html`<option value=${id} ?selected=${id === this.group}>${name}</option>`)}
    </select>`;
  }

  #states() {
    return html`<select
      class="input"
      aria-label=${strings.state}
      data-testid="library-state"
      @change=${(/** @type {Event} */ event) => (this.state = chosen(event))}
    >
      <option value="">${strings.everyState}</option>
      ${states.map(({ id, name }) => html`<option value=${id} ?selected=${id === this.state}>${name}</option>`)}
    </select>`;
  }

  /** @param {(typeof columns)[number]} column */
  #head({ id, name, title, look }) {
    return html`<th
      scope="col"
      class=${look}
      title=${title}
      aria-sort=${id === this.sortBy ? (this.isReversed ? 'descending' : 'ascending') : nothing}
    >
      <button @click=${() => this.#sort(id)}>${name} ${id === this.sortBy ? icon('chevron', 13) : nothing}</button>
    </th>`;
  }

  #nothing() {
    const { inbox } = this;
    return html`<p class="empty" data-testid="library-empty">
      ${!inbox.library
        ? inbox.problem
          ? strings.nothingRead
          : shared.loading
        : inbox.library.intents.length
          ? strings.noneFits
          : strings.empty}
    </p>`;
  }

  /** What the figures of the table cover. @param {import('../intents/api.js').LibraryHealth} health */
  #span({ days, conversations }) {
    return html`<p class="faint" style="margin-top:8px">
      ${strings.healthOf(days, shared.conversations(conversations))}
    </p>`;
  }

  /** @param {string} id */
  #sort(id) {
    this.isReversed = this.sortBy === id && !this.isReversed;
    this.sortBy = id;
  }

  /** @param {Intent} intent */
  #row(intent) {
    const open = () => this.#open(intent.id);
    const group = this.inbox.library?.groups.find(({ id }) => id === intent.group)?.name;
    return html`<tr
      class="row ${stateOf(intent).isQuiet ? 'quiet' : ''}"
      tabindex="0"
      aria-selected=${intent.id === this.openId}
      data-testid="library-row"
      data-id=${intent.id}
      @click=${open}
      @keydown=${(/** @type {KeyboardEvent} */ event) => event.key === 'Enter' && open()}
    >
      ${cells(intent, group, this.health?.intents[intent.id])}
    </tr>`;
  }
}

/** @param {Event} event */
const chosen = (event) => /** @type {HTMLInputElement | HTMLSelectElement} */ (event.target).value;

customElements.define('sb-library', LibraryView);
