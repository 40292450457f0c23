// @ts-check
// <sb-workers>: what runs by itself in this server, and how it fares. Asked every ten seconds while it is in sight.

import { LitElement, css, html, nothing } from '../../kit/vendor/lit.js';
import { HttpError, getJson } from '../../kit/http.js';
import { base, parts } from '../../kit/styles.js';
import { ago, timer } from '../../kit/time.js';
import { strings as shared } from '../strings.js';
import { tableStyles } from '../table-styles.js';
import { strings } from './strings.js';

/**
 * @typedef {{name: string, is_well: boolean, last_success: string | null, last_error: string,
 *   last_error_at: string | null, failures: number, pause_seconds: number}} Worker
 */

const ASK_MS = 10_000;

export class Workers extends LitElement {
  static properties = { workers: { state: true }, problem: { state: true } };
  static styles = [
    base,
    parts,
    tableStyles,
    css`
      .bad {
        color: var(--bad);
      }
    `,
  ];

  constructor() {
    super();
    /** @type {Worker[] | null} */
    this.workers = null;
    this.problem = '';
  }

  connectedCallback() {
    super.connectedCallback();
    void this.#ask();
    this.asking = window.setInterval(() => void this.#ask(), ASK_MS);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    window.clearInterval(this.asking);
  }

  async #ask() {
    try {
      this.workers = (await getJson('/healthz')).workers;
      this.problem = '';
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      this.problem = error.status === 503 ? strings.noDatabase : error.message;
    }
  }

  render() {
    return html`<div class="tools">
        <h2>${strings.work}</h2>
        ${this.problem ? html`<p class="bad" role="status">${this.problem}</p>` : nothing}
      </div>
      <div class="sheet quiet-scroll">
        <table data-testid="workers">
          <thead>
            <tr>
              <th scope="col"><span>${strings.workColumns.what}</span></th>
              <th scope="col"><span>${strings.workColumns.state}</span></th>
              <th scope="col" class="optional"><span>${strings.workColumns.lastDone}</span></th>
              <th scope="col" class="optional"><span>${strings.workColumns.lastFailure}</span></th>
            </tr>
          </thead>
          <tbody>
            ${(this.workers ?? []).map((worker) => this.#row(worker))}
          </tbody>
        </table>
        ${this.workers || this.problem ? nothing : html`<p class="empty">${shared.loading}</p>`}
      </div>`;
  }

  /** @param {Worker} worker */
  #row(worker) {
    const failed = worker.last_error_at ? `${worker.last_error}, ${ago(worker.last_error_at)}` : '';
    return html`<tr data-testid="worker" data-name=${worker.name}>
      <td>${strings.workers[worker.name] ?? worker.name}</td>
      <td>${worker.is_well ? this.#well(worker) : this.#failing(worker)}</td>
      <td class="optional num">${worker.last_success ? ago(worker.last_success) : ''}</td>
      <td class="optional">${failed}</td>
    </tr>`;
  }

  /** @param {Worker} worker */
  #well(worker) {
    return worker.last_success ? strings.works : html`<span class="faint">${strings.nothingToDo}</span>`;
  }

  /** @param {Worker} worker */
  #failing(worker) {
    return strings.failing(worker.failures, timer(worker.pause_seconds));
  }
}

customElements.define('sb-workers', Workers);
