// @ts-check
// Where the customer writes: grows with the text, keeps the draft, says what is too long, never loses a word.

import { LitElement, css, html, live, nothing } from '../../kit/vendor/lit.js';
import { icon } from '../../kit/icons.js';
import { characters } from '../../kit/rich-text.js';
import { base, buttons } from '../../kit/styles.js';
import { strings } from '../strings.js';

const TYPING_EVERY_MS = 3_000;
const TYPING_ENDS_MS = 4_000;
/** From this share of the limit on, the characters left are shown. */
const COUNT_FROM = 0.85;

/** Fires `say` (detail: text), `typing` (detail: boolean) and `draft-change` (detail: text). */
export class ChatComposer extends LitElement {
  static properties = {
    placeholder: { type: String },
    maxText: { type: Number },
    text: { state: true },
    problem: { state: true },
  };
  static styles = [
    base,
    buttons,
    css`
      :host {
        display: block;
      }
      form {
        display: flex;
        align-items: flex-end;
        gap: 8px;
        padding: 6px 6px 6px 14px;
        border: 1px solid var(--line-strong);
        border-radius: 22px;
        background: var(--surface);
        transition: border-color var(--quick);
      }
      form:focus-within {
        border-color: var(--accent);
        box-shadow: 0 0 0 1px var(--accent);
      }
      form.over {
        border-color: var(--bad);
        box-shadow: 0 0 0 1px var(--bad);
      }
      textarea,
      textarea:focus-visible {
        flex: 1;
        min-width: 0;
        max-height: 132px;
        margin: 5px 0;
        padding: 0;
        border: 0;
        outline: 0;
        background: none;
        /* 16 px: smaller fields make phones zoom the page. */
        font-size: 16px;
        line-height: 22px;
        resize: none;
        overflow-y: auto;
        scrollbar-width: thin;
      }
      textarea::placeholder {
        color: var(--ink-faint);
        opacity: 1;
      }
      .send {
        display: grid;
        place-items: center;
        width: 34px;
        height: 34px;
        flex: none;
        border: 0;
        border-radius: 50%;
        background: var(--accent);
        color: var(--on-accent);
        transition: background var(--quick);
      }
      .send[aria-disabled='true'] {
        background: var(--sunken);
        color: var(--ink-faint);
        opacity: 1;
      }
      p {
        display: flex;
        gap: 6px;
        margin-top: 6px;
        padding: 0 6px;
        font-size: var(--text-s);
        color: var(--ink-faint);
      }
      p.over {
        color: var(--bad);
      }
    `,
  ];

  constructor() {
    super();
    this.placeholder = '';
    this.maxText = 4000;
    this.text = '';
    this.problem = '';
    this.toldTypingAt = 0;
    /** @type {number | undefined} */ this.typingTimer = undefined;
  }

  get #field() {
    return /** @type {HTMLTextAreaElement} */ (this.renderRoot.querySelector('textarea'));
  }

  focus() {
    this.#field?.focus();
  }

  /** Put text into the field, with the reason it came back, if it did. @param {string} text @param {string} [why] */
  fill(text, why = '') {
    this.text = text;
    this.problem = why;
  }

  /** @param {string} name @param {unknown} detail */
  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  #written() {
    this.text = this.#field.value;
    this.problem = '';
    this.#tell('draft-change', this.text);
    this.#typing(Boolean(this.text.trim()));
  }

  /** @param {boolean} isTyping */
  #typing(isTyping) {
    clearTimeout(this.typingTimer);
    if (isTyping) {
      this.typingTimer = window.setTimeout(() => this.#typing(false), TYPING_ENDS_MS);
      if (Date.now() - this.toldTypingAt < TYPING_EVERY_MS) return;
      this.toldTypingAt = Date.now();
    } else if (!this.toldTypingAt) return;
    else this.toldTypingAt = 0;
    this.#tell('typing', isTyping);
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    // Enter ends a composed character in some languages; it sends only when it does not.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#send();
  }

  /** @param {Event} [event] */
  #send(event) {
    event?.preventDefault();
    const text = this.text.trim();
    if (!text || this.#over() > 0) return;
    this.text = '';
    this.problem = '';
    this.#tell('draft-change', '');
    this.#typing(false);
    this.#tell('say', text);
    this.focus();
  }

  #over() {
    return characters(this.text.trim()) - this.maxText;
  }

  updated() {
    const field = this.#field;
    field.style.height = 'auto';
    field.style.height = `${Math.min(field.scrollHeight, 132)}px`;
  }

  render() {
    const over = this.#over();
    const words =
      over > 0
        ? strings.tooLong(over)
        : this.problem || (-over < this.maxText * (1 - COUNT_FROM) ? strings.left(-over) : '');
    const isBad = over > 0 || Boolean(this.problem);
    const canSend = Boolean(this.text.trim()) && over <= 0;
    return html`<form class=${isBad ? 'over' : ''} @submit=${this.#send}>
        <textarea
          rows="1"
          dir="auto"
          enterkeyhint="send"
          data-testid="composer"
          .value=${live(this.text)}
          placeholder=${this.placeholder}
          aria-label=${this.placeholder}
          aria-invalid=${isBad}
          aria-describedby="words"
          @input=${this.#written}
          @keydown=${this.#pressed}
        ></textarea>
        ${sendButton(canSend)}
      </form>
      <p id="words" class=${isBad ? 'over' : ''} role="status" ?hidden=${!words} data-testid="composer-words">
        ${isBad ? icon('alert', 15) : nothing} ${words}
      </p>`;
  }
}

/** @param {boolean} canSend */
const sendButton = (canSend) =>
  html`<button
    class="send"
    data-testid="send"
    aria-label=${strings.send}
    title=${strings.send}
    aria-disabled=${!canSend}
  >
    ${icon('send', 19)}
  </button>`;

customElements.define('switchboard-chat-composer', ChatComposer);
