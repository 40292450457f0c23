// @ts-check
// <sb-look-now>: search the past for wishes that no intent covers, now.

import { html, nothing } from '../../kit/vendor/lit.js';
import '../../kit/dialog.js';
import { icon } from '../../kit/icons.js';
import { base, buttons, fields } from '../../kit/styles.js';
import { strings as shared } from '../strings.js';
import { strings } from './discovery-strings.js';
import { InboxElement } from './inbox-element.js';
import { questionStyles } from './question-styles.js';

/** Fires `shut`. */
export class LookNow extends InboxElement {
  static styles = [base, buttons, fields, questionStyles];

  /** @param {SubmitEvent} event */
  #look(event) {
    event.preventDefault();
    const values = new FormData(/** @type {HTMLFormElement} */ (event.target));
    void this.inbox.lookNow(Number(values.get('days')), String(values.get('line') ?? '') || null);
    this.tell('shut');
  }

  render() {
    const shut = () => this.tell('shut');
    return html`<sb-dialog heading=${strings.lookNow} @shut=${shut} data-testid="look-dialog"
      ><form @submit=${this.#look}>
        <p class="soft">${strings.whatItDoes}</p>
        ${this.#days()} ${this.#line()}
        <div class="foot">
          <button type="button" class="button plain" @click=${shut}>${shared.cancel}</button
          ><button class="button primary" data-testid="confirm">${icon('search', 16)} ${strings.look}</button>
        </div>
      </form></sb-dialog
    >`;
  }

  #days() {
    return html`<div class="field">
      <label for="days">${strings.days}</label
      ><input
        class="input"
        id="days"
        name="days"
        type="number"
        min="1"
        max="180"
        value="30"
        required
        autofocus
        data-testid="look-days"
      />
    </div>`;
  }

  #line() {
    const lines = this.inbox.library?.lines_of_business ?? [];
    if (lines.length < 2) return nothing;
    return html`<div class="field">
      <label for="of">${shared.lineOfBusiness}</label
      ><select class="input" id="of" name="line">
        <option value="">${shared.everyLine}</option>
        ${lines.map((line) => html`<option>${line}</option>`)}
      </select>
    </div>`;
  }
}

customElements.define('sb-look-now', LookNow);
