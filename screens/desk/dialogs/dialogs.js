// @ts-check
// The questions the desk asks before something that cannot be taken back, and the sheet of shortcuts.

import { LitElement, css, html, nothing } from '../../kit/vendor/lit.js';
import { customerName } from '../../kit/lists.js';
import '../../kit/dialog.js';
import { icon } from '../../kit/icons.js';
import { base, buttons, fields, parts } from '../../kit/styles.js';
import { presenceWord } from '../../kit/words.js';
import { shortcutGroups } from '../keyboard.js';

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
    const name = item ? customerName(item) : 'the customer';
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
      case 'hand_back':
        return {
          heading: 'Hand back to the agent',
          body: this.#form(
            html`<p class="soft">
                ${this.store.agentName} takes ${name} over again. Say what changed, so that it goes on from there.
              </p>
              ${note('What changed', 'The plumber now comes today at 18:00')}`,
            html`<button class="button primary" data-testid="confirm">${icon('agent', 16)} Hand back</button>`,
          ),
        };
      case 'transfer':
        return {
          heading: 'Transfer',
          body: this.#form(
            html`<div class="queues quiet-scroll" role="radiogroup" aria-label="To whom">
                ${this.#queues()}${this.#colleagues(false)}
              </div>
              ${note('Note for the next operator', 'What they should know')}`,
            html`<button class="button primary" data-testid="confirm">${icon('transfer', 16)} Transfer</button>`,
          ),
        };
      case 'consult':
        return {
          heading: 'Ask a colleague in',
          body: this.#form(
            html`<p class="soft">
                ${name} is put on hold while you two talk. You can then merge the calls, hand over, or go back.
              </p>
              <div class="queues quiet-scroll" role="radiogroup" aria-label="Colleague">${this.#colleagues(true)}</div>
              ${note('What it is about', 'Storm damage, cover unclear')}`,
            html`<button class="button primary" data-testid="confirm">${icon('phoneRing', 16)} Ask</button>`,
          ),
        };
      case 'release':
        return {
          heading: 'Put back in the queue?',
          body: this.#form(
            html`<p class="soft">
              ${name} keeps the old place and is offered to the next free operator. The conversation stays open.
            </p>`,
            html`<button class="button primary" autofocus data-testid="confirm">
              ${icon('handBack', 16)} Put back in the queue
            </button>`,
          ),
        };
      case 'end':
        return {
          heading: 'End the conversation?',
          body: this.#form(
            html`<p class="soft">
              It closes for ${name} at once and cannot be opened again. You then finish the wrap-up.
            </p>`,
            html`<button class="button danger" autofocus data-testid="confirm">
              ${icon('close', 16)} End conversation
            </button>`,
          ),
        };
      case 'callback':
        return {
          heading: 'Callback done',
          body: this.#form(
            note('How did it go?', 'Spoke to her; refund confirmed'),
            html`<button class="button primary" data-testid="confirm">${icon('check', 16)} Done</button>`,
          ),
        };
      case 'help':
        return { heading: 'Keyboard shortcuts', body: sheet };
    }
  }

  /** @param {unknown} content @param {unknown} button */
  #form(content, button) {
    return html`<form @submit=${this.#answered}>
      ${content}
      <div class="actions">
        <button type="button" class="button plain" @click=${() => this.#tell('shut')}>Cancel</button>${button}
      </div>
    </form>`;
  }

  #queues() {
    const here = this.store.selected?.item?.queue;
    const others = this.store.queues.filter(({ queue_id: id }) => id !== here);
    return others.map(
      (queue, at) =>
        html`<label>
          <input
            type="radio"
            name="to"
            value=${QUEUE + queue.queue_id}
            required
            ?checked=${at === 0}
            ?autofocus=${at === 0}
          />
          <b class="grow">${queue.name}</b>
          <span class="faint num">${queue.waiting} waiting · ${queue.on_duty} on duty</span>${queue.is_open
            ? nothing
            : html`<span class="chip warn">closed</span>`}</label
        >`,
    );
  }

  /** Colleagues who are there; those with room first. @param {boolean} isFirst the list starts with them */
  #colleagues(isFirst) {
    const { me, operators } = this.store;
    const here = operators.filter(
      ({ operator_id: id, presence }) => id !== me.operator_id && (presence === 'available' || presence === 'busy'),
    );
    if (!here.length) return isFirst ? html`<p class="soft">No colleague is here now.</p>` : nothing;
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
            >${isFull(one) ? 'full' : presenceWord(one.presence).toLowerCase()} · ${one.load}/${one.capacity}</span
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
        <h3 class="eyebrow">${title}</h3>
        <dl>
          ${shortcuts.map(
            ({ keys, does }) =>
              html`<div>
                <dt>${keys.split('+').map((key) => html`<kbd>${key}</kbd>`)}</dt>
                <dd>${does}</dd>
              </div>`,
          )}
        </dl>
      </section>`,
  )}
</div>`;

customElements.define('sb-desk-dialog', DeskDialog);
