// @ts-check
// <sb-text-editor>: a plain text field for code, with the numbers of its lines and one of them marked.

import { LitElement, css, html } from '../../kit/vendor/lit.js';
import { base } from '../../kit/styles.js';

/** Fires `edited` (detail: the text). Tab indents by two spaces; Escape, then Tab, leaves the field. */
export class TextEditor extends LitElement {
  static properties = { text: { type: String }, label: { type: String }, marked: { type: Number } };
  static styles = [
    base,
    css`
      :host {
        display: flex;
        min-height: 0;
        border: 1px solid var(--line-strong);
        border-radius: var(--radius-m);
        background: var(--surface);
        overflow: hidden;
        font: 400 13px / 20px var(--mono);
      }
      :host(:focus-within) {
        outline: 2px solid var(--accent);
        outline-offset: -1px;
      }
      ol {
        flex: none;
        min-width: 46px;
        margin: 0;
        padding: 10px 8px 10px 6px;
        border-inline-end: 1px solid var(--line);
        color: var(--ink-faint);
        text-align: end;
        overflow: hidden;
        user-select: none;
      }
      li.marked {
        border-radius: 4px;
        background: var(--bad-fill);
        color: var(--on-bad);
        font-weight: 650;
      }
      textarea {
        flex: 1;
        min-width: 0;
        padding: 10px 12px;
        border: 0;
        background: transparent;
        font: inherit;
        line-height: inherit;
        white-space: pre;
        resize: none;
        outline: none;
        tab-size: 2;
      }
    `,
  ];

  constructor() {
    super();
    this.text = '';
    this.label = '';
    this.marked = 0;
    this.isLeaving = false;
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    if (changed.has('marked') && this.marked) this.show(this.marked);
  }

  /** Bring a line into sight and put the cursor there. @param {number} line from 1 */
  show(line) {
    const field = this.#field;
    const before = this.text
      .split('\n')
      .slice(0, line - 1)
      .join('\n').length;
    const at = Math.min(before + (line > 1 ? 1 : 0), this.text.length);
    field.focus();
    field.setSelectionRange(at, at);
    field.scrollTop = Math.max(0, (line - 6) * 20);
  }

  get #field() {
    return /** @type {HTMLTextAreaElement} */ (this.renderRoot.querySelector('textarea'));
  }

  #scrolled() {
    /** @type {HTMLElement} */ (this.renderRoot.querySelector('ol')).scrollTop = this.#field.scrollTop;
  }

  /** @param {string} text */
  #tell(text) {
    this.text = text;
    this.dispatchEvent(new CustomEvent('edited', { detail: text }));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === 'Escape') this.isLeaving = true;
    if (event.key === 'Tab' && !event.shiftKey && !this.isLeaving) {
      event.preventDefault();
      const field = this.#field;
      field.setRangeText('  ', field.selectionStart, field.selectionEnd, 'end');
      this.#tell(field.value);
    }
    if (event.key !== 'Escape') this.isLeaving = false;
  }

  render() {
    const lines = this.text.split('\n').length;
    const numbers = Array.from({ length: lines }, (_, at) => at + 1);
    const written = (/** @type {Event} */ event) => this.#tell(/** @type {HTMLTextAreaElement} */ (event.target).value);
    return html`<ol aria-hidden="true">
        ${numbers.map((number) => html`<li class=${number === this.marked ? 'marked' : ''}>${number}</li>`)}
      </ol>
      <textarea
        spellcheck="false"
        autocapitalize="off"
        autocomplete="off"
        aria-label=${this.label}
        data-testid="procedure-text"
        .value=${this.text}
        @input=${written}
        @scroll=${this.#scrolled}
        @keydown=${this.#key}
      ></textarea>`;
  }
}

customElements.define('sb-text-editor', TextEditor);
