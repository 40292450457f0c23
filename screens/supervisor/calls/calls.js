// @ts-check
// <sb-calls>: how long callers waited for an answer, over many calls, and where the time went.

import { LitElement, css, html, nothing } from '../../kit/vendor/lit.js';
import { getJson } from '../../kit/http.js';
import { icon } from '../../kit/icons.js';
import { base, buttons, parts } from '../../kit/styles.js';
import { strings as shared } from '../strings.js';
import { strings } from './strings.js';

const SPANS = [
  [1, strings.lastHour],
  [24, strings.lastDay],
  [24 * 7, strings.lastWeek],
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
        <h2>${strings.heading}</h2>
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
          >${icon('download', 15)} ${shared.csv}</a
        >
      </div>
      <section class="card" data-testid="latency">${this.#body()}</section>`;
  }

  #body() {
    if (this.problem)
      return html`<p class="empty" role="alert">
        ${this.problem} <button class="button small" @click=${() => this.#load()}>${shared.tryAgain}</button>
      </p>`;
    if (!this.report) return html`<p class="empty">${strings.loading}</p>`;
    if (!this.report.turns) return html`<p class="empty">${strings.none}</p>`;
    return html`${this.#answers(this.report)}${this.#steps(this.report.steps)}`;
  }

  /** @param {Latency} report */
  #answers({ turns, calls, p50_ms, p95_ms }) {
    return html`<div class="big">
      <p><b>${seconds(p50_ms)}</b><span>${strings.half}</span></p>
      <p><b>${seconds(p95_ms)}</b><span>${strings.most}</span></p>
      <p><b>${turns}</b><span>${strings.answers(calls)}</span></p>
    </div>`;
  }

  /** @param {Latency['steps']} steps */
  #steps(steps) {
    const longest = Math.max(...steps.map((step) => step.p95_ms), 1);
    return html`<table>
      <thead>
        <tr>
          <th>${strings.fromLastSound}</th>
          <th aria-hidden="true"></th>
          <th class="number">${strings.halfWithin}</th>
          <th class="number">${strings.mostWithin}</th>
        </tr>
      </thead>
      <tbody>
        ${steps.map((step) => this.#step(step, longest))}
      </tbody>
    </table>`;
  }

  /** @param {Latency['steps'][number]} step @param {number} longest of all steps, in ms */
  #step({ step, p50_ms: half, p95_ms: most }, longest) {
    const [name, why] = strings.steps[step] ?? [step, nothing];
    return html`<tr>
      <th scope="row">
        ${name}
        <div class="why">${why}</div>
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
