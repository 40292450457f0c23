// @ts-check
// <sb-waterfall>: how long each answer of a call took, from the customer's last sound to the first they heard, and
// where
// the time went. The same numbers as a table. Data: `turn_timed` events, times in ms on the call's clock.
//
//   speech ends |== sure they are done ==|= words there =|= decided =|= voice =|= at the ear |
//
// What was ready early (words guessed during the silence) takes no time of its own: its stretch is empty.

import { LitElement, html, nothing } from './vendor/lit.js';
import { base, buttons } from './styles.js';
import { strings } from './waterfall-strings.js';
import { waterfallStyles } from './waterfall-styles.js';

/**
 * @typedef {{said_seq: number, speech_end_ms: number, decided_ms: number, transcript_ms: number,
 *   decision_ms: number, first_audio_ms: number, played_ms: number | null}} Timed
 */

/** The moments in order, and what the stretch before each is spent on. */
const steps = /** @type {const} */ (['decided', 'transcript', 'decision', 'first_audio', 'played']).map((id) => ({
  id,
  ...strings.steps[id],
}));

/** Stretches of one turn: each from the latest moment so far to its own. @param {Timed} turn */
export function stretchesOf(turn) {
  let from = 0;
  return steps.map(({ id, name }) => {
    const at = turn[`${id}_ms`] === null ? null : /** @type {number} */ (turn[`${id}_ms`]) - turn.speech_end_ms;
    const to = Math.max(from, at ?? from);
    const stretch = { id, name, at, from, to, ms: to - from };
    from = to;
    return stretch;
  });
}

/** Speech end to the first sound at the ear, or sent where the ear's device said nothing. @param {Timed} turn */
export const answerMs = (turn) => (turn.played_ms ?? turn.first_audio_ms) - turn.speech_end_ms;

/**
 * The value below which `share` of the numbers lie, by the nearest rank.
 * @param {number[]} numbers
 * @param {number} share 0 to 1
 */
