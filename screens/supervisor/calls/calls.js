// @ts-check
// <sb-calls>: how long callers waited for an answer, over many calls, and where the time went.

import { LitElement, css, html, nothing } from '../../kit/vendor/lit.js';
import { getJson } from '../../kit/http.js';
import { icon } from '../../kit/icons.js';
import { base, buttons, parts } from '../../kit/styles.js';

const NAMES = /** @type {Record<string, [string, string]>} */ ({
  decided: ['Turn decided', 'waiting to be sure that the customer has finished'],
  transcript: ['Transcript', 'turning the sound into words'],
  decision: ['Decision', 'deciding what to answer, and putting it on disk'],
  first_audio: ['First sound', 'making the first words audible'],
  played: ['Heard', 'the way to the customer’s ear'],
});

const SPANS = [
  [1, 'Last hour'],
  [24, 'Last day'],
  [24 * 7, 'Last week'],
];

/**
 * @typedef {{turns: number, calls: number, p50_ms: number | null, p95_ms: number | null, steps: {step: string,
 *   p50_ms: number, p95_ms: number}[]}} Latency
 */

export class Calls extends LitElement {
  static properties = { hours: { state: true }, report: { state: true }, problem: { state: true } };
  static styles = [
    base,
    buttons,
    parts,
    css`
      :host {
        display: grid;
        gap: 16px;
        max-width: 60rem;
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 10px;
      }
      h2 {
        margin: 0;
        font-size: var(--text-l);
      }
      .grow {
        flex: 1;
      }
      @media (max-width: 560px) {
        h2 {
          flex-basis: 100%;
        }
        .head .grow {
          display: none;
        }
        .head a {
          margin-inline-start: auto;
        }
      }
      .card {
        padding: 16px 18px;
        border: 1px solid var(--line);
        border-radius: var(--radius-l);
        background: var(--surface);
      }
      .big {
        display: flex;
        flex-wrap: wrap;
        gap: 8px 34px;
        margin: 0 0 16px;
      }
      .big b {
        display: block;
        font-size: var(--text-2xl);
        font-weight: 600;
        letter-spacing: -0.02em;
        font-variant-numeric: tabular-nums;
      }
      .big span {
        color: var(--ink-soft);
        font-size: var(--text-s);
      }
      table {
        width: 100%;
        border-collapse: collapse;
        font-variant-numeric: tabular-nums;
      }
      th {
        text-align: left;
        font-weight: 550;
        padding: 7px 8px 7px 0;
        white-space: nowrap;
      }
      td {
        padding: 7px 8px 7px 0;
      }
      td.number {
        text-align: right;
        white-space: nowrap;
        width: 5.5rem;
      }
      thead th {
        color: var(--ink-faint);
        font-size: var(--text-s);
        border-bottom: 1px solid var(--line);
      }
      thead th.number {
        text-align: right;
      }
      .bar {
        display: block;
        height: 10px;
        min-width: 2px;
        border-radius: 3px;
        background: var(--accent);
      }
      .why {
        color: var(--ink-faint);
        font-size: var(--text-s);
        font-weight: 400;
        white-space: normal;
      }
      .empty {
        color: var(--ink-soft);
      }
    `,
  ];

  constructor() {
    super();
    this.hours = 24;
    /** @type {Latency | null} */ this.report = null;
    this.problem = '';
  }

  connectedCallback() {
    super.connectedCallback();
    this.#load();
  }

  async #load() {
    this.problem = '';
    try {
      this.report = await getJson(`/api/reports/latency?hours=${this.hours}`);
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error);
    }
  }

  /** @param {number} hours */
  #choose(hours) {
    this.hours = hours;
    this.report = null;
    this.#load();
  }

  render() {
    return html`<div class="head">
        <h2>How long callers wait for an answer</h2>
        <span class="grow"></span>
        ${SPANS.map(
          ([hours, name]) =>
            html`<button
              class="button small ${hours === this.hours ? 'primary' : ''}"
              aria-pressed=${hours === this.hours}
              @click=${() => this.#choose(Number(hours))}
            >
              ${name}
            </button>`,
        )}
        <a class="button small" href="/api/reports/latency.csv?hours=${this.hours}" download
          >${icon('download', 15)} CSV</a
        >
      </div>
      <section class="card" data-testid="latency">${this.#body()}</section>`;
  }

  #body() {
    if (this.problem)
      return html`<p class="empty" role="alert">
        ${this.problem} <button class="button small" @click=${() => this.#load()}>Try again</button>
      </p>`;
    if (!this.report) return html`<p class="empty">Loading…</p>`;
    if (!this.report.turns)
      return html`<p class="empty">
        No answered turn of a call in this time. Ring up from the customer’s page and talk to the agent: every answer
        leaves its times here.
      </p>`;
    return html`${this.#answers(this.report)}${this.#steps(this.report.steps)}`;
  }

  /** @param {Latency} report */
  #answers({ turns, calls, p50_ms, p95_ms }) {
    return html`<div class="big">
      <p><b>${seconds(p50_ms)}</b><span>half of the answers came within</span></p>
      <p><b>${seconds(p95_ms)}</b><span>19 of 20 came within</span></p>
      <p><b>${turns}</b><span>answers in ${calls} call${calls === 1 ? '' : 's'}</span></p>
    </div>`;
  }

  /** @param {Latency['steps']} steps */
  #steps(steps) {
    const longest = Math.max(...steps.map((step) => step.p95_ms), 1);
    return html`<table>
      <thead>
        <tr>
          <th>From the customer’s last sound</th>
          <th aria-hidden="true"></th>
          <th class="number">half within</th>
          <th class="number">19 of 20</th>
        </tr>
      </thead>
      <tbody>
        ${steps.map((step) => this.#step(step, longest))}
      </tbody>
    </table>`;
  }

  /** @param {Latency['steps'][number]} step @param {number} longest of all steps, in ms */
  #step({ step, p50_ms: half, p95_ms: most }, longest) {
    return html`<tr>
      <th scope="row">
        ${NAMES[step]?.[0] ?? step}
        <div class="why">${NAMES[step]?.[1] ?? nothing}</div>
      </th>
      <td style="width: 45%"><i class="bar" style="width: ${(100 * half) / longest}%"></i></td>
      <td class="number">${Math.round(half)} ms</td>
      <td class="number">${Math.round(most)} ms</td>
    </tr>`;
  }
}

/** @param {number | null} ms */
const seconds = (ms) => (ms === null ? '–' : `${(ms / 1000).toFixed(2)} s`);

customElements.define('sb-calls', Calls);
