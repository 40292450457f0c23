// @ts-check
// <sb-rail>: my conversations, who waits, who wants to be called.

import { html, nothing, repeat } from '../../kit/vendor/lit.js';
import { customerName } from '../../kit/lists.js';
import { StoreElement } from '../../kit/store-element.js';
import { icon } from '../../kit/icons.js';
import { moodFace } from '../../kit/mood.js';
import { base, buttons, parts } from '../../kit/styles.js';
import { Ticker } from '../../kit/ticker.js';
import { ago, secondsSince, timer } from '../../kit/time.js';
import { railStyles } from './rail-styles.js';
import { strings } from './strings.js';

/** @typedef {import('../../kit/protocol.js').WorkItem} WorkItem */
/** @typedef {import('../../kit/protocol.js').Callback} Callback */

/** Fires `chosen` (detail: conversation id) and `finish-callback` (detail: the callback). */
export class Rail extends StoreElement {
  static styles = [base, buttons, parts, railStyles];

  constructor() {
    super();
    new Ticker(this);
  }

  render() {
    const { store } = this;
    const mine = [...store.mine, ...store.joined];
    return html`<nav class="quiet-scroll" aria-label=${strings.title}>
      ${this.#section(
        { title: strings.mine, empty: strings.mineEmpty, id: 'section-mine', testId: 'my-work' },
        mine,
        (item) => item.conversation_id,
        (item) => this.#mine(item),
      )}
      ${this.#section(
        { title: strings.waiting, empty: strings.waitingEmpty, id: 'section-waiting', testId: 'waiting-list' },
        store.waiting,
        (item) => item.conversation_id,
        (item) => this.#waiting(item),
      )}
      ${this.#section(
        { title: strings.callbacks, empty: strings.callbacksEmpty, id: 'section-callbacks', testId: 'callbacks' },
        store.callbacks.filter(({ status }) => status === 'open' || status === 'taken'),
        ({ callback_id }) => callback_id,
        (callback) => this.#callback(callback),
      )}
    </nav>`;
  }

  /**
   * @template T
   * @param {{title: string, empty: string, id: string, testId: string}} names
   * @param {T[]} rows
   * @param {(row: T) => string} keyOf
   * @param {(row: T) => unknown} drawn
   */
  #section({ title, empty, id, testId }, rows, keyOf, drawn) {
    const list = html`<ul data-testid=${testId}>
      ${repeat(rows, keyOf, drawn)}
    </ul>`;
    const none = this.store.isLoaded
      ? html`<p class="empty">${empty}</p>`
      : html`<div class="skeleton" aria-label=${strings.loading}><i></i><i></i></div>`;
    return html`<section aria-labelledby=${id}>
      <h2 class="eyebrow" id=${id}>${title} <span class="num">${rows.length || ''}</span></h2>
      ${rows.length ? list : none}
    </section>`;
  }

  /** @param {WorkItem} item */
  #mine(item) {
    const { store } = this;
    const followed = store.followed.get(item.conversation_id);
    const unread = followed?.unread ?? 0;
    const time = item.call
      ? html`<span class="on-call">${timer(secondsSince(item.call.since))}</span>`
      : ago(item.last_at);
    return html`<li>
      <button
        class="item ${unread ? 'unread' : ''}"
        aria-current=${item.conversation_id === store.selectedId}
        data-testid="work-item"
        data-id=${item.conversation_id}
        data-stage=${item.stage}
        @click=${() => this.tell('chosen', item.conversation_id)}
      >
        ${head(item, html`<span class="time num">${time}</span>`)}
        <span class="preview one-line" dir="auto">${preview(item, Boolean(followed?.isCustomerTyping))}</span>
        ${tags(item, unread)}
      </button>
    </li>`;
  }

  /** @param {WorkItem} item */
  #waiting(item) {
    const wait = secondsSince(item.queued_at ?? item.started_at);
    const tone = wait > 180 ? 'bad' : wait > 60 ? 'warn' : '';
    const id = item.conversation_id;
    return html`<li class="waiting">
      <button
        class="item"
        aria-current=${id === this.store.selectedId}
        data-testid="waiting-item"
        data-id=${id}
        @click=${() => this.tell('chosen', id)}
      >
        ${head(item, html`<span class="time num ${tone}">${timer(wait)}</span>`)}
        <span class="preview one-line" dir="auto">${item.headline || item.last_text}</span>
        <span class="tags"
          ><span class="chip one-line">${this.store.queueName(item.queue)}</span>${item.stage === 'offered'
            ? html`<span class="faint">${strings.beingOffered}</span>`
            : nothing} <span class="grow"></span>${worry(item)}</span
        >
      </button>
      ${item.stage === 'queued' ? this.#take(id) : nothing}
    </li>`;
  }

  /** @param {string} id of a conversation that waits */
  #take(id) {
    return html`<button
      class="button small take"
      data-testid="pick"
      title=${strings.takeTitle}
      @click=${() => this.store.pick(id)}
    >
      ${strings.take}
    </button>`;
  }

  /** @param {Callback} callback */
  #callback(callback) {
    return html`<li class="callback" data-testid="callback">
      <p class="name">
        ${icon('phone', 15)} <b class="one-line">${callback.name || strings.customer}</b> <span class="grow"></span
        ><span class="time">${ago(callback.created_at)}</span>
      </p>
      <p>
        <a href="tel:${callback.phone.replace(/[^+\d]/g, '')}" class="num">${callback.phone}</a>
        <span class="soft">${callback.wanted_when}</span>
      </p>
      <p class="soft" dir="auto">${callback.about}</p>
      <p class="actions">
        ${this.#callbackStep(callback)}
        <button class="button small plain" @click=${() => this.tell('chosen', callback.conversation_id)}>
          ${strings.openChat}
        </button>
      </p>
    </li>`;
  }

  /** Take it, say that it is done, or see who has it. @param {Callback} callback */
  #callbackStep(callback) {
    const { callback_id: id, operator_id: takenBy, status } = callback;
    const take = () => this.store.act({ type: 'callback', callback_id: id, status: 'taken' });
    if (status === 'open')
      return html`<button class="button small" data-testid="callback-take" @click=${take}>${strings.take}</button>`;
    if (takenBy === this.store.me.operator_id)
      return html`<button
        class="button small primary"
        data-testid="callback-done"
        @click=${() => this.tell('finish-callback', callback)}
      >
        ${strings.done}
      </button>`;
    const who = this.store.operators.find((operator) => operator.operator_id === takenBy)?.name;
    return html`<span class="chip">${who ?? strings.taken}</span>`;
  }
}

