// @ts-check
// <sb-knowledge>: search the approved articles; "Insert" puts a passage into the reply, word for word.

import { LitElement, css, html, nothing } from './vendor/lit.js';
import { getJson } from './http.js';
import { icon } from './icons.js';
import { strings } from './strings.js';
import { base, buttons, fields, parts } from './styles.js';

const PAUSE_MS = 250;

/** @typedef {{article_id: string, title: string, section: string, text: string, score: number}} Passage */

/** Fires `insert` (detail: text). */
export class KnowledgeSearch extends LitElement {
  static properties = {
    query: { state: true },
    results: { state: true },
    problem: { state: true },
    isBusy: { state: true },
  };
  static styles = [
    base,
    buttons,
    fields,
    parts,
    css`
      :host {
        display: grid;
        gap: 8px;
      }
      .search {
        position: relative;
      }
      .search .icon {
        position: absolute;
        inset: 9px auto auto 9px;
        color: var(--ink-faint);
      }
      .input {
        padding-inline-start: 31px;
      }
      li {
        padding: 8px 0;
        border-top: 1px solid var(--line);
      }
      li:first-child {
        border-top: 0;
      }
      .title {
        display: flex;
        align-items: flex-start;
        justify-content: space-between;
        gap: 8px;
        font-weight: 600;
      }
      .section {
        font-size: var(--text-s);
        color: var(--ink-faint);
        font-weight: 450;
      }
      .text {
        margin-top: 3px;
        color: var(--ink-soft);
        display: -webkit-box;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 4;
        overflow: hidden;
      }
      li:focus-within .text,
      li:hover .text {
        -webkit-line-clamp: 20;
      }
    `,
  ];

  constructor() {
    super();
    this.query = '';
    /** @type {Passage[]} */ this.results = [];
    this.problem = '';
    this.isBusy = false;
    /** @type {number | undefined} */ this.pause = undefined;
  }

  focus() {
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('input'))?.focus();
  }

  /** @param {InputEvent} event */
  #written(event) {
    this.query = /** @type {HTMLInputElement} */ (event.target).value;
    clearTimeout(this.pause);
    this.pause = window.setTimeout(() => this.#search(this.query.trim()), PAUSE_MS);
  }

  /** @param {string} query */
  async #search(query) {
    this.problem = '';
    if (!query) {
      this.results = [];
      return;
    }
    this.isBusy = true;
    try {
      const { results } = await getJson(`/api/knowledge?q=${encodeURIComponent(query)}`);
      if (query === this.query.trim()) this.results = results;
    } catch (error) {
      this.problem = /** @type {Error} */ (error).message;
    } finally {
      this.isBusy = false;
    }
  }

  /** @param {string} text */
  #insert(text) {
    this.dispatchEvent(new CustomEvent('insert', { detail: text, bubbles: true, composed: true }));
  }

  render() {
    const isEmpty = this.query.trim() && !this.results.length && !this.isBusy && !this.problem;
    return html`<div class="search">
        ${icon('search', 16)}
        <input
          class="input"
          type="search"
          placeholder=${strings.knowledge.search}
          aria-label=${strings.knowledge.search}
          data-testid="knowledge-search"
          @input=${this.#written}
        />
      </div>
      ${this.problem ? html`<p class="problem">${icon('alert', 16)} ${this.problem}</p>` : nothing}
      ${isEmpty ? html`<p class="faint">${strings.knowledge.nothing}</p>` : nothing}
      <ul aria-live="polite">
        ${this.results.map((passage) => this.#passage(passage))}
      </ul>`;
  }

  /** @param {Passage} passage */
  #passage({ title, section, text }) {
    return html`<li data-testid="knowledge-result">
      <p class="title">
        <span>${title} <span class="section">${section}</span></span>
        <button class="button small" data-testid="knowledge-insert" @click=${() => this.#insert(text)}>
          ${strings.knowledge.insert}
        </button>
      </p>
      <p class="text" dir="auto">${text}</p>
    </li>`;
  }
}

customElements.define('sb-knowledge', KnowledgeSearch);