export function percentile(numbers, share) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** Fires `show-turn` (detail: sequence number of the customer's turn). */
export class Waterfall extends LitElement {
  static properties = { turns: { attribute: false }, texts: { attribute: false }, isTable: { state: true } };
  static styles = [base, buttons, waterfallStyles];

  constructor() {
    super();
    /** @type {Timed[]} */ this.turns = [];
    /** What the customer said, by sequence number. @type {Map<number, string>} */ this.texts = new Map();
    this.isTable = false;
  }

  render() {
    if (!this.turns.length) return html`<p class="empty">${strings.nothing}</p>`;
    const answers = this.turns.map(answerMs);
    return html`<section aria-label=${strings.title} data-testid="waterfall">
      <div class="head">
        ${figures(answers)}
        <button
          class="button small"
          aria-pressed=${this.isTable}
          data-testid="waterfall-table"
          @click=${() => (this.isTable = !this.isTable)}
        >
          ${this.isTable ? strings.asBars : strings.asTable}
        </button>
      </div>
      <p class="what">${strings.what}</p>
      ${this.isTable ? this.#table() : this.#bars(answers)}
    </section>`;
  }

  /** @param {number[]} answers */
  #bars(answers) {
    const scale = niceCeiling(Math.max(...answers));
    const share = (/** @type {number} */ ms) => `${(100 * Math.max(0, ms)) / scale}%`;
    const ticks = Array.from({ length: 5 }, (_, at) => (at * scale) / 4);
    const marks =
      answers.length > 2
        ? [
            { name: 'p50', ms: percentile(answers, 0.5) },
            { name: 'p95', ms: percentile(answers, 0.95) },
          ]
        : [];
    return html`<ul class="legend" aria-hidden="true">
        ${steps.map(({ id, name, why }) => html`<li title=${why}><i class=${id}></i>${name}</li>`)}
      </ul>
      <div class="chart">
        <p class="axis num" aria-hidden="true">
          ${ticks.map((ms) => html`<span style="left:${share(ms)}">${Math.round(ms)}</span>`)}
        </p>
        <ol>
          ${this.turns.map((turn, at) => this.#bar(turn, answers[at], share))}
        </ol>
        <p class="marks" aria-hidden="true">
          ${marks.map(({ name, ms }) => html`<i style="left:${share(ms)}"><b>${name}</b></i>`)}
        </p>
      </div>`;
  }

  /** @param {Timed} turn @param {number} answer @param {(ms: number) => string} share */
  #bar(turn, answer, share) {
    const stretches = stretchesOf(turn);
    const words = stretches
      .map(({ name, ms, at }) => (at === null ? strings.notReported(name) : `${name}: +${Math.round(ms)} ms`))
      .join(', ');
    return html`<li>
      <button
        data-testid="waterfall-turn"
        title=${words}
        aria-label="${this.#said(turn)}: ${Math.round(answer)} ms. ${words}"
        @click=${() => this.#show(turn.said_seq)}
      >
        <span class="text one-line" dir="auto">${this.#said(turn)}</span
        ><span class="num ms">${Math.round(answer)}</span>
        <span class="bar"
          >${stretches.map(({ id, from, ms, at }) =>
            ms > 0 && at !== null ? html`<i class=${id} style="left:${share(from)};width:${share(ms)}"></i>` : nothing,
          )}</span
        >
      </button>
    </li>`;
  }

  #table() {
    return html`<div class="sheet quiet-scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">${strings.said}</th>
            ${steps.map(({ name, why }) => html`<th scope="col" class="num" title=${why}>${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${this.turns.map((turn) => this.#row(turn))}
        </tbody>
        <tfoot>
          ${this.#rankRow(strings.median, 0.5)} ${this.#rankRow(strings.percentile, 0.95)}
        </tfoot>
      </table>
      <p class="what">${strings.tableWhat}</p>
    </div>`;
  }

  /** @param {Timed} turn */
  #row(turn) {
    return html`<tr>
      <th scope="row">
        <button class="link one-line" @click=${() => this.#show(turn.said_seq)}>${this.#said(turn)}</button>
      </th>
      ${stretchesOf(turn).map(({ at }) => html`<td class="num">${at === null ? '–' : Math.round(at)}</td>`)}
    </tr>`;
  }

  /** @param {string} name @param {number} share */
  #rankRow(name, share) {
    return html`<tr>
      <th scope="row">${name}</th>
      ${steps.map(({ id }) => html`<td class="num">${this.#rank(id, share)}</td>`)}
    </tr>`;
  }

  /** @param {typeof steps[number]['id']} id @param {number} share */
  #rank(id, share) {
    const numbers = this.turns.flatMap((turn) =>
      turn[`${id}_ms`] === null ? [] : [/** @type {number} */ (turn[`${id}_ms`]) - turn.speech_end_ms],
    );
    return numbers.length ? Math.round(percentile(numbers, share)) : '–';
  }

  /** @param {Timed} turn */
  #said({ said_seq: seq }) {
    return this.texts.get(seq) ?? strings.turn(seq);
  }

  /** @param {number} seq */
  #show(seq) {
    this.dispatchEvent(new CustomEvent('show-turn', { detail: seq, bubbles: true, composed: true }));
  }
}

/** How long the answers took, in three numbers. @param {number[]} answers in ms */
const figures = (answers) =>
  html`<dl>
    <div>
      <dt>${strings.median}</dt>
      <dd class="num" data-testid="p50">${Math.round(percentile(answers, 0.5))}<small> ms</small></dd>
    </div>
    <div>
      <dt title=${strings.percentileMeans}>${strings.percentile}</dt>
      <dd class="num" data-testid="p95">${Math.round(percentile(answers, 0.95))}<small> ms</small></dd>
    </div>
    <div>
      <dt>${strings.answers}</dt>
      <dd class="num">${answers.length}</dd>
    </div>
  </dl>`;

/** The next round number for an axis in quarters. @param {number} ms */
export function niceCeiling(ms) {
  const step = [200, 400, 600, 800, 1000, 1200, 1600, 2000, 3000, 4000, 6000, 8000, 12_000, 20_000].find(
    (limit) => ms <= limit,
  );
  return step ?? Math.ceil(ms / 20_000) * 20_000;
}

customElements.define('sb-waterfall', Waterfall);
