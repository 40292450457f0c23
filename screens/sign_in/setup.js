// @ts-check
// <sb-setup>: the first run of an empty Switchboard: make the first supervisor, then say what comes next.

import { LitElement, html } from '../kit/vendor/lit.js';
import { getJson, postJson } from '../kit/http.js';
import { icon } from '../kit/icons.js';
import { base, buttons, fields } from '../kit/styles.js';
import '../kit/theme-switch.js';
import { board } from './board.js';
import { doorStyles } from './door-styles.js';

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
    return html`${board('Plugged in. One account, and the lines are open.')}
      <main>
        <sb-theme-switch class="theme"></sb-theme-switch>
        <div class="card">${this.step === 'account' ? this.#account() : this.step === 'next' ? next : ''}</div>
      </main>`;
  }

  #account() {
    return html`<div>
        <h1>Welcome to Switchboard</h1>
        <p class="lead">This one is empty. Make the first supervisor's account; it can add everybody else.</p>
      </div>
      <form @submit=${this.#send} data-testid="setup">
        <div class="field">
          <label for="name">Your name</label
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
        </div>
        <div class="field">
          <label for="email">Email</label
          ><input
            id="email"
            class="input"
            type="email"
            name="email"
            autocomplete="username"
            required
            data-testid="email"
          />
        </div>
        <div class="field">
          <label for="password">Password</label
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
          <p class="hint" id="rule">At least 10 characters. A sentence is a good one.</p>
        </div>
        <p class="problem" role="alert" ?hidden=${!this.problem} data-testid="problem">
          ${icon('alert')} ${this.problem}
        </p>
        <button class="button primary wide" ?disabled=${this.isBusy} data-testid="submit">Make the account</button>
      </form>`;
  }
}

const next = html`<div data-testid="next-steps">
    <h1>Your account is ready</h1>
    <p class="lead">Three steps to the first customer.</p>
  </div>
  <ol class="steps">
    <li>
      <div>
        <b>Load what the agent knows</b>
        <p>
          Intents, articles, queues and customers live in a folder of plain files. Start from a copy of
          <code>demo/insurer</code>, then run <code>python app.py load FOLDER</code>.
        </p>
      </div>
    </li>
    <li>
      <div>
        <b>Add operators</b>
        <p>On the supervisor page, under People: name, queues, skills and how many conversations each can hold.</p>
      </div>
    </li>
    <li>
      <div>
        <b>Put the chat on your site</b>
        <p>
          One line before the end of the page:
          <code>${`<script type="module" src="${location.origin}/widget.js"></script>`}</code>
        </p>
      </div>
    </li>
  </ol>
  <a class="button primary wide" href="/supervisor" data-testid="to-supervisor">Go to the supervisor page</a>`;

customElements.define('sb-setup', Setup);
