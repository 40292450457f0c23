// @ts-check
// The button that goes round system, light and dark; theme.js remembers the choice.

import { LitElement, html } from './vendor/lit.js';
import { icon } from './icons.js';
import { strings } from './strings.js';
import { base, buttons } from './styles.js';

const order = ['system', 'light', 'dark'];
const icons = /** @type {const} */ ({ system: 'system', light: 'sun', dark: 'moon' });

/** @typedef {{get: () => 'system' | 'light' | 'dark', set: (choice: string) => void}} Theme */
const theme = () => /** @type {Theme} */ (/** @type {any} */ (window).switchboardTheme);

export class ThemeSwitch extends LitElement {
  static styles = [base, buttons];

  #next() {
    theme().set(order[(order.indexOf(theme().get()) + 1) % order.length]);
    this.requestUpdate();
  }

  render() {
    const choice = theme().get();
    const words = strings.theme[choice];
    return html`<button class="icon-button" data-testid="theme" title=${words} aria-label=${words} @click=${this.#next}>
      ${icon(icons[choice])}
    </button>`;
  }
}

customElements.define('sb-theme-switch', ThemeSwitch);
