// @ts-check
// <sb-password-dialog>: another password of one's own. Other devices are signed out by it.

import { LitElement, css, html } from './vendor/lit.js';
import './dialog.js';
import { postJson } from './http.js';
import { icon } from './icons.js';
import { strings as all } from './strings.js';
import { base, buttons, fields } from './styles.js';

const strings = all.password;

/** Fires `shut`, and `changed` once it is. */
export class PasswordDialog extends LitElement {
  static properties = { problem: { state: true }, isBusy: { state: true } };
  static styles = [
    base,
    buttons,
    fields,
    css`
      form {
        display: grid;
        gap: 13px;
      }
      .actions {
        display: flex;
        justify-content: flex-end;
        gap: 8px;
      }
    `,
  ];

  constructor() {
    super();
    this.problem = '';
    this.isBusy = false;
  }

  #shut = () => this.dispatchEvent(new Event('shut'));

  /** @param {SubmitEvent} event */
  async #send(event) {
    event.preventDefault();
    if (this.isBusy) return;
    const data = new FormData(/** @type {HTMLFormElement} */ (event.target));
    this.isBusy = true;
    this.problem = '';
    try {
      await postJson('/api/me/password', { current: data.get('current'), new: data.get('new') });
      this.dispatchEvent(new Event('changed'));
    } catch (error) {
      this.problem = /** @type {Error} */ (error).message;
    } finally {
      this.isBusy = false;
    }
  }

  render() {
    return html`<sb-dialog heading=${strings.heading} @shut=${this.#shut}
      ><form @submit=${this.#send} data-testid="password-form">
        ${this.#field('current', strings.current, 'current-password', 1)}
        ${this.#field('new', strings.new, 'new-password', 10)}
        <p class="faint">${strings.hint}</p>
        <p class="problem" role="alert" ?hidden=${!this.problem}>${icon('alert', 16)} ${this.problem}</p>
        <div class="actions">
          <button type="button" class="button plain" @click=${this.#shut}>${strings.cancel}</button
          ><button class="button primary" ?disabled=${this.isBusy} data-testid="password-save">${strings.save}</button>
        </div>
      </form></sb-dialog
    >`;
  }

  /** @param {string} name @param {string} label @param {string} autocomplete @param {number} least characters */
  #field(name, label, autocomplete, least) {
    return html`<div class="field">
      <label for=${name}>${label}</label
      ><input
        class="input"
        type="password"
        id=${name}
        name=${name}
        required
        minlength=${least}
        maxlength="200"
        autocomplete=${autocomplete}
        ?autofocus=${name === 'current'}
        data-testid="password-${name}"
      />
    </div>`;
  }
}

customElements.define('sb-password-dialog', PasswordDialog);
