// @ts-check
// A component that draws what the intents store knows and draws again when it changes.

import { LitElement } from '../../kit/vendor/lit.js';

export class InboxElement extends LitElement {
  static properties = { inbox: { attribute: false } };

  constructor() {
    super();
    /** @type {import('./store.js').IntentsStore} */ this.inbox;
  }

  #look = () => this.requestUpdate();

  connectedCallback() {
    super.connectedCallback();
    this.inbox.addEventListener('change', this.#look);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.inbox.removeEventListener('change', this.#look);
  }

  /** An event for the page around. @param {string} name @param {unknown} [detail] */
  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}
