// @ts-check
// <sb-sign-in>: the door for operators and supervisors. With the demonstration data it offers the demo logins.

import { LitElement, html, live, nothing } from '../kit/vendor/lit.js';
import { getJson, postJson } from '../kit/http.js';
import { icon } from '../kit/icons.js';
import { base, buttons, fields } from '../kit/styles.js';
import '../kit/theme-switch.js';
import { initials, plain } from '../kit/words.js';
import { board } from './board.js';
import { doorStyles } from './door-styles.js';

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
    const write = (/** @type {'email' | 'password'} */ name) => (/** @type {InputEvent} */ event) =>
      (this[name] = /** @type {HTMLInputElement} */ (event.target).value);
    return html`${board('The agent answers. A person takes over, and nobody repeats themselves.')}
      <main>
        <sb-theme-switch class="theme"></sb-theme-switch>
        <div class="card">
          <div>
            <h1>Sign in</h1>
            <p class="lead">For operators and supervisors.</p>
          </div>
          <form @submit=${this.#send} data-testid="sign-in">
            <div class="field">
              <label for="email">Email</label>
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
                @input=${write('email')}
              />
            </div>
            <div class="field">
              <label for="password">Password</label>
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
                @input=${write('password')}
              />
            </div>
            <p class="problem" id="problem" role="alert" ?hidden=${!this.problem} data-testid="problem">
              ${icon('alert')} ${this.problem}
            </p>
            <button class="button primary wide" ?disabled=${this.isBusy} data-testid="submit">
              ${this.isBusy ? 'Signing in' : 'Sign in'}
            </button>
          </form>
          ${this.logins.length
            ? html`<section class="logins" aria-label="Demo logins">
                <p>This is the demonstration. Choose who to be:</p>
                ${this.logins.map(
                  (login) =>
                    html`<button
                      class="login"
                      data-testid="demo-login"
                      title=${login.email}
                      @click=${() => this.#fill(login)}
                    >
                      <span class="face" aria-hidden="true">${initials(login.name)}</span>
                      <span class="grow"
                        ><b class="one-line">${login.name}</b><small class="one-line">${plain(login.role)}</small></span
                      >
                    </button>`,
                )}
              </section>`
            : nothing}
        </div>
      </main>`;
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
