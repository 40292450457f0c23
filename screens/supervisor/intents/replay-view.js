// @ts-check
// <sb-replay>: what the past days would have looked like with this proposal as an intent.

import { html, nothing } from '../../kit/vendor/lit.js';
import { icon } from '../../kit/icons.js';
import { base, buttons, fields, parts } from '../../kit/styles.js';
import { ago } from '../../kit/time.js';
import { strings as shared } from '../strings.js';
import { percent } from './figures.js';
import { InboxElement } from './inbox-element.js';
import { strings as proposalStrings } from './proposal-strings.js';
import { strings } from './replay-strings.js';
import { replayStyles } from './replay-styles.js';
import { replayTiles } from './replay-tiles.js';
import { sectionStyles } from './section-styles.js';

/** @typedef {import('./api.js').Replay} Replay */

const FIRST_MOVES = 6;
/** Fires `turn-chosen` (detail: conversation_id, seq). */
export class ReplayView extends InboxElement {
  static properties = {
    ...InboxElement.properties,
    detail: { attribute: false },
    days: { state: true },
    isWhole: { state: true },
  };
  static styles = [base, buttons, fields, parts, sectionStyles, replayStyles];

  constructor() {
    super();
    /** @type {import('./api.js').Proposal} */ this.detail;
    this.days = 30;
    this.isWhole = false;
  }

  render() {
    const { inbox, detail } = this;
    const running = inbox.replay?.proposal === detail.id ? inbox.replay.job : null;
    const isFixed = detail.status === 'approved' || detail.status === 'merged';
    return html`<header>
        <h3>${strings.heading}</h3>
        ${running || isFixed ? nothing : this.#asking()}
      </header>
      ${running ? this.#running(running) : detail.replay ? this.#result(detail.replay) : this.#missing(isFixed)}`;
  }

  #asking() {
    const { inbox, detail } = this;
    return html`<select
        class="input"
        aria-label=${strings.days}
        data-testid="replay-days"
        @change=${(/** @type {Event} */ event) =>
          (this.days = Number(/** @type {HTMLSelectElement} */ (event.target).value))}
      >
        ${[7, 30, 90].map(
          (days) => html`<option value=${days} ?selected=${days === this.days}>${strings.lastDays(days)}</option>`,
        )}
      </select>
      <button
        class="button small ${detail.replay ? '' : 'primary'}"
        data-testid="replay"
        ?disabled=${Boolean(inbox.replay)}
        @click=${() => inbox.runReplay(this.days)}
      >
        ${icon('retry', 15)} ${detail.replay ? strings.again : strings.replay}
      </button>`;
  }

  /** @param {import('./api.js').Job} job */
  #running({ step, share }) {
    return html`<div class="waiting" role="status" data-testid="replay-running">
      <p class="soft">${strings.steps[step] ?? strings.replaying}</p>
      <progress max="1" value=${share} aria-label=${shared.progress}></progress
      ><button class="button small more" @click=${() => this.inbox.cancelReplay()}>${shared.stop}</button>
    </div>`;
  }

  /** @param {boolean} isFixed it is decided already */
  #missing(isFixed) {
    return html`<p class="soft">${isFixed ? strings.decidedWithout : strings.notReplayed}</p>`;
  }

  /** @param {Replay} replay */
  #result(replay) {
    const { confusion, worst } = replay;
    return html`${replayTiles(replay)}
      ${confusion.length ? this.#changes(confusion) : html`<p class="soft">${strings.nothingChanges}</p>`}
      ${worst.length ? this.#worst(worst) : html`<p class="clean soft">${icon('check', 15)} ${strings.noMistake}</p>`}
      <p class="faint">
        ${strings.whatItCovers(shared.turns(replay.turns), replay.days, shared.since(ago(replay.at)))}
      </p>`;
  }

  /** What would have been understood as something else. @param {Replay['confusion']} confusion */
  #changes(confusion) {
    const moves = this.isWhole ? confusion : confusion.slice(0, FIRST_MOVES);
    return html`<div class="sheet">
        <table data-testid="confusion">
          <thead>
            <tr>
              <th scope="col">${strings.wasUnderstoodAs}</th>
              <th scope="col">${strings.wouldBe}</th>
              <th scope="col" class="num">${strings.turns}</th>
              <th scope="col">${strings.forInstance}</th>
            </tr>
          </thead>
          <tbody>
            ${moves.map(change)}
          </tbody>
        </table>
      </div>
      ${confusion.length > moves.length
        ? html`<button class="button small more" @click=${() => (this.isWhole = true)}>
            ${strings.showAll(confusion.length)}
          </button>`
        : nothing}`;
  }

  /** @param {Replay['worst']} worst */
  #worst(worst) {
    return html`<div class="sheet">
      <table data-testid="worst">
        <thead>
          <tr>
            <th scope="col">${strings.worst}</th>
            <th scope="col">${strings.wouldBe}</th>
            <th scope="col">${worst.some(({ intent }) => intent) ? strings.isReally : strings.was}</th>
            <th scope="col" class="num">${strings.sure}</th>
          </tr>
        </thead>
        <tbody>
          ${worst.map((one) => this.#mistake(one))}
        </tbody>
      </table>
    </div>`;
  }

  /** @param {Replay['worst'][number]} one */
  #mistake(one) {
    const { conversation_id, seq } = one;
    return html`<tr>
      <td class="across">
        <button
          class="turn"
          dir="auto"
          title=${proposalStrings.openTurn}
          @click=${() => this.tell('turn-chosen', { conversation_id, seq })}
        >
          ${shared.quoted(one.text)}
        </button>
      </td>
      <td class="to">${intentName(one.after_name ?? one.after)}</td>
      <td>${intentName(one.intent ? this.#nameOf(one.intent) : (one.before_name ?? one.before))}</td>
      <td class="num">${percent(one.probability)}</td>
    </tr>`;
  }

  /** @param {string} id */
  #nameOf(id) {
    return this.inbox.library?.intents.find((intent) => intent.id === id)?.name ?? id;
  }
}

/** @param {import('./api.js').Moved} move */
const change = (move) =>
  html`<tr>
    <td>${intentName(move.before_name ?? move.before)}</td>
    <td class="to">${intentName(move.after_name ?? move.after)}</td>
    <td class="num">${move.count}</td>
    <td class="said across" dir="auto">
      ${move.examples.map((text, at) => html`${at ? html`<br />` : nothing}${shared.quoted(text)}`)}
    </td>
  </tr>`;

/** @param {string | null} name */
const intentName = (name) => name ?? html`<span class="none">${strings.notUnderstood}</span>`;

customElements.define('sb-replay', ReplayView);
