// @ts-check
// <sb-decision>: the questions asked before a proposal is approved, split, snoozed or discarded, and the sheet of
// shortcuts.

import { css, html, nothing } from '../../kit/vendor/lit.js';
import '../../kit/dialog.js';
import { HttpError } from '../../kit/http.js';
import { icon } from '../../kit/icons.js';
import { base, buttons, fields, parts } from '../../kit/styles.js';
import { strings as shared } from '../strings.js';
import { strings } from './decision-strings.js';
import { percent } from './figures.js';
import { InboxElement } from './inbox-element.js';
import { inboxShortcuts } from './keyboard.js';
import './merge.js';
import { questionStyles } from './question-styles.js';
import { wordsOf } from './store.js';

/** @typedef {'approve' | 'merge' | 'split' | 'discard' | 'snooze' | 'help'} Question */

/** Fires `shut`. */
export class Decision extends InboxElement {
  static properties = {
    ...InboxElement.properties,
    question: { type: String },
    problem: { state: true },
    isBusy: { state: true },
    isForced: { state: true },
  };
  static styles = [
    base,
    buttons,
    fields,
    parts,
    questionStyles,
    css`
      dl {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: 6px 28px;
      }
      dl div {
        display: flex;
        justify-content: space-between;
        gap: 12px;
      }
      .reasons {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
      }
      @media (max-width: 560px) {
        dl {
          grid-template-columns: 1fr;
        }
      }
    `,
  ];

  constructor() {
    super();
    /** @type {Question} */ this.question = 'help';
    this.problem = '';
    this.isBusy = false;
    /** The server objected once and the supervisor may insist. */ this.isForced = false;
  }

