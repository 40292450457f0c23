// @ts-check
// <sb-procedure-differences>: the lines in which two versions of the procedures differ.

import { LitElement, css, html, nothing } from '../../kit/vendor/lit.js';
import { base, parts } from '../../kit/styles.js';
import { strings as shared } from '../strings.js';
import { getDifferences } from './api.js';
import { strings } from './strings.js';

/** @type {Record<string, string>} */
const KINDS = { '+': 'added', '-': 'removed', '@': 'place' };

export class ProcedureDifferences extends LitElement {
  static properties = {
    since: { type: Number },
    version: { type: Number },
    files: { state: true },
    problem: { state: true },
  };
  static styles = [
    base,
    parts,
    css`
      pre {
        margin: 6px 0 10px;
        max-height: 320px;
        overflow: auto;
        padding: 8px 0;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--ground);
        font-size: 12.5px;
        line-height: 1.5;
      }
      pre span {
        display: block;
        padding: 0 10px;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      .added {
        background: color-mix(in srgb, var(--good) 16%, transparent);
      }
      .removed {
        background: color-mix(in srgb, var(--bad) 14%, transparent);
      }
      .place {
        color: var(--ink-faint);
      }
    `,
  ];

  constructor() {
    super();
    this.since = 0;
    this.version = 0;
    /** @type {{name: string, lines: string[]}[] | null} */ this.files = null;
    this.problem = '';
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('since') || changed.has('version')) void this.#read();
  }

  async #read() {
    try {
      this.files = (await getDifferences(this.since, this.version)).files;
      this.problem = '';
    } catch (error) {
      this.problem = /** @type {Error} */ (error).message;
    }
  }

  render() {
    if (this.problem) return html`<p class="problem" role="alert">${this.problem}</p>`;
    if (!this.files) return html`<p class="soft">${shared.loading}</p>`;
    if (!this.files.length) return html`<p class="soft">${strings.sameTexts}</p>`;
    return html`${this.files.map(
      ({ name, lines }) =>
        html`<h3>${name}</h3>
          <pre tabindex="0" aria-label=${strings.linesOf(name)} data-testid="procedure-differences">
${lines.map((line) => html`<span class=${KINDS[line[0]] ?? nothing}>${line}</span>`)}</pre
          >`,
    )}`;
  }
}

customElements.define('sb-procedure-differences', ProcedureDifferences);
