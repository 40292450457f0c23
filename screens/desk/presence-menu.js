// @ts-check
// <sb-presence-menu>: am I here for customers? With the time I have been in this state.

import { css, html } from '../kit/vendor/lit.js';
import { StoreElement } from '../kit/store-element.js';
import { icon } from '../kit/icons.js';
import { base, buttons, parts } from '../kit/styles.js';
import { Ticker } from '../kit/ticker.js';
import { secondsSince, timer } from '../kit/time.js';
import { presenceWord } from '../kit/words.js';
import { strings } from './strings.js';

export const presences = /** @type {const} */ (['available', 'busy', 'away', 'offline']);

export class PresenceMenu extends StoreElement {
  static properties = { ...StoreElement.properties, isOpen: { state: true } };
  static styles = [
    base,
    buttons,
    parts,
    css`
      :host {
        position: relative;
      }
      .trigger {
        min-width: 172px;
        justify-content: flex-start;
        padding: 0 8px 0 10px;
        border-color: var(--line);
      }
      .trigger .num {
        color: var(--ink-faint);
        font-weight: 450;
        margin-inline-start: auto;
      }
      .menu {
        position: absolute;
        inset-block-start: calc(100% + 6px);
        inset-inline-start: 0;
        z-index: 30;
        width: 268px;
        padding: 5px;
        border: 1px solid var(--line);
        border-radius: var(--radius-l);
        background: var(--raised);
        box-shadow: var(--shadow-3);
      }
      .menu button {
        display: grid;
        grid-template-columns: 16px 1fr auto;
        align-items: center;
        gap: 1px 8px;
        width: 100%;
        padding: 7px 9px;
        border: 0;
        border-radius: var(--radius-m);
        background: none;
        text-align: start;
      }
      .menu button:hover {
        background: var(--hover);
      }
      .menu b {
        font-weight: 550;
      }
      .menu span:last-child {
        grid-column: 2 / -1;
        font-size: var(--text-s);
        color: var(--ink-faint);
      }
      .menu [aria-checked='true'] {
        background: var(--accent-soft);
      }
    `,
  ];

  constructor() {
    super();
    new Ticker(this);
    this.isOpen = false;
  }

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener('pointerdown', this.#pressedElsewhere);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('pointerdown', this.#pressedElsewhere);
  }

  /** @param {PointerEvent} event */
  #pressedElsewhere = (event) => {
    if (this.isOpen && !event.composedPath().includes(this)) this.isOpen = false;
  };

  async #toggle() {
    this.isOpen = !this.isOpen;
    await this.updateComplete;
    if (this.isOpen)
      /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('[aria-checked="true"], .menu button'))?.focus();
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    if (!this.isOpen || !['ArrowDown', 'ArrowUp', 'Escape'].includes(event.key)) return;
    event.preventDefault();
    if (event.key === 'Escape') {
      this.isOpen = false;
      /** @type {HTMLElement} */ (this.renderRoot.querySelector('.trigger')).focus();
      return;
    }
    const rows = /** @type {HTMLElement[]} */ ([...this.renderRoot.querySelectorAll('.menu button')]);
    const at = rows.indexOf(/** @type {HTMLElement} */ (/** @type {ShadowRoot} */ (this.renderRoot).activeElement));
    rows[(at + (event.key === 'ArrowDown' ? 1 : rows.length - 1)) % rows.length].focus();
  }

  /** @param {string} presence */
  #choose(presence) {
    this.isOpen = false;
    this.store.act({ type: 'presence', presence });
  }

  render() {
    const { presence, presence_at: since } = this.store.me;
    return html`<div @keydown=${this.#pressed}>
      <button
        class="button trigger"
        aria-haspopup="menu"
        aria-expanded=${this.isOpen}
        data-testid="presence"
        data-presence=${presence}
        @click=${this.#toggle}
      >
        <span class="dot ${presence}"></span> <span data-testid="presence-word">${presenceWord(presence)}</span>
        <span class="num">${timer(secondsSince(since))}</span> ${icon('chevron', 15)}
      </button>
      ${this.isOpen ? this.#menu(presence) : ''}
    </div>`;
  }

  /** @param {string} presence mine now */
  #menu(presence) {
    return html`<div class="menu" role="menu" data-testid="presence-menu">
      ${presences.map(
        (name, at) =>
          html`<button
            role="menuitemradio"
            aria-checked=${name === presence}
            data-testid="presence-${name}"
            @click=${() => this.#choose(name)}
          >
            <span class="dot ${name}"></span><b>${presenceWord(name)}</b> ${at < 3
              ? html`<kbd>Alt ${at + 1}</kbd>`
              : html`<i></i>`}<span>${strings.presence[name]}</span>
          </button>`,
      )}
    </div>`;
  }
}

customElements.define('sb-presence-menu', PresenceMenu);
