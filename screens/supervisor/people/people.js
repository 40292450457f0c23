// @ts-check
// <sb-people>: everybody's presence, load, queues and skills; new operators are added here.

import { css, html, nothing, repeat } from '../../kit/vendor/lit.js';
import { StoreElement } from '../../kit/store-element.js';
import { getJson, sendJson } from '../../kit/http.js';
import { icon } from '../../kit/icons.js';
import { base, buttons, fields, parts } from '../../kit/styles.js';
import { Ticker } from '../../kit/ticker.js';
import { secondsSince, timer } from '../../kit/time.js';
import { initials, languageName, plain, presenceWord, setByWord } from '../../kit/words.js';
import './add-person.js';
import './edit-person.js';
import { strings as shared } from '../strings.js';
import { tableStyles } from '../table-styles.js';
import { strings } from './strings.js';

/** @typedef {import('../../kit/protocol.js').Operator} Operator */

const order = ['available', 'busy', 'away', 'inactive', 'offline'];

export class People extends StoreElement {
  static properties = {
    ...StoreElement.properties,
    isAdding: { state: true },
    edited: { state: true },
    gone: { state: true },
  };
  static styles = [
    base,
    buttons,
    fields,
    parts,
    tableStyles,
    css`
      .who {
        display: flex;
        align-items: center;
        gap: 10px;
      }
      .face {
        display: grid;
        place-items: center;
        width: 32px;
        height: 32px;
        flex: none;
        border-radius: 50%;
        background: var(--accent-soft);
        color: var(--accent-strong);
        font-size: var(--text-s);
        font-weight: 650;
      }
      .who b {
        white-space: nowrap;
      }
      .off .face {
        background: var(--sunken);
        color: var(--ink-faint);
      }
      .presence {
        display: flex;
        align-items: center;
        gap: 7px;
        white-space: nowrap;
      }
      .bar {
        display: flex;
        align-items: center;
        gap: 8px;
        min-width: 108px;
      }
      meter {
        width: 70px;
        height: 8px;
        border: 0;
        border-radius: 4px;
        background: var(--sunken);
      }
      meter::-webkit-meter-bar {
        height: 8px;
        border: 0;
        border-radius: 4px;
        background: var(--sunken);
      }
      meter::-webkit-meter-optimum-value {
        border-radius: 4px;
        background: var(--accent);
      }
      meter::-moz-meter-bar {
        border-radius: 4px;
        background: var(--accent);
      }
      meter.full::-webkit-meter-optimum-value {
        background: var(--warn);
      }
      @media (max-width: 720px) {
        .bar {
          min-width: 0;
        }
        meter,
        .presence .faint {
          display: none;
        }
      }
      .gone {
        padding: 18px 4px 16px;
      }
      .gone h3 {
        margin-bottom: 6px;
        font-size: var(--text-m);
        font-weight: 650;
      }
      .gone li {
        display: flex;
        align-items: center;
        gap: 12px;
        padding: 5px 0;
      }
      .list {
        display: flex;
        flex-wrap: wrap;
        gap: 4px;
      }
    `,
  ];

  constructor() {
    super();
    new Ticker(this);
    this.isAdding = false;
    /** Whoever is being changed. @type {Operator | null} */ this.edited = null;
    /** Deactivated people. @type {{id: string, name: string, email: string}[]} */ this.gone = [];
  }

  connectedCallback() {
    super.connectedCallback();
    this.#readGone();
  }

