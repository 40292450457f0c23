// @ts-check
// <sb-live>: every live conversation: filter, sort, open. Arrow keys move through the rows, Enter opens one.

import { html, nothing, repeat } from '../../kit/vendor/lit.js';
import { customerName } from '../../kit/lists.js';
import { StoreElement } from '../../kit/store-element.js';
import { icon } from '../../kit/icons.js';
import { moodFace } from '../../kit/mood.js';
import { base, buttons, fields, parts } from '../../kit/styles.js';
import { Ticker } from '../../kit/ticker.js';
import { ago, secondsSince, timer } from '../../kit/time.js';
import { reasonWord, stageWord } from '../../kit/words.js';
import { downloadCsv } from '../csv.js';
import { strings as shared } from '../strings.js';
import { tableStyles } from '../table-styles.js';
import { strings } from './strings.js';

/** @typedef {import('../../kit/protocol.js').WorkItem} WorkItem */

/** @type {Record<string, {name: string, stages: string[] | null}>} */
const filters = {
  all: { name: strings.filters.all, stages: null },
  agent: { name: strings.filters.agent, stages: ['agent'] },
  waiting: { name: strings.filters.waiting, stages: ['queued', 'offered'] },
  operator: { name: strings.filters.operator, stages: ['operator', 'operator_lost'] },
};

const order = ['queued', 'offered', 'operator_lost', 'operator', 'agent'];

/** @type {{id: string, name: string, key: (item: WorkItem) => string | number, isOptional?: boolean}[]} */
const columns = [
  { id: 'stage', name: strings.columns.stage, key: (item) => order.indexOf(item.stage) },
  { id: 'customer', name: strings.columns.customer, key: (item) => customerName(item).toLowerCase() },
  { id: 'about', name: strings.columns.about, key: (item) => (item.headline || item.intent || '~').toLowerCase() },
  { id: 'queue', name: strings.columns.queue, key: (item) => item.queue ?? '~', isOptional: true },
  { id: 'operator', name: strings.columns.operator, key: (item) => item.operator_name ?? '~', isOptional: true },
  { id: 'mood', name: strings.columns.mood, key: (item) => item.mood, isOptional: true },
  { id: 'wait', name: strings.columns.wait, key: (item) => -waitOf(item) },
  { id: 'length', name: strings.columns.length, key: (item) => -secondsSince(item.started_at), isOptional: true },
];

/** Fires `chosen` (detail: conversation id). */
export class Live extends StoreElement {
  static properties = {
    ...StoreElement.properties,
    filter: { state: true },
    words: { state: true },
    sortBy: { state: true },
    isReversed: { state: true },
  };
  static styles = [base, buttons, fields, parts, tableStyles];

  constructor() {
    super();
    new Ticker(this);
    this.filter = 'all';
    this.words = '';
    this.sortBy = 'stage';
    this.isReversed = false;
  }

