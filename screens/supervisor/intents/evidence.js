// @ts-check
// <sb-evidence>: what customers said, each turn a door to its place in the transcript.

import { LitElement, css, html, nothing, repeat } from '../../kit/vendor/lit.js';
import { icon } from '../../kit/icons.js';
import { base, buttons, fields, parts } from '../../kit/styles.js';
import { dayAndClock } from '../../kit/time.js';
import { channelWord } from '../../kit/words.js';
import { strings as shared } from '../strings.js';
import { strings } from './proposal-strings.js';
import { sectionStyles } from './section-styles.js';

const FIRST = 8;
const MORE = 30;

/** Fires `turn-chosen` (detail: conversation_id, seq) and `example` (detail: the text). */
export class EvidenceList extends LitElement {
  static properties = {
    detail: { attribute: false },
    canEdit: { type: Boolean },
    shown: { state: true },
    words: { state: true },
  };
  static styles = [
    base,
    buttons,
    fields,
    parts,
    sectionStyles,
    css`
      ol {
        margin-inline: -8px;
      }
      li {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto auto;
        align-items: center;
        gap: 2px 8px;
        border-top: 1px solid var(--line);
      }
      li:first-child {
        border-top: 0;
      }
      .turn {
        padding: 6px 8px;
        border: 0;
        border-radius: var(--radius-s);
        background: none;
        text-align: start;
        overflow-wrap: anywhere;
      }
      .turn:hover {
        color: var(--accent);
        text-decoration: underline;
        text-decoration-thickness: 1px;
        text-underline-offset: 0.18em;
      }
      time {
        font-size: var(--text-s);
        white-space: nowrap;
      }
      .border {
        font-size: var(--text-s);
        color: var(--ink-soft);
      }
      @media (max-width: 760px) {
        time {
          display: none;
        }
      }
    `,
  ];

  constructor() {
    super();
    /** @type {import('./api.js').Proposal} */ this.detail;
    this.canEdit = false;
    this.shown = FIRST;
    this.words = '';
  }

  render() {
    const { detail } = this;
    const words = this.words.trim().toLowerCase();
    const fitting = detail.evidence.filter(({ text }) => text.toLowerCase().includes(words));
    const taken = new Set(detail.draft.examples.map(({ text }) => text.toLowerCase()));
    const rest = Math.min(MORE, fitting.length - this.shown);
    return html`<header>
        <h3>${strings.said} <span class="count calm">${detail.evidence_total}</span></h3>
        ${detail.evidence.length > FIRST ? this.#filter() : nothing}
      </header>
      <ol data-testid="evidence">
        ${repeat(
          fitting.slice(0, this.shown),
          ({ conversation_id: id, seq }) => `${id}:${seq}`,
          (turn) => this.#row(turn, taken.has(turn.text.toLowerCase())),
        )}
      </ol>
      ${fitting.length ? nothing : html`<p class="faint">${strings.noTurn}</p>`}
      ${rest > 0
        ? html`<button class="button small more" @click=${() => (this.shown += MORE)}>${strings.more(rest)}</button>`
        : nothing}
      ${detail.evidence_total > detail.evidence.length && this.shown >= detail.evidence.length
        ? html`<p class="faint">${strings.mostTypical(detail.evidence.length, detail.evidence_total)}</p>`
        : nothing}
      ${detail.border.length ? this.#border() : nothing}`;
  }

  #filter() {
    return html`<input
      class="input"
      type="search"
      placeholder=${shared.filter}
      aria-label=${strings.filterTurns}
      .value=${this.words}
      @input=${(/** @type {Event} */ event) => (this.words = /** @type {HTMLInputElement} */ (event.target).value)}
    />`;
  }

  #border() {
    const texts = this.detail.border.map((text, at) => html`${at ? ' · ' : ''}“<span dir="auto">${text}</span>”`);
    return html`<p class="border">${strings.hardlyBelongs(texts)}</p>`;
  }

  /** @param {string} name @param {unknown} detail */
  #tell = (name, detail) => () => this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));

  /** @param {import('./api.js').Evidence} turn @param {boolean} isTaken */
  #row({ conversation_id, seq, text, at, channel }, isTaken) {
    return html`<li>
      <button
        class="turn"
        dir="auto"
        title=${strings.openTurn}
        data-testid="evidence-turn"
        data-conversation=${conversation_id}
        data-seq=${seq}
        @click=${this.#tell('turn-chosen', { conversation_id, seq })}
      >
        ${text}
      </button>
      <time class="faint num"
        >${channel === 'chat' ? nothing : `${channelWord(channel)} · `}${at ? dayAndClock(at) : ''}</time
      >
      ${this.canEdit ? this.#asExample(text, isTaken) : nothing}
    </li>`;
  }

  /** @param {string} text @param {boolean} isTaken */
  #asExample(text, isTaken) {
    if (isTaken) return html`<span class="icon-button slight" title=${strings.isExample}>${icon('check', 16)}</span>`;
    return html`<button
      class="icon-button slight"
      title=${strings.useAsExample}
      aria-label=${strings.useAsExample}
      data-testid="use-example"
      @click=${this.#tell('example', text)}
    >
      ${icon('plus', 16)}
    </button>`;
  }
}

customElements.define('sb-evidence', EvidenceList);
