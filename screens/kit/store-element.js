// @ts-check
// A component that draws what the store knows and draws again when it changes.

import { LitElement } from './vendor/lit.js';

export class StoreElement extends LitElement {
  static properties = { store: { attribute: false } };

  constructor() {
    super();
    /** @type {import('./desk-store.js').DeskStore} */ this.store;
  }

  #look = () => this.requestUpdate();

  connectedCallback() {
    super.connectedCallback();
    this.store.addEventListener('change', this.#look);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.store.removeEventListener('change', this.#look);
  }

  /** An event for the page around. @param {string} name @param {unknown} [detail] */
  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}
