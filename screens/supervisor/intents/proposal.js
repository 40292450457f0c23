// @ts-check
// <sb-proposal>: one proposal to read, correct, replay and decide.

import { html, nothing, repeat } from '../../kit/vendor/lit.js';
import { icon } from '../../kit/icons.js';
import { base, buttons, fields, parts } from '../../kit/styles.js';
import { dayAndClock } from '../../kit/time.js';
import { plain } from '../../kit/words.js';
import './attributes-editor.js';
import { badgesOf } from './badges.js';
import { chartStyles } from './charts-styles.js';
import { dayBars, dayScale, levelBar } from './charts.js';
import './evidence.js';
import './examples-editor.js';
import { counted, percent } from './figures.js';
import { InboxElement } from './inbox-element.js';
import { proposalStyles } from './proposal-styles.js';
import './replay-view.js';
import './serving-editor.js';

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
              <div class="middle" @edited=${this.#edited} @example=${this.#example}>
                ${this.#top(detail)}
                <sb-replay class="card" .inbox=${this.inbox} .detail=${detail}></sb-replay>
                <sb-evidence class="card" .detail=${detail} .canEdit=${reviewable.has(detail.status)}></sb-evidence>
                <sb-examples
                  class="card"
                  .examples=${detail.draft.examples}
                  .canEdit=${reviewable.has(detail.status)}
                ></sb-examples>
                <sb-attributes
                  class="card"
                  .questions=${detail.draft.attributes}
                  .asked=${detail.asked_next}
                  .canEdit=${reviewable.has(detail.status)}
                ></sb-attributes>
                <sb-serving
                  class="card"
                  .draft=${detail.draft}
                  .library=${this.inbox.library}
                  .suggested=${detail.articles}
                  .canEdit=${reviewable.has(detail.status)}
                ></sb-serving>
              </div>
              <aside>${this.#side(detail)}</aside>
            </div>
          </div>`,
    );
  }

  /** It is being read, or could not be. */
  #missing() {
    const { inbox } = this;
    return html`<div class="actions">
        <button class="icon-button back" aria-label="Back to the list" @click=${() => inbox.select(null)}>
          ${icon('back')}
        </button>
        ${inbox.readProblem ? nothing : html`<span class="faint">Loading</span>`}
      </div>
      <div class="scroll">
        ${inbox.readProblem
          ? html`<div class="unread" role="alert" data-testid="proposal-error">
              ${icon('alert', 30)}<b>The proposal could not be read</b>
              <p class="soft">${inbox.readProblem}</p>
              <button class="button" @click=${() => inbox.readAgain()}>${icon('retry', 16)} Try again</button>
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
    return html`<div
      class="actions ${reviewable.has(detail.status) ? 'decide' : ''}"
      role="toolbar"
      aria-label="Decide"
    >
      <button
        class="icon-button back"
        aria-label="Back to the list"
        data-testid="back"
        @click=${() => this.inbox.select(null)}
      >
        ${icon('back')}
      </button>
      ${reviewable.has(detail.status)
        ? [
            button('approve', 'A', 'Approve', 'primary', 'check'),
            button('merge', 'M', 'Merge', '', 'merge'),
            button('split', 'S', 'Split', '', 'split'),
            button('snooze', 'Z', 'Snooze', '', 'clock'),
            button('discard', 'X', 'Discard', '', 'close'),
          ]
        : [
            html`<span class="chip ${detail.status === 'approved' ? 'good' : ''}">${plain(detail.status)}</span
              ><span class="soft one-line">by ${detail.decided_by}${detail.reason ? `: ${detail.reason}` : ''}</span>`,
            detail.intent
              ? html`<a class="button" href="#library/${encodeURIComponent(detail.intent)}"
                  >${icon('book', 16)} In the library</a
                >`
              : nothing,
            detail.status === 'approved'
              ? nothing
              : detail.undoable
                ? html`<button
                    class="button"
                    ?disabled=${this.inbox.isBusy}
                    data-testid="undo-merge"
                    @click=${() => this.inbox.undoFromHistory(/** @type {string} */ (detail.undoable))}
                  >
                    ${icon('retry', 16)} Undo the merge
                  </button>`
                : html`<button class="button" data-testid="reopen" @click=${this.#reopen}>
                    ${icon('retry', 16)} Reopen
                  </button>`,
          ]}
      <span class="grow"></span>${reviewable.has(detail.status) ? this.#saved() : nothing}
    </div>`;
  }

  #reopen = async () => {
    try {
      await this.inbox.decide('reopen', {}, (name) => `“${name}” is back in the inbox.`);
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
        >${icon('alert', 15)} Not saved. ${problem}</span
      >`;
    return html`<span class="saved" role="status" data-testid="save-state"
      >${state === 'saving'
        ? html`${icon('clock', 14)} <span>Saving</span>`
        : html`${icon('check', 14)} <span>Saved</span>`}</span
    >`;
  }

  /** @param {Detail} detail */
  #top(detail) {
    const isFixed = !reviewable.has(detail.status);
    const written = (/** @type {'name' | 'description'} */ field) => (/** @type {Event} */ event) => {
      const input = /** @type {HTMLTextAreaElement} */ (event.target);
      const value = (field === 'name' ? input.value.replaceAll(/\s+/g, ' ') : input.value).trim();
      if (!value) {
        input.value = detail.draft[field];
        this.inbox.say(`The ${field} cannot be empty.`);
      } else if (value !== detail.draft[field] || this.inbox.draft.state === 'failed')
        void this.inbox.edit({ [field]: value });
    };
    return html`<div class="top">
      <h2 class="sr-only">${detail.name}</h2>
      <div class="badges">
        ${badgesOf(detail)}<span class="chip" title="Line of business">${detail.line_of_business}</span>
      </div>
      <textarea
        class="title"
        dir="auto"
        rows="1"
        aria-label="Name"
        maxlength="120"
        .value=${detail.draft.name}
        ?readonly=${isFixed}
        data-testid="name"
        @change=${written('name')}
        @keydown=${this.#leave}
      ></textarea>
      <textarea
        class="about"
        dir="auto"
        aria-label="Description"
        rows="2"
        maxlength="2000"
        placeholder="What is it, and what is it not? One or two sentences for colleagues."
        .value=${detail.draft.description}
        ?readonly=${isFixed}
        data-testid="description"
        @change=${written('description')}
      ></textarea>
      <p class="facts num">
        <span><b>${detail.conversations}</b> ${detail.conversations === 1 ? 'conversation' : 'conversations'}</span
        ><span><b>${detail.turns}</b> ${detail.turns === 1 ? 'turn' : 'turns'}</span
        ><span><b>${detail.this_week}</b> this week</span
        ><span class="faint">first seen ${dayAndClock(detail.first_seen)}</span>${detail.subtitle.length
          ? html`<span class="faint">telling words: ${detail.subtitle.join(', ')}</span>`
          : nothing}
      </p>
    </div>`;
  }

  /** @param {Detail} detail */
  #side(detail) {
    const shaped = detail.undoable && detail.history.findLast((one) => one.reshape === detail.undoable);
    return html` ${detail.flags.length
        ? html`<section class="card" data-testid="flags">
            <h3>Mind</h3>
            ${detail.flags.map((flag) => html`<p class="flag">${icon('alert', 16)} <span>${flag}</span></p>`)}
          </section>`
        : nothing}
      <section class="card">
        <header>
          <h3>Trend</h3>
          ${detail.trend
            ? html`<span class="faint num" title="Turns in the last seven days, against a usual week before"
                >${detail.trend.recent} in 7 days, ${trendWords(detail.trend)}</span
              >`
            : nothing}
        </header>
        <div>${dayBars(detail.per_day, { width: 280, height: 62, isNamed: true })}${dayScale(detail.per_day)}</div>
      </section>
      <section class="card" data-testid="nearest">
        <h3>Nearest intents</h3>
        ${detail.nearest.length
          ? html`<ul class="near">
              ${detail.nearest.map(
                (near) =>
                  html`<li>
                    <a href="#library/${encodeURIComponent(near.intent)}">${near.name}</a>${levelBar(
                      near.similarity,
                      `Likeness ${near.similarity.toFixed(2)} of 1`,
                      near.similarity >= 0.85 ? 'warn' : 'accent',
                    )}
                    <span class="faint num"
                      >likeness ${near.similarity.toFixed(2)} ·
                      ${near.overlap
                        ? `first guess for ${percent(near.overlap)} of turns`
                        : 'first guess for no turn'}</span
                    >
                  </li>`,
              )}
            </ul>`
          : html`<p class="faint">The library is empty.</p>`}
      </section>
      <section class="card">
        <h3>How good a group</h3>
        <dl class="figures">
          ${figure(
            'New to us',
            `${percent(detail.unmatched)} not understood`,
            detail.unmatched,
            'Share of its turns that no intent was found for',
          )}
          ${figure(
            'Belongs together',
            detail.cohesion.toFixed(2),
            detail.cohesion,
            'Mean likeness of its turns to their middle',
          )}
          ${figure(
            'Found again',
            percent(detail.stability),
            detail.stability,
            'Share of independent runs that keep its turns together',
          )}
          ${figure('Of all that is said', percent(detail.share), null, 'Share of the turns looked at')}
        </dl>
      </section>
      ${detail.history.length
        ? html`<section class="card">
            <h3>What happened to it</h3>
            <ol class="past">
              ${detail.history.map(
                (one) =>
                  html`<li>
                    <b>${one.actor}</b> ${plain(one.action).toLowerCase()}${one.reason ? `: ${one.reason}` : ''}
                    <span class="faint num">${dayAndClock(one.at)}</span>${one === shaped
                      ? html` <button
                          class="button small"
                          ?disabled=${this.inbox.isBusy}
                          title="Bring back the proposals as they were before"
                          data-testid="undo-reshape"
                          @click=${() => this.inbox.undoFromHistory(/** @type {string} */ (detail.undoable))}
                        >
                          Undo
                        </button>`
                      : nothing}
                  </li>`,
              )}
            </ol>
          </section>`
        : nothing}`;
  }
}

/**
 * @param {string} name
 * @param {string} value
 * @param {number | null} level 0 to 1, null for no bar
 * @param {string} title
 */
const figure = (name, value, level, title) =>
  html`<div title=${title}>
    <dt>${name}</dt>
    <dd class="num">${value}</dd>
    ${level === null ? nothing : html`<dd class="bar">${levelBar(level, `${name}: ${value}`)}</dd>`}
  </div>`;

/** @param {{recent: number, before: number}} trend */
const trendWords = ({ before }) => (before < 0.5 ? 'none before' : `${Math.round(before)} usual`);

customElements.define('sb-proposal', ProposalView);
