// @ts-check
// <sb-history>: search past conversations, read one, take its transcript away.

import { css, html, nothing } from '../../kit/vendor/lit.js';
import { customerName } from '../../kit/lists.js';
import { StoreElement } from '../../kit/store-element.js';
import { getJson } from '../../kit/http.js';
import { icon } from '../../kit/icons.js';
import { base, buttons, fields, parts } from '../../kit/styles.js';
import { dayAndClock } from '../../kit/time.js';
import { stageWord } from '../../kit/words.js';
import { strings as shared } from '../strings.js';
import { tableStyles } from '../table-styles.js';
import { strings } from './strings.js';

/** @typedef {import('../../kit/protocol.js').WorkItem} WorkItem */

const PAUSE_MS = 300;
const LIMIT = 100;

/** Fires `chosen` (detail: conversation id). */
export class History extends StoreElement {
  static properties = {
    ...StoreElement.properties,
    words: { state: true },
    items: { state: true },
    problem: { state: true },
    isBusy: { state: true },
  };
  static styles = [
    base,
    buttons,
    fields,
    parts,
    tableStyles,
    css`
      .search {
        width: 340px;
      }
      .exports {
        white-space: nowrap;
      }
      .exports a {
        padding: 3px 5px;
        font-size: var(--text-s);
      }
      @media (max-width: 720px) {
        .search {
          width: auto;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.words = '';
    /** @type {WorkItem[]} */ this.items = [];
    this.problem = '';
    this.isBusy = true;
    /** @type {number | undefined} */ this.pause = undefined;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#search();
  }

  /** @param {InputEvent} event */
  #written(event) {
    this.words = /** @type {HTMLInputElement} */ (event.target).value;
    clearTimeout(this.pause);
    this.pause = window.setTimeout(() => this.#search(), PAUSE_MS);
  }

  async #search() {
    const words = this.words.trim();
    this.isBusy = true;
    try {
      const { items } = await getJson(`/api/conversations?q=${encodeURIComponent(words)}&limit=${LIMIT}`);
      if (words !== this.words.trim()) return;
      this.items = items;
      this.problem = '';
    } catch (error) {
      this.problem = /** @type {Error} */ (error).message;
    } finally {
      this.isBusy = false;
    }
  }

  render() {
    return html`${this.#tools()}
      ${this.problem ? html`<p class="problem" role="alert">${icon('alert')} ${this.problem}</p>` : nothing}
      <div class="sheet quiet-scroll">
        <table data-testid="history">
          <thead>
            <tr>
              ${strings.columns.map(
                (name, at) => html`<th scope="col" class=${at > 3 ? 'optional' : ''}><span>${name}</span></th>`,
              )}
            </tr>
          </thead>
          <tbody>
            ${this.items.map((item) => this.#row(item))}
          </tbody>
        </table>
        ${this.items.length ? nothing : this.#nothing()}
      </div>`;
  }

  #tools() {
    return html`<div class="tools">
      <h2>${strings.heading}</h2>
      <div class="search">
        ${icon('search', 16)}<input
          class="input"
          type="search"
          placeholder=${strings.placeholder}
          aria-label=${strings.search}
          data-testid="history-search"
          @input=${this.#written}
        />
      </div>
      <a class="button" href="/api/conversations.csv" download data-testid="history-csv" title=${strings.exportTitle}
        >${icon('download', 16)} ${shared.csv}</a
      >
    </div>`;
  }

  #nothing() {
    return html`<p class="empty">
      ${this.isBusy ? strings.searching : this.words ? strings.nothingFound : strings.none}
    </p>`;
  }

  /** @param {WorkItem} item */
  #row(item) {
    const id = item.conversation_id;
    const open = () => this.tell('chosen', id);
    return html`<tr
      class="row"
      tabindex="0"
      aria-selected=${id === this.store.selectedId}
      data-testid="history-row"
      data-id=${id}
      @click=${open}
      @keydown=${(/** @type {KeyboardEvent} */ event) =>
        event.key === 'Enter' && event.target === event.currentTarget && open()}
    >
      <td class="num">${dayAndClock(item.started_at)}</td>
      <td>${this.#customer(item)}</td>
      <td class="wide"><p class="one-line" dir="auto">${item.headline || item.intent || item.last_text}</p></td>
      <td>
        <span class="stage brief ${item.stage}" title=${stageWord(item.stage)}><i></i>${stageWord(item.stage)}</span>
      </td>
      <td class="optional">${item.operator_name ?? ''}</td>
      <td class="exports optional" @click=${(/** @type {Event} */ event) => event.stopPropagation()}>
        ${this.#exports(id)}
      </td>
    </tr>`;
  }

  /** @param {WorkItem} item */
  #customer(item) {
    return html`<span class="name"
      >${customerName(item)}
      ${item.is_verified
        ? html`<span class="verified" title=${shared.verified}>${icon('shield', 14)}</span>`
        : nothing}</span
    >`;
  }

  /** @param {string} id */
  #exports(id) {
    const at = (/** @type {string} */ form) => `/api/conversations/${encodeURIComponent(id)}/transcript?format=${form}`;
    return ['txt', 'csv', 'json'].map(
      (form) => html`<a href=${at(form)} download data-testid="export-${form}">${form.toUpperCase()}</a>`,
    );
  }
}

customElements.define('sb-history', History);