/** @param {WorkItem} item @param {unknown} time */
const head = (item, time) =>
  html`<span class="head"
    >${icon(item.call ? 'phoneRing' : item.channel === 'voice' ? 'phone' : 'chat', 15)}
    <b class="one-line">${customerName(item)}</b> ${item.is_verified
      ? html`<span class="verified" title=${strings.verified}>${icon('shield', 14)}</span>`
      : nothing}
    ${item.is_customer_online
      ? nothing
      : html`<span class="away" title=${strings.awayTitle}>${strings.away}</span>`}<span class="grow"></span
    >${time}</span
  >`;

/**
 * The last thing said, or what happens instead.
 * @param {WorkItem} item
 * @param {boolean} isTyping the customer writes
 */
function preview(item, isTyping) {
  if (isTyping) return html`<em>${strings.typing}</em>`;
  if (item.stage === 'wrap_up') return html`<em>${strings.toWrapUp}</em>`;
  return item.last_speaker === 'operator' ? strings.youSaid(item.last_text) : item.last_text;
}

/** @param {WorkItem} item @param {number} unread */
const tags = (item, unread) =>
  html`<span class="tags"
    >${whatItIs(item)}
    ${item.call?.is_held && !item.call.consult ? html`<span class="chip warn">${strings.onHold}</span>` : nothing}${item
      .call?.consult
      ? html`<span class="chip accent">${strings.consult}</span>`
      : nothing}
    ${item.stage === 'operator_lost' ? html`<span class="chip bad">${strings.connectionLost}</span>` : nothing}<span
      class="grow"
    ></span>
    ${worry(item)}${unread
      ? html`<span class="count" data-testid="unread">${unread}<span class="sr-only"> ${strings.unread}</span></span>`
      : nothing}</span
  >`;

/** @param {WorkItem} item */
function whatItIs({ stage, intent }) {
  if (stage === 'wrap_up') return html`<span class="chip warn">${icon('archive', 13)} ${strings.wrapUp}</span>`;
  return intent ? html`<span class="chip agent one-line">${intent}</span>` : nothing;
}

/** A mood that needs care. @param {WorkItem} item */
const worry = ({ mood, mood_trend: trend }) => (mood < 0 ? moodFace(mood, trend, 16) : nothing);

customElements.define('sb-rail', Rail);
