// @ts-check
// <sb-setup>: the first run of an empty Switchboard: make the first supervisor, then say what comes next.

import { LitElement, html } from '../kit/vendor/lit.js';
import { getJson, postJson } from '../kit/http.js';
import { icon } from '../kit/icons.js';
import { base, buttons, fields } from '../kit/styles.js';
import { board, switches } from './board.js';
import { doorStyles } from './door-styles.js';
import { strings } from './strings.js';

const words = strings.setup;

export class Setup extends LitElement {
  static properties = { step: { state: true }, problem: { state: true }, isBusy: { state: true } };
  static styles = [base, buttons, fields, doorStyles];

  constructor() {
    super();
    /** @type {'loading' | 'account' | 'next'} */ this.step = 'loading';
    this.problem = '';
    this.isBusy = false;
  }

  async connectedCallback() {
    super.connectedCallback();
    document.title = words.pageTitle;
    try {
      const { is_needed: isNeeded } = await getJson('/api/setup');
      if (isNeeded) this.step = 'account';
      else location.replace('/sign-in');
    } catch (error) {
      this.step = 'account';
      this.problem = /** @type {Error} */ (error).message;
    }
  }

  /** @param {SubmitEvent} event */
  async #send(event) {
    event.preventDefault();
    if (this.isBusy) return;
    this.isBusy = true;
    this.problem = '';
    try {
      await postJson('/api/setup', Object.fromEntries(new FormData(/** @type {HTMLFormElement} */ (event.target))));
      this.step = 'next';
    } catch (error) {
      this.problem = /** @type {Error} */ (error).message;
    } finally {
      this.isBusy = false;
    }
  }

  render() {
    return html`${board(words.claim)}
      <main>
        ${switches}
        <div class="card">${this.step === 'account' ? this.#account() : this.step === 'next' ? next : ''}</div>
      </main>`;
  }

  #account() {
    return html`<div>
        <h1>${words.title}</h1>
        <p class="lead">${words.lead}</p>
      </div>
      <form @submit=${this.#send} data-testid="setup">
        ${nameField} ${emailField} ${passwordField}
        <p class="problem" role="alert" ?hidden=${!this.problem} data-testid="problem">
          ${icon('alert')} ${this.problem}
        </p>
        <button class="button primary wide" ?disabled=${this.isBusy} data-testid="submit">${words.submit}</button>
      </form>`;
  }
}

const nameField = html`<div class="field">
  <label for="name">${words.name}</label
  ><input
    id="name"
    class="input"
    name="name"
    autocomplete="name"
    required
    maxlength="120"
    autofocus
    data-testid="name"
  />
</div>`;

const emailField = html`<div class="field">
  <label for="email">${strings.email}</label
  ><input id="email" class="input" type="email" name="email" autocomplete="username" required data-testid="email" />
</div>`;

const passwordField = html`<div class="field">
  <label for="password">${strings.password}</label
  ><input
    id="password"
    class="input"
    type="password"
    name="password"
    autocomplete="new-password"
    required
    minlength="10"
    aria-describedby="rule"
    data-testid="password"
  />
  <p class="hint" id="rule">${words.rule}</p>
</div>`;

/** @param {string} title @param {unknown} how */
const step = (title, how) =>
  html`<li>
    <div>
      <b>${title}</b>
      <p>${how}</p>
    </div>
  </li>`;

const [folder, command, tag] = [
  'demo/insurer',
  'python app.py load FOLDER',
  `<script type="module" src="${location.origin}/widget.js"></script>`,
].map((text) => html`<code>${text}</code>`);

const next = html`<div data-testid="next-steps">
    <h1>${words.ready}</h1>
    <p class="lead">${words.readyLead}</p>
  </div>
  <ol class="steps">
    ${step(words.load, words.loadHow(folder, command))} ${step(words.operators, words.operatorsHow)}
    ${step(words.embed, html`${words.embedHow} ${tag}`)}
  </ol>
  <a class="button primary wide" href="/supervisor" data-testid="to-supervisor">${words.toSupervisor}</a>`;

customElements.define('sb-setup', Setup);
