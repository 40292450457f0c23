// @ts-check
// <sb-proposal>: one proposal to read, correct, replay and decide.

import { html, nothing, repeat } from '../../kit/vendor/lit.js';
import { icon } from '../../kit/icons.js';
import { base, buttons, fields, parts } from '../../kit/styles.js';
import { dayAndClock } from '../../kit/time.js';
import { plain } from '../../kit/words.js';
import { strings as shared } from '../strings.js';
import './attributes-editor.js';
import { badgesOf } from './badges.js';
import { chartStyles } from './charts-styles.js';
import './evidence.js';
import './examples-editor.js';
import { InboxElement } from './inbox-element.js';
import { proposalSide } from './proposal-side.js';
import { strings } from './proposal-strings.js';
import { proposalStyles } from './proposal-styles.js';
import './replay-view.js';
import './serving-editor.js';
import { strings as inboxStrings } from './strings.js';

/** @typedef {import('./api.js').Proposal} Detail */

const reviewable = new Set(['pending', 'snoozed', 'faded']);

/** Fires `command` (detail: a command of keyboard.js), and `unfocused` when a field was left with a key. */
export class ProposalView extends InboxElement {
  static styles = [base, buttons, fields, parts, chartStyles, proposalStyles];

  /** Put the cursor into the name. */
  async editName() {
    await this.updateComplete;
    const name = /** @type {HTMLTextAreaElement | null} */ (this.renderRoot.querySelector('.title'));
    name?.focus();
    name?.select();
  }

  render() {
    const { detail } = this.inbox;
    if (!detail) return this.#missing();
    // A new proposal is drawn anew: what was being typed belongs to the one before.
    return repeat(
      [detail],
      ({ id }) => id,
      () =>
        html`${this.#actions(detail)}
          <div class="scroll quiet-scroll" data-testid="proposal-view" data-id=${detail.id}>
            <div class="columns">
              <div class="middle" @edited=${this.#edited} @example=${this.#example}>${this.#middle(detail)}</div>
              <aside>${proposalSide(detail, this.inbox)}</aside>
            </div>
          </div>`,
    );
  }

