// @ts-check
// <sb-add-person>: a new operator or supervisor.

import { LitElement, html } from '../../kit/vendor/lit.js';
import '../../kit/dialog.js';
import { postJson } from '../../kit/http.js';
import { icon } from '../../kit/icons.js';
import { base, buttons, fields } from '../../kit/styles.js';
import { strings as shared } from '../strings.js';
import { formStyles } from './form-styles.js';
import { capacityField, languagesField, queuesField, roleField, skillsField, valuesOf } from './person-fields.js';
import { strings } from './strings.js';

/** Fires `shut` and `added` (detail: the person). */
export class AddPerson extends LitElement {
  static properties = { queues: { attribute: false }, problem: { state: true }, isBusy: { state: true } };
  static styles = [base, buttons, fields, formStyles];

  constructor() {
    super();
    /** @type {import('../../kit/protocol.js').Queue[]} */ this.queues = [];
    this.problem = '';
    this.isBusy = false;
  }

  /** @param {SubmitEvent} event */
  async #send(event) {
    event.preventDefault();
    if (this.isBusy) return;
    const data = new FormData(/** @type {HTMLFormElement} */ (event.target));
    this.isBusy = true;
    this.problem = '';
    try {
      const person = await postJson('/api/people', {
        ...valuesOf(data),
        email: String(data.get('email')).trim(),
        password: data.get('password'),
      });
      this.dispatchEvent(new CustomEvent('added', { detail: person }));
    } catch (error) {
      this.problem = /** @type {Error} */ (error).message;
    } finally {
      this.isBusy = false;
    }
  }

  #shut = () => this.dispatchEvent(new Event('shut'));

  render() {
    return html`<sb-dialog heading=${strings.add} @shut=${this.#shut}
      ><form @submit=${this.#send} data-testid="add-person-form">
        <div class="field">
          <label for="name">${strings.name}</label
          ><input class="input" id="name" name="name" required maxlength="120" autofocus data-testid="person-name" />
        </div>
        <div class="pair">${this.#email()} ${this.#password()}</div>
        <div class="pair">${roleField()} ${capacityField()}</div>
        ${queuesField(this.queues)} ${skillsField()} ${languagesField()}
        <p class="problem" role="alert" ?hidden=${!this.problem}>${icon('alert', 16)} ${this.problem}</p>
        <div class="actions">
          <button type="button" class="button plain" @click=${this.#shut}>${shared.cancel}</button
          ><button class="button primary" ?disabled=${this.isBusy} data-testid="person-save">${strings.save}</button>
        </div>
      </form></sb-dialog
    >`;
  }

  #email() {
    return html`<div class="field">
      <label for="email">${strings.email}</label
      ><input class="input" id="email" name="email" type="email" required data-testid="person-email" />
    </div>`;
  }

  #password() {
    return html`<div class="field">
      <label for="password">${strings.password}</label
      ><input
        class="input"
        id="password"
        name="password"
        type="text"
        minlength="10"
        required
        autocomplete="off"
        placeholder=${strings.passwordHint}
        data-testid="person-password"
      />
    </div>`;
  }
}

customElements.define('sb-add-person', AddPerson);
