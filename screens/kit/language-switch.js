// @ts-check
// <sb-language-switch>: the button that goes round the languages; language.js remembers the choice.

import { LitElement, css, html } from './vendor/lit.js';
import { language, languages, speak } from './language.js';
import { strings } from './strings.js';
import { base, buttons } from './styles.js';

const order = /** @type {import('./language.js').Language[]} */ (Object.keys(languages));

export class LanguageSwitch extends LitElement {
  static styles = [
    base,
    buttons,
    css`
      button {
        font-size: var(--text-s);
        font-weight: 650;
      }
    `,
  ];

  #next() {
    speak(order[(order.indexOf(language) + 1) % order.length]);
  }

  render() {
    const words = strings.language(languages[language]);
    return html`<button
      class="icon-button"
      data-testid="language"
      title=${words}
      aria-label=${words}
      @click=${this.#next}
    >
      ${language.toUpperCase()}
    </button>`;
  }
}

customElements.define('sb-language-switch', LanguageSwitch);
