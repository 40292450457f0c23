// @ts-check
// <sb-account name="…">: who is signed in; a press changes their password.

import { LitElement, css, html, nothing } from './vendor/lit.js';
import { strings } from './strings.js';
import { base, buttons } from './styles.js';
import './password-dialog.js';

/** Fires `said` (detail: a sentence) when the password is changed. */
export class Account extends LitElement {
  static properties = { name: { type: String }, about: { type: String }, isOpen: { state: true } };
  static styles = [
    base,
    buttons,
    css`
      :host {
        min-width: 0;
      }
      .who {
        max-width: 100%;
        padding: 6px 8px;
        border: 0;
        border-radius: var(--radius-m);
        background: none;
        color: var(--ink-soft);
        font-weight: 550;
      }
      .who:hover {
        background: var(--hover);
      }
    `,
  ];

  constructor() {
    super();
    this.name = '';
    /** What else is to be known, for the title. */
    this.about = '';
    this.isOpen = false;
  }

  #changed() {
    this.isOpen = false;
    this.dispatchEvent(new CustomEvent('said', { detail: strings.password.changed, bubbles: true, composed: true }));
  }

  render() {
    const title = [this.about, strings.password.own].filter(Boolean).join('. ');
    return html`<button
        class="who one-line"
        title=${title}
        data-testid="own-password"
        @click=${() => (this.isOpen = true)}
      >
        ${this.name}
      </button>
      ${this.isOpen
        ? html`<sb-password-dialog @shut=${() => (this.isOpen = false)} @changed=${this.#changed}></sb-password-dialog>`
        : nothing}`;
  }
}

customElements.define('sb-account', Account);
