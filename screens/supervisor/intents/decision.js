// @ts-check
// <sb-decision>: the questions asked before a proposal is approved, split, snoozed or discarded, and the sheet of
// shortcuts.

import { css, html, nothing } from '../../kit/vendor/lit.js';
import '../../kit/dialog.js';
import { HttpError } from '../../kit/http.js';
import { icon } from '../../kit/icons.js';
import { base, buttons, fields, parts } from '../../kit/styles.js';
import { counted, percent } from './figures.js';
import { InboxElement } from './inbox-element.js';
import { inboxShortcuts } from './keyboard.js';
import './merge.js';
import { questionStyles } from './question-styles.js';
import { wordsOf } from './store.js';

/** @typedef {'approve' | 'merge' | 'split' | 'discard' | 'snooze' | 'help'} Question */

const reasons = ['Not something we serve', 'Another intent covers it', 'Too mixed', 'Not a wish at all'];
const shares = [
  { share: 1, name: 'Everybody', words: 'The next customer who asks is served by it.' },
  { share: 0.5, name: 'Half', words: 'Every other conversation, then everybody once it proves good.' },
  { share: 0.1, name: 'A tenth', words: 'One conversation in ten first; taken back by itself if it does harm.' },
];
const naps = [
  { days: 1, name: 'A day' },
  { days: 7, name: 'A week' },
  { days: 30, name: 'A month' },
];

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
        const whom =
          share === 1 ? 'the next customer who asks is served by it' : `it serves ${percent(share)} of conversations`;
        return this.#decide(
          'approve',
          { share, reason: text('reason'), force: this.isForced },
          (name) => `“${name}” is live: ${whom}.`,
        );
      }
      case 'split':
        return this.#decide('split', {}, (name) => `“${name}” was split; both parts are in the list.`);
      case 'snooze':
        return this.#decide('snooze', { days: Number(text('days')) }, (name) => `“${name}” is snoozed.`);
      case 'discard':
        return this.#decide('discard', { reason: text('reason') }, (name) => `“${name}” was discarded and stays so.`);
    }
    return undefined;
  }

  render() {
    const shut = () => this.tell('shut');
    const name = this.inbox.detail?.name ?? '';
    // Decided: the next proposal opens while this dialog closes.
    if (!name && this.question !== 'help') return nothing;
    if (this.question === 'help')
      return html`<sb-dialog heading="Keys of the inbox" @shut=${shut} data-testid="inbox-shortcuts"
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
        heading="Merge “${name}”"
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
        <div class="foot"><button type="button" class="button plain" @click=${shut}>Cancel</button>${button}</div>
      </form></sb-dialog
    >`;
  }

  /** @param {string} name @returns {{heading: string, body: unknown, button: unknown}} */
  #asked(name) {
    const detail = this.inbox.detail;
    switch (this.question) {
      case 'split':
        return {
          heading: 'Split in two?',
          body: html`<p class="soft">
            The ${counted(detail?.turns ?? 0, 'turn')} of “${name}” are parted where they differ most. Both parts stay
            in the inbox, and you can take it back.
          </p>`,
          button: this.#go('Split', 'split', 'primary', true),
        };
      case 'snooze':
        return {
          heading: `Snooze “${name}”`,
          body: html`<div class="choices">
              ${naps.map(
                ({ days, name: label }, at) =>
                  html`<label
                    ><input type="radio" name="days" value=${days} ?checked=${at === 1} ?autofocus=${at === 1} /><b
                      >${label}</b
                    ></label
                  >`,
              )}
            </div>
            <p class="hint">It keeps gathering turns meanwhile.</p>`,
          button: this.#go('Snooze', 'clock'),
        };
      case 'discard':
        return {
          heading: `Discard “${name}”`,
          body: html`<p class="soft">
              It stays discarded when discovery finds it again. The reason is kept for your colleagues.
            </p>
            <div class="reasons">
              ${reasons.map(
                (reason) =>
                  html`<button type="button" class="button small" @click=${this.#fill(reason)}>${reason}</button>`,
              )}
            </div>
            <div class="field">
              <label for="reason">Why</label
              ><input class="input" id="reason" name="reason" required maxlength="500" autofocus data-testid="reason" />
            </div>`,
          button: this.#go('Discard', 'close', 'danger'),
        };
      default:
        return {
          heading: `Approve “${name}”`,
          body: this.#approval(),
          button: this.isForced ? this.#go('Approve anyway', 'check', 'danger') : this.#go('Approve', 'check'),
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
    const served =
      draft.support === 'assist_only'
        ? 'The agent collects what is needed, then a person serves it'
        : {
            article: `The agent answers from “${target}”`,
            tool: `The agent looks it up with “${target}”`,
            queue: `A person in “${target}” answers`,
          }[draft.solution.kind];
    return html`<p>${served}. It learns from ${counted(draft.examples.length, 'example')}.</p>
      <p class=${replay ? 'soft' : 'flag'}>
        ${replay
          ? html`In the last ${replay.days} days it would have caught ${counted(replay.caught.part, 'turn')}.`
          : html`${icon('alert', 16)} Not replayed in its present form: nobody has seen yet what it would change.`}
      </p>
      <div class="choices" role="radiogroup" aria-label="Who is served by it">
        ${shares.map(
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
        <label for="reason">Why (optional)</label><input class="input" id="reason" name="reason" maxlength="500" />
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
      ${icon(sign, 16)} ${this.isBusy ? 'One moment' : words}
    </button>`;

  /** @param {string} reason */
  #fill = (reason) => () => {
    const field = /** @type {HTMLInputElement} */ (this.renderRoot.querySelector('#reason'));
    field.value = reason;
    field.focus();
  };
}

customElements.define('sb-decision', Decision);
