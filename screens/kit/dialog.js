// @ts-check
// <sb-dialog heading="…">: a modal on the native dialog element, which keeps the focus inside and gives it back.

import { LitElement, css, html } from './vendor/lit.js';
import { icon } from './icons.js';
import { strings } from './strings.js';
import { base, buttons } from './styles.js';

/** Fires `shut` when the person leaves it: Escape, the cross, or a press beside it. */
export class Dialog extends LitElement {
  static properties = { heading: { type: String } };
  static styles = [
    base,
    buttons,
    css`
      dialog {
        width: min(var(--dialog-width, 480px), calc(100vw - 24px));
        max-height: min(760px, calc(100dvh - 32px));
        padding: 0;
        border: 1px solid var(--line);
        border-radius: var(--radius-l);
        background: var(--raised);
        color: var(--ink);
        box-shadow: var(--shadow-3);
        overflow: hidden;
      }
      dialog[open] {
        display: flex;
        flex-direction: column;
        animation: arrive var(--calm) var(--ease);
      }
      @keyframes arrive {
        from {
          opacity: 0;
          transform: translateY(10px);
        }
      }
      dialog::backdrop {
        background: var(--veil);
      }
      .head {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 12px;
        padding: 14px 12px 10px 20px;
      }
      h2 {
        min-width: 0;
        overflow-wrap: anywhere;
        font-size: var(--text-xl);
        font-weight: 650;
        letter-spacing: -0.01em;
      }
      .body {
        padding: 2px 20px 20px;
      }
    `,
  ];

  constructor() {
    super();
    this.heading = '';
    /** @type {Element | null} */ this.focusedBefore = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.focusedBefore = document.activeElement;
    while (this.focusedBefore?.shadowRoot?.activeElement)
      this.focusedBefore = this.focusedBefore.shadowRoot.activeElement;
  }

  // A dialog that is taken away while it is open gives nothing back by itself.
  disconnectedCallback() {
    super.disconnectedCallback();
    if (this.focusedBefore?.isConnected) /** @type {HTMLElement} */ (this.focusedBefore).focus();
  }

  firstUpdated() {
    const dialog = /** @type {HTMLDialogElement} */ (this.renderRoot.querySelector('dialog'));
    dialog.showModal();
    /** @type {HTMLElement | null} */ (this.querySelector('[autofocus]'))?.focus();
  }

  #shut() {
    this.dispatchEvent(new Event('shut'));
  }

  /** @param {MouseEvent} event */
  #pressed(event) {
    if (event.target === event.currentTarget) this.#shut();
  }

  /** @param {Event} event */
  #cancelled(event) {
    event.preventDefault();
    this.#shut();
  }

  render() {
    return html`<dialog aria-labelledby="heading" @cancel=${this.#cancelled} @mousedown=${this.#pressed}>
      <div class="head">
        <h2 id="heading">${this.heading}</h2>
        <button class="icon-button" aria-label=${strings.close} @click=${this.#shut}>${icon('close')}</button>
      </div>
      <div class="body quiet-scroll"><slot></slot></div>
    </dialog>`;
  }
}

customElements.define('sb-dialog', Dialog);