  /** @param {Detail} detail */
  #middle(detail) {
    const { draft } = detail;
    const canEdit = reviewable.has(detail.status);
    return html`${this.#top(detail)}
      <sb-replay class="card" .inbox=${this.inbox} .detail=${detail}></sb-replay>
      <sb-evidence class="card" .detail=${detail} .canEdit=${canEdit}></sb-evidence>
      <sb-examples class="card" .examples=${draft.examples} .canEdit=${canEdit}></sb-examples>
      <sb-attributes
        class="card"
        .questions=${draft.attributes}
        .asked=${detail.asked_next}
        .canEdit=${canEdit}
      ></sb-attributes>
      <sb-serving
        class="card"
        .draft=${draft}
        .library=${this.inbox.library}
        .suggested=${detail.articles}
        .canEdit=${canEdit}
      ></sb-serving>`;
  }

  /** It is being read, or could not be. */
  #missing() {
    const { inbox } = this;
    return html`<div class="actions">
        <button class="icon-button back" aria-label=${strings.backToList} @click=${() => inbox.select(null)}>
          ${icon('back')}
        </button>
        ${inbox.readProblem ? nothing : html`<span class="faint">${shared.loading}</span>`}
      </div>
      <div class="scroll">
        ${inbox.readProblem
          ? html`<div class="unread" role="alert" data-testid="proposal-error">
              ${icon('alert', 30)}<b>${strings.unread}</b>
              <p class="soft">${inbox.readProblem}</p>
              <button class="button" @click=${() => inbox.readAgain()}>${icon('retry', 16)} ${shared.tryAgain}</button>
            </div>`
          : nothing}
      </div>`;
  }

  /** @param {CustomEvent<Partial<import('./api.js').Draft>>} event */
  #edited = (event) => {
    event.stopPropagation();
    void this.inbox.edit(event.detail);
  };

  /** A turn was chosen as an example. @param {CustomEvent<string>} event */
  #example = (event) => {
    const examples = /** @type {import('./examples-editor.js').ExamplesEditor} */ (
      this.renderRoot.querySelector('sb-examples')
    );
    examples.add([event.detail]);
  };

  /** @param {string} command */
  #command = (command) => () => this.tell('command', command);

  /** @param {Detail} detail */
  #actions(detail) {
    const isOpen = reviewable.has(detail.status);
    return html`<div class="actions ${isOpen ? 'decide' : ''}" role="toolbar" aria-label=${strings.decide}>
      <button
        class="icon-button back"
        aria-label=${strings.backToList}
        data-testid="back"
        @click=${() => this.inbox.select(null)}
      >
        ${icon('back')}
      </button>
      ${isOpen ? this.#decisions() : this.#decided(detail)}
      <span class="grow"></span>${isOpen ? this.#saved() : nothing}
    </div>`;
  }

  #decisions() {
    const button = (
      /** @type {string} */ command,
      /** @type {string} */ key,
      /** @type {string} */ name,
      /** @type {string} */ look,
      /** @type {import('../../kit/icons.js').IconName} */ sign,
    ) =>
      html`<button class="button ${look}" data-testid=${command} @click=${this.#command(command)}>
        ${icon(sign, 16)} ${name} <kbd aria-hidden="true">${key}</kbd>
      </button>`;
    return [
      button('approve', 'A', strings.approve, 'primary', 'check'),
      button('merge', 'M', strings.merge, '', 'merge'),
      button('split', 'S', strings.split, '', 'split'),
      button('snooze', 'Z', strings.snooze, '', 'clock'),
      button('discard', 'X', strings.discard, '', 'close'),
    ];
  }

  /** How it was decided, and the way back. @param {Detail} detail */
  #decided(detail) {
    const { status, decided_by, reason, intent } = detail;
    return html`<span class="chip ${status === 'approved' ? 'good' : ''}"
        >${inboxStrings.statuses[status] ?? plain(status)}</span
      ><span class="soft one-line">${strings.decidedBy(decided_by, reason)}</span>${intent
        ? html`<a class="button" href="#library/${encodeURIComponent(intent)}"
            >${icon('book', 16)} ${strings.inLibrary}</a
          >`
        : nothing}${status === 'approved'
        ? nothing
        : detail.undoable
          ? this.#undoMerge(detail.undoable)
          : this.#back()}`;
  }

  /** @param {string} reshape */
  #undoMerge(reshape) {
    return html`<button
      class="button"
      ?disabled=${this.inbox.isBusy}
      data-testid="undo-merge"
      @click=${() => this.inbox.undoFromHistory(reshape)}
    >
      ${icon('retry', 16)} ${strings.undoMerge}
    </button>`;
  }

  #back() {
    return html`<button class="button" data-testid="reopen" @click=${this.#reopen}>
      ${icon('retry', 16)} ${strings.reopen}
    </button>`;
  }

  #reopen = async () => {
    try {
      await this.inbox.decide('reopen', {}, strings.isBack);
    } catch (error) {
      this.inbox.say(/** @type {Error} */ (error).message);
    }
  };

  /** Enter keeps what was written, Escape puts back what was there. @param {KeyboardEvent} event */
  #leave = (event) => {
    if ((event.key !== 'Enter' && event.key !== 'Escape') || event.isComposing) return;
    event.preventDefault();
    const field = /** @type {HTMLTextAreaElement} */ (event.target);
    if (event.key === 'Escape') field.value = this.inbox.detail?.draft.name ?? '';
    field.blur();
    this.tell('unfocused');
  };

  #saved() {
    const { state, problem } = this.inbox.draft;
    if (state === 'failed')
      return html`<span class="saved failed one-line" role="alert" title=${problem} data-testid="save-state"
        >${icon('alert', 15)} ${strings.notSaved(problem)}</span
      >`;
    return html`<span class="saved" role="status" data-testid="save-state"
      >${state === 'saving'
        ? html`${icon('clock', 14)} <span>${shared.saving}</span>`
        : html`${icon('check', 14)} <span>${strings.saved}</span>`}</span
    >`;
  }

  /** @param {Detail} detail */
  #top(detail) {
    return html`<div class="top">
      <h2 class="sr-only">${detail.name}</h2>
      <div class="badges">
        ${badgesOf(detail)}<span class="chip" title=${shared.lineOfBusiness}>${detail.line_of_business}</span>
      </div>
      ${this.#name(detail)} ${this.#description(detail)} ${this.#facts(detail)}
    </div>`;
  }

  /** @param {Detail} detail @param {'name' | 'description'} field */
  #written = (detail, field) => (/** @type {Event} */ event) => {
    const input = /** @type {HTMLTextAreaElement} */ (event.target);
    const value = (field === 'name' ? input.value.replaceAll(/\s+/g, ' ') : input.value).trim();
    if (!value) {
      input.value = detail.draft[field];
      this.inbox.say(strings.cannotBeEmpty[field]);
    } else if (value !== detail.draft[field] || this.inbox.draft.state === 'failed')
      void this.inbox.edit({ [field]: value });
  };

  /** @param {Detail} detail */
  #name(detail) {
    return html`<textarea
      class="title"
      dir="auto"
      rows="1"
      aria-label=${strings.name}
      maxlength="120"
      .value=${detail.draft.name}
      ?readonly=${!reviewable.has(detail.status)}
      data-testid="name"
      @change=${this.#written(detail, 'name')}
      @keydown=${this.#leave}
    ></textarea>`;
  }

  /** @param {Detail} detail */
  #description(detail) {
    return html`<textarea
      class="about"
      dir="auto"
      aria-label=${strings.description}
      rows="2"
      maxlength="2000"
      placeholder=${strings.descriptionHint}
      .value=${detail.draft.description}
      ?readonly=${!reviewable.has(detail.status)}
      data-testid="description"
      @change=${this.#written(detail, 'description')}
    ></textarea>`;
  }

  /** @param {Detail} detail */
  #facts(detail) {
    return html`<p class="facts num">
      <span>${strings.conversations(detail.conversations)}</span><span>${strings.turns(detail.turns)}</span
      ><span>${strings.thisWeek(detail.this_week)}</span
      ><span class="faint">${strings.firstSeen(dayAndClock(detail.first_seen))}</span>${detail.subtitle.length
        ? html`<span class="faint">${strings.tellingWords(detail.subtitle)}</span>`
        : nothing}
    </p>`;
  }
}

customElements.define('sb-proposal', ProposalView);
