// @ts-check
// <sb-add-person>: a new operator or supervisor.

import { LitElement, css, html } from '../../kit/vendor/lit.js';
import '../../kit/dialog.js';
import { postJson } from '../../kit/http.js';
import { icon } from '../../kit/icons.js';
import { base, buttons, fields } from '../../kit/styles.js';
import { strings as shared } from '../strings.js';
import { strings } from './strings.js';

/** Fires `shut` and `added` (detail: the person). */
export class AddPerson extends LitElement {
  static properties = { queues: { attribute: false }, problem: { state: true }, isBusy: { state: true } };
  static styles = [
    base,
    buttons,
    fields,
    css`
      form {
        display: grid;
        gap: 13px;
      }
      .pair {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: 12px;
      }
      .checks {
        display: flex;
        flex-wrap: wrap;
        gap: 6px 14px;
      }
      .checks label {
        display: inline-flex;
        align-items: center;
        gap: 6px;
      }
      input[type='checkbox'] {
        margin: 0;
        accent-color: var(--accent);
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
        name: String(data.get('name')).trim(),
        email: String(data.get('email')).trim(),
        password: data.get('password'),
        role: data.get('role'),
        capacity: Number(data.get('capacity')),
        queues: data.getAll('queues'),
        skills: skillsOf(String(data.get('skills'))),
        languages: codesOf(String(data.get('languages'))),
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
        <div class="pair">${this.#role()} ${this.#capacity()}</div>
        ${this.#queues()} ${this.#skills()} ${this.#languages()}
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

  #role() {
    return html`<div class="field">
      <label for="role">${strings.role}</label
      ><select class="input" id="role" name="role">
        <option value="operator">${strings.roles.operator}</option>
        <option value="supervisor">${strings.roles.supervisor}</option>
      </select>
    </div>`;
  }

  #capacity() {
    return html`<div class="field">
      <label for="capacity">${strings.capacity}</label
      ><input class="input" id="capacity" name="capacity" type="number" min="1" max="20" value="3" required />
    </div>`;
  }

  #queues() {
    return html`<div class="field">
      <span class="label" id="queues">${strings.queues}</span>
      <div class="checks" role="group" aria-labelledby="queues">
        ${this.queues.map(
          (queue) => html`<label><input type="checkbox" name="queues" value=${queue.queue_id} /> ${queue.name}</label>`,
        )}
      </div>
    </div>`;
  }

  #skills() {
    return html`<div class="field">
      <label for="skills">${strings.skills}</label
      ><input class="input" id="skills" name="skills" placeholder=${strings.skillsHint} />
    </div>`;
  }

  #languages() {
    return html`<div class="field">
      <label for="languages">${strings.languages}</label
      ><input
        class="input"
        id="languages"
        name="languages"
        placeholder=${strings.languagesHint}
        pattern="\\s*([a-zA-Z]{2,3}([\\s,]+|$))*"
        data-testid="person-languages"
      />
    </div>`;
  }
}

/** "claims 4, billing 2" -> {claims: 4, billing: 2}; a skill without a level counts as 3. @param {string} text */
function skillsOf(text) {
  const found = text
    .split(',')
    .map((part) => /^\s*([\p{L}_ -]+?)\s*(\d*)\s*$/u.exec(part))
    .filter((match) => match !== null);
  return Object.fromEntries(
    found.map(([, name, level]) => [name.toLowerCase().replaceAll(/[ -]+/g, '_'), Number(level || 3)]),
  );
}

/**
 * "en, pl" as codes.
 * @param {string} text
 */
function codesOf(text) {
  return text
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((code) => code !== '');
}

customElements.define('sb-add-person', AddPerson);
