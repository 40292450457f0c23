// @ts-check
// <sb-record>: the customer's CRM record: who they are, policies, cases, leads. Shows what the record has, in that
// order.

import { LitElement, css, html, nothing } from './vendor/lit.js';
import { icon } from './icons.js';
import { locale } from './language.js';
import { strings } from './strings.js';
import { base, buttons, parts } from './styles.js';
import { date } from './time.js';
import { plain } from './words.js';

const SHUT = new Set(['closed', 'settled', 'declined', 'lapsed', 'cancelled', 'lost', 'won']);
const GOOD = new Set(['active', 'approved', 'settled', 'won']);
const BAD = new Set(['declined', 'lapsed', 'overdue']);

export class CustomerRecord extends LitElement {
  static properties = { record: { attribute: false } };
  static styles = [
    base,
    buttons,
    parts,
    css`
      :host {
        display: grid;
        gap: 14px;
      }
      dl {
        display: grid;
        grid-template-columns: 84px 1fr;
        gap: 3px 8px;
      }
      dt {
        color: var(--ink-faint);
      }
      dd {
        overflow-wrap: anywhere;
        font-variant-numeric: tabular-nums;
      }
      h3 {
        margin-bottom: 4px;
        font-size: var(--text-s);
        font-weight: 600;
        color: var(--ink-faint);
      }
      .name {
        display: flex;
        align-items: center;
        gap: 7px;
        margin-bottom: 5px;
        font-weight: 650;
      }
      details {
        margin: 0 -8px;
        border-radius: var(--radius-m);
      }
      details[open] {
        background: var(--sunken);
      }
      summary {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: 0 8px;
        padding: 5px 8px;
        border-radius: var(--radius-m);
        cursor: pointer;
        list-style: none;
      }
      summary::-webkit-details-marker {
        display: none;
      }
      summary:hover {
        background: var(--hover);
      }
      summary .what {
        font-weight: 550;
      }
      summary .more {
        grid-column: 1 / -1;
        font-size: var(--text-s);
        color: var(--ink-faint);
      }
      details dl {
        padding: 2px 8px 9px;
        font-size: var(--text-s);
      }
      .history {
        display: grid;
        gap: 4px;
        padding: 0 8px 9px;
        font-size: var(--text-s);
      }
      .shut .what {
        color: var(--ink-faint);
        font-weight: 450;
      }
    `,
  ];

  constructor() {
    super();
    /** @type {Record<string, any>} */ this.record = {};
  }

  render() {
    const { customer = {}, policies = [], cases = [], leads = [] } = this.record;
    return html`${this.#customer(customer)}
    ${group(strings.record.cases, cases, (row) => ({
      what: row.subject ?? row.number,
      id: row.number,
      more: row.next_step ?? '',
    }))}
    ${group(strings.record.policies, policies, (row) => ({
      what: plain(String(row.product ?? strings.record.policy)),
      id: row.number,
      more: row.cover ?? '',
    }))}
    ${group(strings.record.leads, leads, (row) => ({
      what: plain(String(row.product ?? strings.record.lead)),
      id: row.application_number ?? row.id,
      more: row.score === undefined ? '' : strings.record.score(row.score, row.grade),
    }))}`;
  }

  /** @param {Record<string, any>} customer */
  #customer({ name, tier, ...rest }) {
    if (!name) return nothing;
    return html`<section>
      <p class="name">
        ${icon('person', 16)} ${name} ${tier ? html`<span class="chip accent">${plain(String(tier))}</span>` : nothing}
      </p>
      ${values(rest)}
    </section>`;
  }
}

/**
 * @param {string} title
 * @param {Record<string, any>[]} rows
 * @param {(row: Record<string, any>) => {what: string, id: string, more: string}} describe
 */
function group(title, rows, describe) {
  if (!rows.length) return nothing;
  const sorted = [...rows].sort((a, b) => Number(isShut(a)) - Number(isShut(b)));
  return html`<section>
    <h3>${title}</h3>
    ${sorted.map((row) => {
      const { what, id, more } = describe(row);
      const state = String(row.status ?? row.stage ?? '');
      const tone = GOOD.has(state) ? 'good' : BAD.has(state) ? 'bad' : SHUT.has(state) ? '' : 'accent';
      return html`<details class=${isShut(row) ? 'shut' : ''}>
        <summary>
          <span class="what">${what}</span>${state ? html`<span class="chip ${tone}">${plain(state)}</span>` : nothing}
          <span class="more"><span class="num">${id}</span>${more ? ` · ${more}` : ''}</span>
        </summary>
        ${values(row)}
      </details>`;
    })}
  </section>`;
}

/** @param {Record<string, any>} row */
const isShut = (row) => SHUT.has(String(row.status ?? row.stage ?? ''));

/** @param {Record<string, any>} row */
function values(row) {
  const shown = Object.entries(row).filter(
    ([name, value]) => value !== null && value !== '' && typeof value !== 'object' && name !== 'customer',
  );
  return html`<dl>
      ${shown.map(
        ([name, value]) =>
          html`<dt>${plain(name.replace(/_pence$/, ''))}</dt>
            <dd>${readable(name, value)}</dd>`,
      )}
    </dl>
    ${row.reasons?.length
      ? html`<ul class="history">
          ${row.reasons.map((/** @type {string} */ reason) => html`<li>${reason}</li>`)}
        </ul>`
      : nothing}
    ${row.history?.length
      ? html`<ul class="history">
          ${row.history.map(pastNote)}
        </ul>`
      : nothing}`;
}

/** @param {{at: string, text: string, is_internal: boolean}} note */
const pastNote = ({ at, text, is_internal: isInternal }) =>
  html`<li>
    <span class="faint">${date(at)}</span> ${text}
    ${isInternal ? html`<span class="chip warn">${strings.record.internal}</span>` : nothing}
  </li>`;

/** Money is kept in pence, dates as ISO. @param {string} name @param {any} value */
function readable(name, value) {
  if (name.endsWith('_pence'))
    return new Intl.NumberFormat(locale, { style: 'currency', currency: 'GBP' }).format(value / 100);
  if (typeof value === 'string' && /^\d{4}-/.test(value)) return date(value);
  if (typeof value === 'boolean') return value ? strings.record.yes : strings.record.no;
  return typeof value === 'string' && /^[a-z]+(_[a-z]+)+$/.test(value) ? plain(value) : String(value);
}

customElements.define('sb-record', CustomerRecord);