  /** @param {string} verb @param {object} body @param {(name: string) => string} words */
  async #decide(verb, body, words) {
    if (this.isBusy) return;
    this.isBusy = true;
    this.problem = '';
    try {
      await this.inbox.decide(verb, body, words);
      this.tell('shut');
    } catch (error) {
      this.problem = wordsOf(error);
      this.isForced = verb === 'approve' && error instanceof HttpError && error.status === 409;
    } finally {
      this.isBusy = false;
    }
  }

  /** @param {SubmitEvent} event */
  #answered(event) {
    event.preventDefault();
    const values = new FormData(/** @type {HTMLFormElement} */ (event.target));
    const text = (/** @type {string} */ name) => String(values.get(name) ?? '').trim();
    switch (this.question) {
      case 'approve': {
        const share = Number(text('share'));
        return this.#decide('approve', { share, reason: text('reason'), force: this.isForced }, (name) =>
          share === 1 ? strings.isLive(name) : strings.isOnTrial(name, percent(share)),
        );
      }
      case 'split':
        return this.#decide('split', {}, strings.wasSplit);
      case 'snooze':
        return this.#decide('snooze', { days: Number(text('days')) }, strings.isSnoozed);
      case 'discard':
        return this.#decide('discard', { reason: text('reason') }, strings.wasDiscarded);
    }
    return undefined;
  }

  render() {
    const shut = () => this.tell('shut');
    const name = this.inbox.detail?.name ?? '';
    // Decided: the next proposal opens while this dialog closes.
    if (!name && this.question !== 'help') return nothing;
    if (this.question === 'help')
      return html`<sb-dialog heading=${strings.keys} @shut=${shut} data-testid="inbox-shortcuts"
        ><dl>
          ${inboxShortcuts.map(
            ({ keys, does }) =>
              html`<div>
                <dd>${does}</dd>
                <dt><kbd>${keys}</kbd></dt>
              </div>`,
          )}
        </dl></sb-dialog
      >`;
    if (this.question === 'merge')
      return html`<sb-dialog
        heading=${strings.merging(name)}
        style="--dialog-width: 540px"
        @shut=${shut}
        data-testid="merge-dialog"
        ><sb-merge .inbox=${this.inbox}></sb-merge
      ></sb-dialog>`;
    const { heading, body, button } = this.#asked(name);
    return html`<sb-dialog heading=${heading} @shut=${shut} data-testid="${this.question}-dialog"
      ><form @submit=${this.#answered}>
        ${body}
        ${this.problem
          ? html`<p class="problem" role="alert" data-testid="decision-problem">
              ${icon('alert', 16)} <span>${this.problem}</span>
            </p>`
          : nothing}
        <div class="foot">
          <button type="button" class="button plain" @click=${shut}>${shared.cancel}</button>${button}
        </div>
      </form></sb-dialog
    >`;
  }

  /** @param {string} name @returns {{heading: string, body: unknown, button: unknown}} */
  #asked(name) {
    const detail = this.inbox.detail;
    switch (this.question) {
      case 'split':
        return {
          heading: strings.splitting,
          body: html`<p class="soft">${strings.splitMeans(shared.turns(detail?.turns ?? 0), name)}</p>`,
          button: this.#go(strings.split, 'split', 'primary', true),
        };
      case 'snooze':
        return {
          heading: strings.snoozing(name),
          body: html`<div class="choices">
              ${strings.naps.map(
                ({ days, name: label }, at) =>
                  html`<label
                    ><input type="radio" name="days" value=${days} ?checked=${at === 1} ?autofocus=${at === 1} /><b
                      >${label}</b
                    ></label
                  >`,
              )}
            </div>
            <p class="hint">${strings.gathersMeanwhile}</p>`,
          button: this.#go(strings.snooze, 'clock'),
        };
      case 'discard':
        return {
          heading: strings.discarding(name),
          body: html`<p class="soft">${strings.discardMeans}</p>
            <div class="reasons">
              ${strings.reasons.map(
                (reason) =>
                  html`<button type="button" class="button small" @click=${this.#fill(reason)}>${reason}</button>`,
              )}
            </div>
            <div class="field">
              <label for="reason">${shared.reason}</label
              ><input class="input" id="reason" name="reason" required maxlength="500" autofocus data-testid="reason" />
            </div>`,
          button: this.#go(strings.discard, 'close', 'danger'),
        };
      default:
        return {
          heading: strings.approving(name),
          body: this.#approval(),
          button: this.isForced
            ? this.#go(strings.approveAnyway, 'check', 'danger')
            : this.#go(strings.approve, 'check'),
        };
    }
  }

  #approval() {
    const detail = /** @type {import('./api.js').Proposal} */ (this.inbox.detail);
    const { draft, replay } = detail;
    const library = this.inbox.library;
    const target = {
      article: () => library?.articles.find(({ id }) => id === draft.solution.target)?.title,
      queue: () => library?.queues.find(({ id }) => id === draft.solution.target)?.name,
      tool: () => draft.solution.target,
    }[draft.solution.kind]();
    const examples = shared.examples(draft.examples.length);
    const served =
      draft.support === 'assist_only'
        ? strings.assisted(examples)
        : strings.served[draft.solution.kind](target, examples);
    return html`<p>${served}</p>
      <p class=${replay ? 'soft' : 'flag'}>
        ${replay
          ? strings.wouldHaveCaught(replay.days, shared.turns(replay.caught.part))
          : html`${icon('alert', 16)} ${strings.notReplayed}`}
      </p>
      <div class="choices" role="radiogroup" aria-label=${strings.whoIsServed}>
        ${strings.shares.map(
          ({ share, name, words }, at) =>
            html`<label
              ><input
                type="radio"
                name="share"
                value=${share}
                ?checked=${at === 0}
                ?autofocus=${at === 0}
                data-testid="share-${share}"
              /><span><b>${name}</b><br /><span class="soft">${words}</span></span></label
            >`,
        )}
      </div>
      <div class="field">
        <label for="reason">${shared.reasonOptional}</label
        ><input class="input" id="reason" name="reason" maxlength="500" />
      </div>`;
  }

  /**
   * @param {string} words
   * @param {import('../../kit/icons.js').IconName} sign
   * @param {string} [look]
   * @param {boolean} [isFirst] nothing else is there to be answered
   */
  #go = (words, sign, look = 'primary', isFirst = false) =>
    html`<button class="button ${look}" ?disabled=${this.isBusy} ?autofocus=${isFirst} data-testid="confirm">
      ${icon(sign, 16)} ${this.isBusy ? shared.oneMoment : words}
    </button>`;

  /** @param {string} reason */
  #fill = (reason) => () => {
    const field = /** @type {HTMLInputElement} */ (this.renderRoot.querySelector('#reason'));
    field.value = reason;
    field.focus();
  };
}

customElements.define('sb-decision', Decision);
