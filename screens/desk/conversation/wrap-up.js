// @ts-check
// <sb-wrap-up>: how the conversation ended and what to remember of it. A disposition is required; the summary is
// prefilled from the hand-over card and kept as a draft.

import { css, html, live, nothing } from '../../kit/vendor/lit.js';
import { StoreElement } from '../../kit/store-element.js';
import { icon } from '../../kit/icons.js';
import { base, buttons, fields } from '../../kit/styles.js';
import { plain } from '../../kit/words.js';
import { strings } from './strings.js';

const words = strings.wrapUp;

export class WrapUp extends StoreElement {
  static properties = {
    ...StoreElement.properties,
    followed: { attribute: false },
    isTold: { state: true },
    disposition: { state: true },
  };
  static styles = [
    base,
    buttons,
    fields,
    css`
      form {
        display: grid;
        gap: 12px;
      }
      .actions {
        display: flex;
        align-items: center;
        gap: 10px;
      }
    `,
  ];

  constructor() {
    super();
    /** @type {import('../../kit/followed.js').Followed} */ this.followed;
    this.isTold = false;
    this.disposition = '';
  }

  focus() {
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('select'))?.focus();
  }

  get #summary() {
    return this.store.kept.get(`summary:${this.followed.id}`) ?? summaryOf(this.followed.card);
  }

  /** @param {InputEvent} event */
  #written(event) {
    this.store.kept.set(`summary:${this.followed.id}`, /** @type {HTMLTextAreaElement} */ (event.target).value);
  }

  /** @param {Event} event */
  #send(event) {
    event.preventDefault();
    if (!this.disposition) {
      this.isTold = true;
      this.focus();
      return;
    }
    const { id } = this.followed;
    if (
      !this.store.act({
        type: 'wrap_up',
        conversation_id: id,
        disposition: this.disposition,
        summary: this.#summary.trim(),
      })
    )
      return;
    this.store.kept.set(`summary:${id}`, null);
    this.tell('wrapped-up', id);
  }

  render() {
    const isMissing = this.isTold && !this.disposition;
    return html`<form @submit=${this.#send} novalidate data-testid="wrap-up">
      <div class="field">
        <label for="disposition">${words.disposition}</label>
        ${this.#dispositions(isMissing)}
        ${isMissing
          ? html`<p class="problem" id="missing" role="alert">${icon('alert', 16)} ${words.missing}</p>`
          : nothing}
      </div>
      <div class="field">
        <label for="summary">${words.summary}</label>
        <textarea
          id="summary"
          class="input"
          rows="5"
          data-testid="wrap-up-summary"
          dir="auto"
          .value=${live(this.#summary)}
          @input=${this.#written}
        ></textarea>
      </div>
      <div class="actions">
        <button class="button primary" data-testid="wrap-up-submit">${icon('check', 16)} ${words.finish}</button>
      </div>
    </form>`;
  }

  /** @param {boolean} isMissing none was chosen, and one must be */
  #dispositions(isMissing) {
    const groups = Map.groupBy(this.store.dispositions, (one) => one.category);
    return html`<select
      id="disposition"
      class="input"
      data-testid="disposition"
      aria-invalid=${isMissing}
      aria-describedby="missing"
      .value=${live(this.disposition)}
      @change=${(/** @type {Event} */ event) =>
        (this.disposition = /** @type {HTMLSelectElement} */ (event.target).value)}
    >
      <option value="">${words.choose}</option>
      ${[...groups].map(
        ([category, members]) =>
          html`<optgroup label=${plain(category)}>
            ${members.map(
              ({ id, name }) => html`<option value=${id} ?selected=${id === this.disposition}>${name}</option>`,
            )}
          </optgroup>`,
      )}
    </select>`;
  }
}

/** @param {import('../../kit/protocol.js').Card | null} card */
function summaryOf(card) {
  if (!card) return '';
  return [card.issue, card.tried, card.needed && words.needed(card.needed)].filter(Boolean).join('\n');
}

customElements.define('sb-wrap-up', WrapUp);
