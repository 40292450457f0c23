// @ts-check
// The questions the desk asks before something that cannot be taken back, and the sheet of shortcuts.

import { LitElement, css, html, nothing } from '../../kit/vendor/lit.js';
import { customerName } from '../../kit/lists.js';
import '../../kit/dialog.js';
import { icon } from '../../kit/icons.js';
import { base, buttons, fields, parts } from '../../kit/styles.js';
import { presenceWord } from '../../kit/words.js';
import { shortcutGroups } from '../keyboard.js';
import { strings as shortcutWords } from '../keyboard-strings.js';
import { strings } from './strings.js';

/** @typedef {'hand_back' | 'transfer' | 'consult' | 'release' | 'end' | 'callback' | 'help'} Question */

/** Fires `shut`, and `answer` (detail: the message for the server). */
export class DeskDialog extends LitElement {
  static properties = { store: { attribute: false }, question: { type: String }, subject: { attribute: false } };
  static styles = [
    base,
    buttons,
    fields,
    parts,
    css`
      form {
        display: grid;
        gap: 14px;
      }
      .actions {
        display: flex;
        justify-content: flex-end;
        gap: 8px;
        margin-top: 2px;
      }
      .actions .button {
        min-height: 36px;
        padding: 0 14px;
      }
      .queues {
        display: grid;
        gap: 4px;
        max-height: 250px;
      }
      .queues label {
        display: flex;
        align-items: center;
        gap: 9px;
        padding: 8px 10px;
        border: 1px solid var(--line);
        border-radius: var(--radius-m);
        cursor: pointer;
      }
      .queues label:hover {
        background: var(--hover);
      }
      .queues label:has(:checked) {
        border-color: var(--accent);
        background: var(--accent-soft);
      }
      .queues b {
        font-weight: 550;
      }
      input[type='radio'] {
        accent-color: var(--accent);
        margin: 0;
      }
      .sheet {
        columns: 2;
        column-gap: 28px;
      }
      .sheet section {
        break-inside: avoid;
        margin-bottom: 16px;
      }
      .sheet dl {
        display: grid;
        gap: 5px;
        margin-top: 6px;
      }
      .sheet div {
        display: flex;
        justify-content: space-between;
        align-items: center;
        gap: 14px;
      }
      .sheet dd {
        order: -1;
      }
      .sheet dt {
        display: flex;
        gap: 3px;
        flex: none;
      }
      @media (max-width: 560px) {
        .sheet {
          columns: 1;
        }
      }
    `,
  ];

  constructor() {
    super();
    /** @type {import('../../kit/desk-store.js').DeskStore} */ this.store;
    /** @type {Question} */ this.question = 'help';
    /** A callback, with the question `callback`. @type {any} */ this.subject = null;
  }

