// @ts-check
// <sb-sign-in>: the door for operators and supervisors. With the demonstration data it offers the demo logins.

import { LitElement, html, live, nothing } from '../kit/vendor/lit.js';
import { getJson, postJson } from '../kit/http.js';
import { icon } from '../kit/icons.js';
import { base, buttons, fields } from '../kit/styles.js';
import { initials, roleWord } from '../kit/words.js';
import { board, switches } from './board.js';
import { doorStyles } from './door-styles.js';
import { strings } from './strings.js';

/** @typedef {{name: string, email: string, role: string, password: string}} Login */

export class SignIn extends LitElement {
  static properties = {
    email: { state: true },
    password: { state: true },
    problem: { state: true },
    isBusy: { state: true },
    logins: { state: true },
  };
  static styles = [base, buttons, fields, doorStyles];

  constructor() {
    super();
    this.email = '';
    this.password = '';
    this.problem = '';
    this.isBusy = false;
    /** @type {Login[]} */ this.logins = [];
  }

  async connectedCallback() {
    super.connectedCallback();
    document.title = strings.signIn.pageTitle;
    const { is_needed: isNeeded, is_demo: isDemo, logins } = await getJson('/api/setup').catch(() => ({}));
    if (isNeeded) location.replace('/setup');
    this.logins = isDemo ? (logins ?? []).sort(byRole) : [];
  }

  /** @param {Login} login */
  #fill({ email, password }) {
    Object.assign(this, { email, password, problem: '' });
    /** @type {HTMLElement} */ (this.renderRoot.querySelector('.wide')).focus();
  }

  /** @param {Event} event */
  async #send(event) {
    event.preventDefault();
    if (this.isBusy) return;
    this.isBusy = true;
    this.problem = '';
    try {
      const me = await postJson('/api/sign-in', { email: this.email.trim(), password: this.password });
      location.assign(destination(me.role));
    } catch (error) {
      this.problem = /** @type {Error} */ (error).message;
      this.isBusy = false;
      await this.updateComplete;
      /** @type {HTMLElement} */ (this.renderRoot.querySelector('#password')).focus();
    }
  }

  render() {
    return html`${board(strings.signIn.claim)}
      <main>
        ${switches}
        <div class="card">
          <div>
            <h1>${strings.signIn.title}</h1>
            <p class="lead">${strings.signIn.lead}</p>
          </div>
          ${this.#form()} ${this.logins.length ? this.#demoLogins() : nothing}
        </div>
      </main>`;
  }

  #form() {
    return html`<form @submit=${this.#send} data-testid="sign-in">
      ${this.#email()} ${this.#password()}
      <p class="problem" id="problem" role="alert" ?hidden=${!this.problem} data-testid="problem">
        ${icon('alert')} ${this.problem}
      </p>
      <button class="button primary wide" ?disabled=${this.isBusy} data-testid="submit">
        ${this.isBusy ? strings.signIn.busy : strings.signIn.submit}
      </button>
    </form>`;
  }

  /** @param {'email' | 'password'} name */
  #write = (name) => (/** @type {InputEvent} */ event) =>
    (this[name] = /** @type {HTMLInputElement} */ (event.target).value);

  #email() {
    return html`<div class="field">
      <label for="email">${strings.email}</label>
      <input
        id="email"
        class="input"
        type="email"
        name="email"
        autocomplete="username"
        required
        autofocus
        data-testid="email"
        .value=${live(this.email)}
        @input=${this.#write('email')}
      />
    </div>`;
  }

  #password() {
    return html`<div class="field">
      <label for="password">${strings.password}</label>
      <input
        id="password"
        class="input"
        type="password"
        name="password"
        autocomplete="current-password"
        required
        data-testid="password"
        aria-invalid=${Boolean(this.problem)}
        aria-describedby="problem"
        .value=${live(this.password)}
        @input=${this.#write('password')}
      />
    </div>`;
  }

  #demoLogins() {
    return html`<section class="logins" aria-label=${strings.signIn.demo}>
      <p>${strings.signIn.demoLead}</p>
      ${this.logins.map(
        (login) =>
          html`<button class="login" data-testid="demo-login" title=${login.email} @click=${() => this.#fill(login)}>
            <span class="face" aria-hidden="true">${initials(login.name)}</span>
            <span class="grow"
              ><b class="one-line">${login.name}</b><small class="one-line">${roleWord(login.role)}</small></span
            >
          </button>`,
      )}
    </section>`;
  }
}

/** Operators first, as the server lists them. @param {Login} a @param {Login} b */
const byRole = (a, b) => a.role.localeCompare(b.role);

/** The page asked for before signing in, if it is one of ours; else the role's own. @param {string} role */
function destination(role) {
  const asked = new URLSearchParams(location.search).get('next') ?? '';
  return /^\/(desk|supervisor)$/.test(asked) ? asked : role === 'supervisor' ? '/supervisor' : '/desk';
}

customElements.define('sb-sign-in', SignIn);