  get #rows() {
    const { stages } = filters[this.filter];
    const words = this.words.trim().toLowerCase();
    const key = /** @type {(typeof columns)[number]} */ (columns.find(({ id }) => id === this.sortBy)).key;
    const sign = this.isReversed ? -1 : 1;
    return this.store.live
      .filter((item) => !stages || stages.includes(item.stage))
      .filter(
        (item) =>
          !words ||
          [
            item.customer,
            item.headline,
            item.intent,
            item.operator_name,
            this.store.queueName(item.queue),
            item.last_text,
          ]
            .join(' ')
            .toLowerCase()
            .includes(words),
      )
      .sort((a, b) => sign * compare(key(a), key(b)) || a.started_at.localeCompare(b.started_at));
  }

  /** @param {string} id */
  #sort(id) {
    this.isReversed = this.sortBy === id && !this.isReversed;
    this.sortBy = id;
  }

  /** @param {KeyboardEvent} event @param {string} id */
  #pressed(event, id) {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.tell('chosen', id);
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const row = /** @type {HTMLElement} */ (event.currentTarget);
      const next = event.key === 'ArrowDown' ? row.nextElementSibling : row.previousElementSibling;
      /** @type {HTMLElement | null} */ (next)?.focus();
    }
  }

  #export() {
    const rows = this.#rows.map((item) => [
      item.conversation_id,
      item.stage,
      customerName(item),
      item.is_verified ? 'yes' : 'no',
      item.intent,
      item.headline,
      this.store.queueName(item.queue),
      item.operator_name,
      item.reason,
      item.mood,
      item.started_at,
      item.queued_at,
      item.last_at,
    ]);
    downloadCsv(
      'live-conversations.csv',
      [
        'conversation',
        'state',
        'customer',
        'verified',
        'intent',
        'headline',
        'queue',
        'operator',
        'reason',
        'mood',
        'started_at',
        'queued_at',
        'last_at',
      ],
      rows,
    );
  }

  render() {
    const rows = this.#rows;
    return html`${this.#tools(rows.length > 0)}
      <div class="sheet quiet-scroll">
        <table data-testid="live-table">
          <thead>
            <tr>
              ${columns.map((column) => this.#head(column))}
            </tr>
          </thead>
          <tbody>
            ${repeat(
              rows,
              (item) => item.conversation_id,
              (item, at) => this.#row(item, at),
            )}
          </tbody>
        </table>
        ${rows.length ? nothing : this.#nothing()}
      </div>`;
  }

  /** @param {boolean} hasRows there is something to take away */
  #tools(hasRows) {
    const written = (/** @type {InputEvent} */ event) =>
      (this.words = /** @type {HTMLInputElement} */ (event.target).value);
    return html`<div class="tools">
      <h2>${strings.heading}</h2>
      <div role="group" aria-label=${strings.show}>${Object.keys(filters).map((id) => this.#filter(id))}</div>
      <div class="search">
        ${icon('search', 16)}<input
          class="input"
          type="search"
          placeholder=${shared.filter}
          aria-label=${shared.filter}
          data-testid="live-filter"
          @input=${written}
        />
      </div>
      <button class="button" data-testid="live-csv" ?disabled=${!hasRows} @click=${this.#export}>
        ${icon('download', 16)} ${shared.csv}
      </button>
    </div>`;
  }

  /** @param {string} id */
  #filter(id) {
    return html`<button
      class="button small ${id === this.filter ? 'primary' : 'plain'}"
      aria-pressed=${id === this.filter}
      data-testid="filter-${id}"
      @click=${() => (this.filter = id)}
    >
      ${filters[id].name}
    </button>`;
  }

  /** @param {(typeof columns)[number]} column */
  #head({ id, name, isOptional }) {
    return html`<th
      class=${isOptional ? 'optional' : ''}
      scope="col"
      aria-sort=${id === this.sortBy ? (this.isReversed ? 'descending' : 'ascending') : nothing}
    >
      <button @click=${() => this.#sort(id)}>${name} ${id === this.sortBy ? icon('chevron', 13) : nothing}</button>
    </th>`;
  }

  #nothing() {
    return html`<p class="empty">
      ${!this.store.isLoaded ? shared.loading : this.store.live.length ? strings.noneFits : strings.none}
    </p>`;
  }

  /** @param {WorkItem} item @param {number} at */
  #row(item, at) {
    const { store } = this;
    const id = item.conversation_id;
    const wait = waitOf(item);
    return html`<tr
      class="row"
      tabindex=${at ? -1 : 0}
      aria-selected=${id === store.selectedId}
      data-testid="live-row"
      data-id=${id}
      @click=${() => this.tell('chosen', id)}
      @keydown=${(/** @type {KeyboardEvent} */ event) => this.#pressed(event, id)}
    >
      <td>
        <span class="stage brief ${item.stage}" title=${stageWord(item.stage)}><i></i>${stageWord(item.stage)}</span>
      </td>
      <td>${this.#customer(item)}</td>
      <td class="wide">${this.#about(item)}</td>
      <td class="optional">${store.queueName(item.queue)}</td>
      <td class="optional">${item.operator_name ?? ''}</td>
      <td class="optional">${moodFace(item.mood, item.mood_trend)}</td>
      <td class="num ${wait > 180 ? 'late' : ''}">${wait ? timer(wait) : ''}</td>
      <td class="num faint optional" title=${strings.lastMessage(ago(item.last_at))}>
        ${timer(secondsSince(item.started_at))}
      </td>
    </tr>`;
  }

  /** @param {WorkItem} item */
  #customer(item) {
    return html`<span class="name"
      >${icon(item.channel === 'voice' ? 'phone' : 'chat', 15)} ${customerName(item)}
      ${item.is_verified
        ? html`<span class="verified" title=${shared.verified}>${icon('shield', 14)}</span>`
        : nothing}</span
    >`;
  }

  /** @param {WorkItem} item */
  #about(item) {
    return html`<p class="one-line" dir="auto">
        ${item.headline || item.intent || html`<span class="faint">${item.last_text}</span>`}
      </p>
      ${item.reason ? html`<p class="faint one-line">${reasonWord(item.reason)}</p>` : nothing}`;
  }
}

/** Seconds this customer has waited so far; 0 when not waiting. @param {WorkItem} item */
function waitOf(item) {
  return item.queued_at && (item.stage === 'queued' || item.stage === 'offered') ? secondsSince(item.queued_at) : 0;
}

/** @param {string | number} a @param {string | number} b */
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

customElements.define('sb-live', Live);