  /** @param {string} name @param {unknown} [detail] */
  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  /** @param {SubmitEvent} event */
  #answered(event) {
    event.preventDefault();
    const values = Object.fromEntries(new FormData(/** @type {HTMLFormElement} */ (event.target)));
    const conversation = { conversation_id: this.store.selectedId };
    const messages = {
      hand_back: { type: 'hand_back', ...conversation, note: values.note },
      transfer: transferTo(String(values.to), { ...conversation, note: values.note }),
      consult: {
        type: 'consult',
        ...conversation,
        operator_id: String(values.to).slice(PERSON.length),
        note: values.note,
      },
      release: { type: 'release', ...conversation },
      end: { type: 'end', ...conversation },
      callback: { type: 'callback', callback_id: this.subject?.callback_id, status: 'done', outcome: values.note },
      help: null,
    };
    this.#tell('answer', messages[this.question]);
  }

  render() {
    const item = this.store.selected?.item;
    const name = item ? customerName(item) : strings.theCustomer;
    const { heading, body } = this.#asked(name);
    return html`<sb-dialog
      heading=${heading}
      style=${this.question === 'help' ? '--dialog-width: 720px' : ''}
      @shut=${() => this.#tell('shut')}
      data-testid="dialog"
      >${body}</sb-dialog
    >`;
  }

  /** @param {string} name @returns {{heading: string, body: unknown}} */
  #asked(name) {
    switch (this.question) {
      case 'hand_back': {
        const words = strings.handBack;
        return {
          heading: words.heading,
          body: this.#form(
            html`<p class="soft">${words.body(this.store.agentName, name)}</p>
              ${note(words.note, words.example)}`,
            confirm('agent', words.confirm),
          ),
        };
      }
      case 'transfer': {
        const words = strings.transfer;
        return {
          heading: words.heading,
          body: this.#form(
            html`<div class="queues quiet-scroll" role="radiogroup" aria-label=${words.to}>
                ${this.#queues()}${this.#colleagues(false)}
              </div>
              ${note(words.note, words.example)}`,
            confirm('transfer', words.confirm),
          ),
        };
      }
      case 'consult': {
        const words = strings.consult;
        return {
          heading: words.heading,
          body: this.#form(
            html`<p class="soft">${words.body(name)}</p>
              <div class="queues quiet-scroll" role="radiogroup" aria-label=${words.to}>${this.#colleagues(true)}</div>
              ${note(words.note, words.example)}`,
            confirm('phoneRing', words.confirm),
          ),
        };
      }
      case 'release': {
        const words = strings.release;
        return {
          heading: words.heading,
          body: this.#form(
            html`<p class="soft">${words.body(name)}</p>`,
            html`<button class="button primary" autofocus data-testid="confirm">
              ${icon('handBack', 16)} ${words.confirm}
            </button>`,
          ),
        };
      }
      case 'end': {
        const words = strings.end;
        return {
          heading: words.heading,
          body: this.#form(
            html`<p class="soft">${words.body(name)}</p>`,
            html`<button class="button danger" autofocus data-testid="confirm">
              ${icon('close', 16)} ${words.confirm}
            </button>`,
          ),
        };
      }
      case 'callback': {
        const words = strings.callback;
        return {
          heading: words.heading,
          body: this.#form(note(words.note, words.example), confirm('check', words.confirm)),
        };
      }
      case 'help':
        return { heading: strings.shortcuts, body: sheet };
    }
  }

  /** @param {unknown} content @param {unknown} button */
  #form(content, button) {
    return html`<form @submit=${this.#answered}>
      ${content}
      <div class="actions">
        <button type="button" class="button plain" @click=${() => this.#tell('shut')}>${strings.cancel}</button
        >${button}
      </div>
    </form>`;
  }

  #queues() {
    const here = this.store.selected?.item?.queue;
    const others = this.store.queues.filter(({ queue_id: id }) => id !== here);
    const first = others.findIndex((queue) => queue.is_open);
    return others.map(
      (queue, at) =>
        html`<label>
          <input
            type="radio"
            name="to"
            value=${QUEUE + queue.queue_id}
            required
            ?disabled=${!queue.is_open}
            ?checked=${at === first}
            ?autofocus=${at === first}
          />
          <b class="grow">${queue.name}</b>
          <span class="faint num">${strings.transfer.queue(queue.waiting, queue.on_duty)}</span>${queue.is_open
            ? nothing
            : html`<span class="chip warn">${strings.transfer.closed}</span>`}</label
        >`,
    );
  }

  /** Colleagues who are there; those with room first. @param {boolean} isFirst the list starts with them */
  #colleagues(isFirst) {
    const { me, operators } = this.store;
    const here = operators.filter(
      ({ operator_id: id, presence }) => id !== me.operator_id && (presence === 'available' || presence === 'busy'),
    );
    if (!here.length) return isFirst ? html`<p class="soft">${strings.transfer.nobody}</p>` : nothing;
    const ranked = here.toSorted((a, b) => Number(isFull(a)) - Number(isFull(b)) || a.name.localeCompare(b.name));
    return ranked.map(
      (one, at) =>
        html`<label data-testid="colleague">
          <input
            type="radio"
            name="to"
            value=${PERSON + one.operator_id}
            required
            ?checked=${isFirst && at === 0}
            ?autofocus=${isFirst && at === 0}
          />
          <i class="dot ${one.presence}"></i><b class="grow">${one.name}</b>
          <span class="faint num"
            >${isFull(one) ? strings.transfer.full : presenceWord(one.presence).toLowerCase()} ·
            ${one.load}/${one.capacity}</span
          ></label
        >`,
    );
  }
}

const QUEUE = 'queue:';
const PERSON = 'person:';

/** @param {string} to a queue or a person @param {object} rest */
function transferTo(to, rest) {
  if (to.startsWith(PERSON)) return { type: 'transfer_to', ...rest, operator_id: to.slice(PERSON.length) };
  return { type: 'transfer', ...rest, queue: to.slice(QUEUE.length) };
}

/** @param {import('../../kit/protocol.js').Operator} operator */
const isFull = ({ presence, load, capacity }) => presence !== 'available' || load >= capacity;

/** @param {import('../../kit/icons.js').IconName} sign @param {string} words */
const confirm = (sign, words) =>
  html`<button class="button primary" data-testid="confirm">${icon(sign, 16)} ${words}</button>`;

/** @param {string} label @param {string} placeholder */
const note = (label, placeholder) =>
  html`<div class="field">
    <label for="note">${label}</label>
    <textarea
      id="note"
      class="input"
      name="note"
      rows="3"
      maxlength="4000"
      dir="auto"
      placeholder=${placeholder}
      data-testid="note"
    ></textarea>
  </div>`;

const sheet = html`<div class="sheet" data-testid="shortcuts">
  ${shortcutGroups.map(
    ({ title, shortcuts }) =>
      html`<section>
        <h3 class="eyebrow">${shortcutWords.titles[title]}</h3>
        <dl>
          ${shortcuts.map(
            ({ keys, does }) =>
              html`<div>
                <dt>${keys.split('+').map((key) => html`<kbd>${key}</kbd>`)}</dt>
                <dd>${shortcutWords.does[does]}</dd>
              </div>`,
          )}
        </dl>
      </section>`,
  )}
</div>`;

customElements.define('sb-desk-dialog', DeskDialog);
