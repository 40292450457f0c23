// @ts-check
// <sb-toasts>: short lines about what just went wrong or was missed; they leave by themselves.

import { LitElement, css, html, repeat } from './vendor/lit.js';
import { icon } from './icons.js';
import { strings } from './strings.js';
import { base, buttons } from './styles.js';

const SHOWN_MS = 8_000;

export class Toasts extends LitElement {
  static properties = { lines: { state: true } };
  static styles = [
    base,
    buttons,
    css`
      div {
        position: fixed;
        inset: auto auto var(--toasts-bottom, 18px) 50%;
        z-index: 40;
        display: grid;
        gap: 8px;
        width: max-content;
        max-width: calc(100vw - 32px);
        translate: -50% 0;
      }
      p {
        display: flex;
        align-items: center;
        gap: 9px;
        padding: 9px 8px 9px 13px;
        border-radius: var(--radius-m);
        background: var(--ink);
        color: var(--surface);
        box-shadow: var(--shadow-3);
        animation: rise var(--calm) var(--ease);
      }
      .icon-button {
        width: 26px;
        height: 26px;
        color: inherit;
      }
      .icon-button:hover:not(:disabled) {
        background: transparent;
        color: inherit;
      }
      @keyframes rise {
        from {
          opacity: 0;
          transform: translateY(8px);
        }
      }
    `,
  ];

  constructor() {
    super();
    /** @type {{id: number, words: string}[]} */ this.lines = [];
    this.last = 0;
  }

  /** @param {string} words */
  say(words) {
    const id = (this.last += 1);
    this.lines = [...this.lines.filter((line) => line.words !== words), { id, words }].slice(-3);
    window.setTimeout(() => this.#drop(id), SHOWN_MS);
  }

  /** @param {number} id */
  #drop(id) {
    this.lines = this.lines.filter((line) => line.id !== id);
  }

  render() {
    return html`<div role="status" aria-live="polite" data-testid="toasts">
      ${repeat(
        this.lines,
        ({ id }) => id,
        ({ id, words }) =>
          html`<p>
            ${icon('info', 17)} <span>${words}</span>
            <button class="icon-button" aria-label=${strings.dismiss} @click=${() => this.#drop(id)}>
              ${icon('close', 15)}
            </button>
          </p>`,
      )}
    </div>`;
  }
}

customElements.define('sb-toasts', Toasts);