  async #readGone() {
    try {
      const everybody = await getJson('/api/people');
      this.gone = everybody.filter((/** @type {{is_active: boolean}} */ one) => !one.is_active);
    } catch {
      this.gone = [];
    }
  }

  render() {
    const people = [...this.store.operators].sort(
      (a, b) => order.indexOf(a.presence) - order.indexOf(b.presence) || a.name.localeCompare(b.name),
    );
    return html`${this.#tools()}
      <div class="sheet quiet-scroll">
        <table data-testid="people">
          <thead>
            <tr>
              ${strings.columns.map(
                (name, at) =>
                  html`<th scope="col" class=${at > 3 || at === 2 ? 'optional' : ''}><span>${name}</span></th>`,
              )}
            </tr>
          </thead>
          <tbody>
            ${repeat(
              people,
              ({ operator_id: id }) => id,
              (person) => this.#row(person),
            )}
          </tbody>
        </table>
        ${this.store.isLoaded ? nothing : html`<p class="empty">${shared.loading}</p>`}
      </div>
      ${this.gone.length ? this.#deactivated() : nothing} ${this.isAdding ? this.#adding() : nothing}
      ${this.edited ? this.#editing(this.edited) : nothing}`;
  }

  #tools() {
    return html`<div class="tools">
      <h2>${strings.heading}</h2>
      <button class="button primary" data-testid="add-person" @click=${() => (this.isAdding = true)}>
        ${icon('plus', 16)} ${strings.add}
      </button>
    </div>`;
  }

  #adding() {
    return html`<sb-add-person
      .queues=${this.store.queues}
      @shut=${() => (this.isAdding = false)}
      @added=${this.#added}
    ></sb-add-person>`;
  }

  /** @param {Operator} person */
  #editing(person) {
    return html`<sb-edit-person
      .person=${person}
      .queues=${this.store.queues}
      ?isMe=${person.operator_id === this.store.me.operator_id}
      @shut=${() => (this.edited = null)}
      @saved=${this.#saved}
    ></sb-edit-person>`;
  }

  /** @param {CustomEvent<string>} event */
  #saved(event) {
    this.edited = null;
    this.tell('said', event.detail);
    this.#readGone();
  }

  #deactivated() {
    return html`<section class="gone" data-testid="deactivated">
      <h3>${strings.inactive}</h3>
      <ul>
        ${this.gone.map(
          (one) =>
            html`<li>
              <span class="grow">${one.name} <span class="faint">${one.email}</span></span
              ><button class="button" data-testid="reactivate" @click=${() => this.#reactivate(one)}>
                ${strings.reactivate}
              </button>
            </li>`,
        )}
      </ul>
    </section>`;
  }

  /** @param {{id: string, name: string}} one */
  async #reactivate({ id, name }) {
    try {
      await sendJson('PATCH', `/api/people/${id}`, { is_active: true });
      this.tell('said', strings.reactivated(name));
    } catch (error) {
      this.tell('said', /** @type {Error} */ (error).message);
    }
    this.#readGone();
  }

  /** @param {CustomEvent<{name: string}>} event */
  #added(event) {
    this.isAdding = false;
    this.tell('said', strings.canSignIn(event.detail.name));
  }

  /** @param {Operator} person */
  #row(person) {
    return html`<tr
      class=${person.presence === 'offline' ? 'off' : ''}
      data-testid="person-row"
      data-id=${person.operator_id}
    >
      <td>${this.#who(person)}</td>
      <td>${this.#presence(person)}</td>
      <td class="num optional">${timer(secondsSince(person.presence_at))}</td>
      <td>${this.#load(person)}</td>
      <td class="optional">
        <span class="list"
          >${person.queues.map((queue) => html`<span class="chip">${this.store.queueName(queue)}</span>`)}</span
        >
      </td>
      <td class="optional"><span class="list">${this.#skills(person)}</span></td>
      <td class="optional">
        <span class="list"
          >${person.languages.map((code) => html`<span class="chip">${languageName(code)}</span>`)}</span
        >
      </td>
      <td>${this.#manage(person)}</td>
    </tr>`;
  }

  /** @param {Operator} person */
  #manage(person) {
    const words = strings.manage(person.name);
    return html`<button
      class="icon-button"
      title=${words}
      aria-label=${words}
      data-testid="manage-person"
      @click=${() => (this.edited = person)}
    >
      ${icon('note', 17)}
    </button>`;
  }

  /** @param {Operator} person */
  #who({ name, role }) {
    return html`<span class="who"
      ><span class="face" aria-hidden="true">${initials(name)}</span
      ><span><b>${name}</b><br /><span class="faint">${strings.roles[role] ?? plain(role)}</span></span></span
    >`;
  }

  /** @param {Operator} person */
  #presence({ presence, presence_set_by }) {
    return html`<span class="presence"
      ><i class="dot ${presence}"></i>${presenceWord(presence)}
      <span class="faint">${setByWord(presence_set_by)}</span></span
    >`;
  }

  /** @param {Operator} person */
  #load({ load, capacity }) {
    return html`<span class="bar"
      ><meter
        class=${load >= capacity ? 'full' : ''}
        min="0"
        max=${capacity}
        value=${load}
        aria-label=${strings.load}
      ></meter
      ><span class="num">${load}/${capacity}</span></span
    >`;
  }

  /** The best first. @param {Operator} person */
  #skills(person) {
    const skills = Object.entries(person.skills).sort((a, b) => b[1] - a[1]);
    return skills.map(
      ([skill, level]) =>
        html`<span class="chip" title=${strings.skillLevel(plain(skill), level)}
          >${plain(skill)} <b class="num">${level}</b></span
        >`,
    );
  }
}

customElements.define('sb-people', People);
