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

/** @typedef {import('../../kit/protocol.js').WorkItem} WorkItem */

/** Fires `chosen` (detail: conversation id) and `finish-callback` (detail: the callback). */
export class Rail extends StoreElement {
  static styles = [base, buttons, parts, railStyles];

  constructor() {
    super();
    new Ticker(this);
  }

  render() {
    const { waiting, isLoaded } = this.store;
    const mine = [...this.store.mine, ...this.store.joined];
    const callbacks = this.store.callbacks.filter(({ status }) => status === 'open' || status === 'taken');
    return html`<nav class="quiet-scroll" aria-label="Conversations">
      ${section(
        'My work',
        mine.length,
        html`<ul data-testid="my-work">
          ${repeat(
            mine,
            (item) => item.conversation_id,
            (item) => this.#mine(item),
          )}
        </ul>`,
        isLoaded ? 'Nothing on your desk. The next customer is offered to you while you are available.' : null,
        'section-mine',
      )}
      ${section(
        'Waiting',
        waiting.length,
        html`<ul data-testid="waiting-list">
          ${repeat(
            waiting,
            (item) => item.conversation_id,
            (item) => this.#waiting(item),
          )}
        </ul>`,
        isLoaded ? 'Nobody is waiting.' : null,
        'section-waiting',
      )}
      ${section(
        'Callbacks',
        callbacks.length,
        html`<ul data-testid="callbacks">
          ${repeat(
            callbacks,
            ({ callback_id }) => callback_id,
            (callback) => this.#callback(callback),
          )}
        </ul>`,
        isLoaded ? 'No callbacks to make.' : null,
        'section-callbacks',
      )}
    </nav>`;
  }

  /** @param {WorkItem} item */
  #mine(item) {
    const { store } = this;
    const followed = store.followed.get(item.conversation_id);
    const unread = followed?.unread ?? 0;
    const isWrapUp = item.stage === 'wrap_up';
    return html`<li>
      <button
        class="item ${unread ? 'unread' : ''}"
        aria-current=${item.conversation_id === store.selectedId}
        data-testid="work-item"
        data-id=${item.conversation_id}
        data-stage=${item.stage}
        @click=${() => this.tell('chosen', item.conversation_id)}
      >
        ${head(
          item,
          html`<span class="time num"
            >${item.call
              ? html`<span class="on-call">${timer(secondsSince(item.call.since))}</span>`
              : ago(item.last_at)}</span
          >`,
        )}
        <span class="preview one-line" dir="auto"
          >${followed?.isCustomerTyping
            ? html`<em>is typing…</em>`
            : isWrapUp
              ? html`<em>Wrap-up to finish</em>`
              : said(item)}</span
        >
        <span class="tags"
          >${isWrapUp
            ? html`<span class="chip warn">${icon('archive', 13)} Wrap-up</span>`
            : item.intent
              ? html`<span class="chip agent one-line">${item.intent}</span>`
              : nothing}
          ${item.call?.is_held && !item.call.consult ? html`<span class="chip warn">on hold</span>` : nothing}${item
            .call?.consult
            ? html`<span class="chip accent">consult</span>`
            : nothing}
          ${item.stage === 'operator_lost' ? html`<span class="chip bad">connection lost</span>` : nothing}<span
            class="grow"
          ></span>
          ${item.mood < 0 ? moodFace(item.mood, item.mood_trend, 16) : nothing}${unread
            ? html`<span class="count" data-testid="unread">${unread}<span class="sr-only"> unread</span></span>`
            : nothing}</span
        >
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
            ? html`<span class="faint">being offered</span>`
            : nothing} <span class="grow"></span>${item.mood < 0
            ? moodFace(item.mood, item.mood_trend, 16)
            : nothing}</span
        >
      </button>
      ${item.stage === 'queued'
        ? html`<button
            class="button small take"
            data-testid="pick"
            title="Take this customer now"
            @click=${() => this.store.pick(id)}
          >
            Take
          </button>`
        : nothing}
    </li>`;
  }

  /** @param {import('../../kit/protocol.js').Callback} callback */
  #callback(callback) {
    const isMine = callback.operator_id === this.store.me.operator_id;
    const who = this.store.operators.find(({ operator_id: id }) => id === callback.operator_id)?.name;
    const set = (/** @type {string} */ status) => () =>
      this.store.act({ type: 'callback', callback_id: callback.callback_id, status });
    return html`<li class="callback" data-testid="callback">
      <p class="name">
        ${icon('phone', 15)} <b class="one-line">${callback.name || 'Customer'}</b> <span class="grow"></span
        ><span class="time">${ago(callback.created_at)}</span>
      </p>
      <p>
        <a href="tel:${callback.phone.replace(/[^+\d]/g, '')}" class="num">${callback.phone}</a>
        <span class="soft">${callback.wanted_when}</span>
      </p>
      <p class="soft" dir="auto">${callback.about}</p>
      <p class="actions">
        ${callback.status === 'open'
          ? html`<button class="button small" data-testid="callback-take" @click=${set('taken')}>Take</button>`
          : isMine
            ? html`<button
                class="button small primary"
                data-testid="callback-done"
                @click=${() => this.tell('finish-callback', callback)}
              >
                Done
              </button>`
            : html`<span class="chip">${who ?? 'Taken'}</span>`}
        <button class="button small plain" @click=${() => this.tell('chosen', callback.conversation_id)}>
          Open chat
        </button>
      </p>
    </li>`;
  }
}

/**
 * @param {string} title
 * @param {number} count
 * @param {unknown} list
 * @param {string | null} empty null while loading
 * @param {string} id
 */
const section = (title, count, list, empty, id) =>
  html`<section aria-labelledby=${id}>
    <h2 class="eyebrow" id=${id}>${title} <span class="num">${count || ''}</span></h2>
    ${count
      ? list
      : empty === null
        ? html`<div class="skeleton" aria-label="Loading"><i></i><i></i></div>`
        : html`<p class="empty">${empty}</p>`}
  </section>`;

/** @param {WorkItem} item @param {unknown} time */
const head = (item, time) =>
  html`<span class="head"
    >${icon(item.call ? 'phoneRing' : item.channel === 'voice' ? 'phone' : 'chat', 15)}
    <b class="one-line">${customerName(item)}</b> ${item.is_verified
      ? html`<span class="verified" title="Verified">${icon('shield', 14)}</span>`
      : nothing}
    ${item.is_customer_online
      ? nothing
      : html`<span class="away" title="The customer is not connected">away</span>`}<span class="grow"></span
    >${time}</span
  >`;

/** @param {WorkItem} item */
const said = (item) => (item.last_speaker === 'operator' ? `You: ${item.last_text}` : item.last_text);

customElements.define('sb-rail', Rail);
