// @ts-check
// <sb-merge>: choose what a proposal joins: an intent of the library, or another proposal.

import { css, html, nothing } from '../../kit/vendor/lit.js';
import { icon } from '../../kit/icons.js';
import { base, buttons, fields, parts } from '../../kit/styles.js';
import { strings as shared } from '../strings.js';
import { strings } from './decision-strings.js';
import { InboxElement } from './inbox-element.js';
import { questionStyles } from './question-styles.js';
import { wordsOf } from './store.js';

/** @typedef {{kind: 'intent' | 'proposal', id: string, name: string, words: string}} Target */

/** Fires `shut`. */
export class Merge extends InboxElement {
  static properties = {
    ...InboxElement.properties,
    words: { state: true },
    chosen: { state: true },
    problem: { state: true },
    isBusy: { state: true },
  };
  static styles = [
    base,
    buttons,
    fields,
    parts,
    questionStyles,
    css`
      .choices {
        align-content: start;
        height: min(340px, 40dvh);
        margin-inline: -4px;
        padding: 4px;
      }
      .choices span {
        display: grid;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .choices b {
        text-align: match-parent;
      }
    `,
  ];

  constructor() {
    super();
    this.words = '';
    this.chosen = '';
    this.problem = '';
    this.isBusy = false;
  }

  firstUpdated() {
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('input'))?.focus();
  }

  /** Nearest intents, proposals that resemble it, then the rest. @returns {Target[]} */
  get #targets() {
    const { inbox } = this;
    const detail = /** @type {import('./api.js').Proposal} */ (inbox.detail);
    const near = detail.nearest.map(({ intent, name, similarity }) => ({
      kind: /** @type {const} */ ('intent'),
      id: intent,
      name,
      words: strings.nearIntent(similarity.toFixed(2)),
    }));
    const seen = new Set(near.map(({ id }) => id));
    const proposals = inbox.rows
      .filter(({ id, status }) => id !== detail.id && status === 'pending')
      .sort((a, b) => Number(isSibling(b, detail)) - Number(isSibling(a, detail)))
      .map((row) => ({
        kind: /** @type {const} */ ('proposal'),
        id: row.id,
        name: row.name,
        words: (isSibling(row, detail) ? strings.sibling : strings.proposal)(shared.conversations(row.conversations)),
      }));
    const others = (inbox.library?.intents ?? [])
      .filter(({ id, is_group, review_state }) => !seen.has(id) && !is_group && review_state === 'approved')
      .map(({ id, name }) => ({ kind: /** @type {const} */ ('intent'), id, name, words: strings.intent }));
    return [...near, ...proposals, ...others];
  }

  /** @param {SubmitEvent} event */
  async #merge(event) {
    event.preventDefault();
    const target = this.#targets.find(({ kind, id }) => `${kind}:${id}` === this.chosen);
    if (!target || this.isBusy) return;
    this.isBusy = true;
    this.problem = '';
    try {
      if (target.kind === 'proposal') await this.inbox.mergeWith(target.id);
      else await this.inbox.decide('merge', { intent: target.id }, (name) => strings.joined(name, target.name));
      this.tell('shut');
    } catch (error) {
      this.problem = wordsOf(error);
    } finally {
      this.isBusy = false;
    }
  }

  render() {
    if (!this.inbox.detail) return nothing;
    const words = this.words.trim().toLowerCase();
    const fitting = this.#targets.filter(({ name }) => name.toLowerCase().includes(words));
    return html`<form @submit=${this.#merge}>
      <input
        class="input"
        type="search"
        placeholder=${strings.find}
        aria-label=${strings.find}
        data-testid="merge-search"
        @input=${(/** @type {Event} */ event) => (this.words = /** @type {HTMLInputElement} */ (event.target).value)}
      />
      <div class="choices quiet-scroll" role="radiogroup" aria-label=${strings.joins}>
        ${fitting.map((target) => this.#target(target))}
        ${fitting.length ? nothing : html`<p class="faint">${strings.nothingFound}</p>`}
      </div>
      <p class="hint">${this.#hint()}</p>
      ${this.problem ? html`<p class="problem" role="alert">${icon('alert', 16)} ${this.problem}</p>` : nothing}
      <div class="foot">
        <button type="button" class="button plain" @click=${() => this.tell('shut')}>${shared.cancel}</button
        ><button class="button primary" ?disabled=${!this.chosen || this.isBusy} data-testid="confirm">
          ${icon('merge', 16)} ${this.isBusy ? shared.oneMoment : strings.merge}
        </button>
      </div>
    </form>`;
  }

  /** @param {Target} target */
  #target({ kind, id, name, words }) {
    const value = `${kind}:${id}`;
    return html`<label
      ><input
        type="radio"
        name="target"
        value=${value}
        .checked=${this.chosen === value}
        required
        data-testid="merge-target"
        data-id=${id}
        @change=${() => (this.chosen = value)}
      /><span><b dir="auto">${name}</b><span class="faint num">${words}</span></span></label
    >`;
  }

  #hint() {
    if (!this.chosen) return strings.mergeMeans;
    return this.chosen.startsWith('intent:') ? strings.joinsIntent : strings.joinsProposal;
  }
}

/** @param {import('./api.js').Row} one @param {import('./api.js').Row} other */
const isSibling = (one, other) => one.id === other.sibling_of || one.sibling_of === other.id;

customElements.define('sb-merge', Merge);
