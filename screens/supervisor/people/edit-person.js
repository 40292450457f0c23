// @ts-check
// <sb-edit-person>: what a supervisor changes of somebody, their password, and that they have left.

import { LitElement, html, nothing } from '../../kit/vendor/lit.js';
import '../../kit/dialog.js';
import { postJson, sendJson } from '../../kit/http.js';
import { icon } from '../../kit/icons.js';
import { base, buttons, fields } from '../../kit/styles.js';
import { strings as shared } from '../strings.js';
import { formStyles } from './form-styles.js';
import { capacityField, languagesField, queuesField, roleField, skillsField, valuesOf } from './person-fields.js';
import { strings } from './strings.js';

/** Fires `shut` and `saved` (detail: a sentence that says what was done). */
export class EditPerson extends LitElement {
  static properties = {
    person: { attribute: false },
    queues: { attribute: false },
    isMe: { type: Boolean },
    problem: { state: true },
    isBusy: { state: true },
    isLeaving: { state: true },
  };
  static styles = [base, buttons, fields, formStyles];

  constructor() {
    super();
    /** @type {import('../../kit/protocol.js').Operator} */ this.person;
    /** @type {import('../../kit/protocol.js').Queue[]} */ this.queues = [];
    this.isMe = false;
    this.problem = '';
    this.isBusy = false;
    /** The second press is asked for. */
    this.isLeaving = false;
  }

  get #path() {
    return `/api/people/${this.person.operator_id}`;
  }

  #shut = () => this.dispatchEvent(new Event('shut'));

  /** @param {() => Promise<unknown>} work @param {string} words */
  async #do(work, words) {
    if (this.isBusy) return;
    this.isBusy = true;
    this.problem = '';
    try {
      await work();
      this.dispatchEvent(new CustomEvent('saved', { detail: words }));
    } catch (error) {
      this.problem = /** @type {Error} */ (error).message;
    } finally {
      this.isBusy = false;
    }
  }

  /** @param {SubmitEvent} event */
  #save(event) {
    event.preventDefault();
    const values = valuesOf(new FormData(/** @type {HTMLFormElement} */ (event.target)));
    if (!values.queues.length) values.queues = this.queues.map(({ queue_id: id }) => id);
    this.#do(() => sendJson('PATCH', this.#path, values), strings.saved(values.name));
  }

  /** @param {SubmitEvent} event */
  #setPassword(event) {
    event.preventDefault();
    const data = new FormData(/** @type {HTMLFormElement} */ (event.target));
    const { name } = this.person;
    this.#do(() => postJson(`${this.#path}/password`, { password: data.get('password') }), strings.passwordSet(name));
  }

  #leave() {
    if (!this.isLeaving) {
      this.isLeaving = true;
      return;
    }
    const { name } = this.person;
    this.#do(() => sendJson('PATCH', this.#path, { is_active: false }), strings.deactivated(name));
  }

  render() {
    const { person } = this;
    return html`<sb-dialog heading=${person.name} @shut=${this.#shut}
      ><form @submit=${this.#save} data-testid="edit-person-form">
        <div class="field">
          <label for="name">${strings.name}</label
          ><input class="input" id="name" name="name" required maxlength="120" .value=${person.name} autofocus />
        </div>
        <div class="pair">${roleField(person.role)} ${capacityField(person.capacity)}</div>
        ${queuesField(this.queues, person.queues)} ${skillsField(person.skills)} ${languagesField(person.languages)}
        <p class="problem" role="alert" ?hidden=${!this.problem}>${icon('alert', 16)} ${this.problem}</p>
        <div class="actions">
          <button type="button" class="button plain" @click=${this.#shut}>${shared.cancel}</button
          ><button class="button primary" ?disabled=${this.isBusy} data-testid="person-save">${strings.change}</button>
        </div>
      </form>
      ${this.isMe ? nothing : html`${this.#password()} ${this.#leaving()}`}</sb-dialog
    >`;
  }

  #password() {
    return html`<form class="apart" @submit=${this.#setPassword}>
      <div class="field">
        <label for="password">${strings.newPassword}</label
        ><input
          class="input"
          id="password"
          name="password"
          type="text"
          minlength="10"
          maxlength="200"
          required
          autocomplete="off"
          placeholder=${strings.passwordHint}
          data-testid="person-new-password"
        />
      </div>
      <p class="faint">${strings.passwordEnds}</p>
      <div class="actions">
        <button class="button" ?disabled=${this.isBusy} data-testid="password-set">${strings.setPassword}</button>
      </div>
    </form>`;
  }

  #leaving() {
    return html`<div class="apart">
      <p class="faint">${strings.leaves}</p>
      <div class="actions">
        <button class="button bad" ?disabled=${this.isBusy} data-testid="deactivate" @click=${this.#leave}>
          ${this.isLeaving ? strings.deactivateSure : strings.deactivate}
        </button>
      </div>
    </div>`;
  }
}

customElements.define('sb-edit-person', EditPerson);
