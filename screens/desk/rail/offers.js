// @ts-check
// <sb-offers>: conversations offered to me, each with a ring that runs out.

import { html, live, repeat, svg } from '../../kit/vendor/lit.js';
import { StoreElement } from '../../kit/store-element.js';
import { language } from '../../kit/language.js';
import { customerName } from '../../kit/lists.js';
import { icon } from '../../kit/icons.js';
import { moodFace } from '../../kit/mood.js';
import { base, buttons, parts } from '../../kit/styles.js';
import { Ticker } from '../../kit/ticker.js';
import { secondsSince, secondsUntil, timer } from '../../kit/time.js';
import { channelWord, reasonWord } from '../../kit/words.js';
import { offerStyles } from './offers-styles.js';
import { strings } from './strings.js';

const words = strings.offers;

const RADIUS = 19;
const ROUND = 2 * Math.PI * RADIUS;

export class Offers extends StoreElement {
  static properties = { ...StoreElement.properties, softphone: { attribute: false } };
  static styles = [base, buttons, parts, offerStyles];

  constructor() {
    super();
    new Ticker(this);
    /** @type {import('../phone/softphone.js').Softphone} */ this.softphone;
  }

  render() {
    return html`<div class="stack" role="region" aria-label=${words.title} aria-live="assertive">
      ${repeat(
        this.store.offers,
        (offer) => offer.offer_id,
        (offer, at) => this.#toast(offer, at === 0),
      )}
      ${repeat(
        this.store.asked,
        (item) => item.conversation_id,
        (item, at) => this.#consult(item, at === 0 && !this.store.offers.length),
      )}
    </div>`;
  }

  /**
   * A colleague asks me into a call.
   * @param {import('../../kit/protocol.js').WorkItem} item
   * @param {boolean} isFirst
   */
  #consult(item, isFirst) {
    const { store } = this;
    const { note = '', by = '' } = item.call?.consult ?? {};
    const asks =
      store.operators.find(({ operator_id: id }) => id === by)?.name ?? item.operator_name ?? words.colleague;
    return html`<article class="toast" data-testid="consult-toast" aria-label=${words.asksIntoCall(asks)}>
      <div class="head">
        <span class="call-sign">${icon('phoneRing', 22)}</span>
        <div class="grow">
          <p class="name"><b class="one-line">${words.asksIn(asks)}</b></p>
          <p class="soft">${words.consultCall(customerName(item), store.queueName(item.queue))}</p>
        </div>
      </div>
      ${note ? html`<p class="note quiet-scroll" dir="auto">${note}</p>` : ''}
      ${item.headline ? html`<p class="what" dir="auto">${item.headline}</p>` : ''}
      <div class="actions">
        <button class="button primary" data-testid="consult-take" @click=${() => store.answerConsult(item, true)}>
          ${icon('phone', 16)} ${words.answer} ${key(isFirst, 'A')}
        </button>
        <button class="button plain" data-testid="consult-decline" @click=${() => store.answerConsult(item, false)}>
          ${words.decline} ${key(isFirst, 'X')}
        </button>
      </div>
    </article>`;
  }

  /** @param {import('../../kit/protocol.js').Offer} offer @param {boolean} isFirst the one the shortcuts act on */
  #toast(offer, isFirst) {
    const { item, card } = offer;
    return html`<article class="toast" data-testid="offer-toast" aria-label=${words.offer(customerName(item))}>
      ${this.#head(offer)} ${offer.passed_on ? this.#passedOn(offer.passed_on) : ''}
      <p class="what" dir="auto">${item.headline || card?.headline || item.last_text}</p>
      <p class="chips">
        ${item.intent ? html`<span class="chip agent">${item.intent}</span>` : ''}
        ${item.reason ? html`<span class="chip warn">${reasonWord(item.reason)}</span>` : ''}
        ${card?.language && card.language !== language
          ? html`<span class="chip">${card.language.toUpperCase()}</span>`
          : ''}
      </p>
      ${this.#answers(offer, isFirst)} ${item.call ? this.#briefSwitch() : ''}
    </article>`;
  }

  /** Who it is, and how long the offer stands. @param {import('../../kit/protocol.js').Offer} offer */
  #head({ item, expires_at: until, offer_seconds: whole }) {
    const left = secondsUntil(until);
    const waited = timer(secondsSince(item.queued_at ?? item.started_at));
    return html`<div class="head">
      ${item.call ? html`<span class="call-sign">${icon('phoneRing', 22)}</span>` : ''}${ring(left, left / whole)}
      <div class="grow">
        <p class="name">
          <b class="one-line">${customerName(item)}</b> ${item.is_verified
            ? html`<span class="verified" title=${strings.verified}>${icon('shield', 15)}</span>`
            : ''}
          ${item.mood < 0 ? moodFace(item.mood, item.mood_trend, 16) : ''}
        </p>
        <p class="soft">${words.waiting(channelWord(item.channel), this.store.queueName(item.queue), waited)}</p>
      </div>
    </div>`;
  }

  /** @param {import('../../kit/protocol.js').Offer} offer @param {boolean} isFirst */
  #answers(offer, isFirst) {
    const { store } = this;
    return html`<div class="actions">
      ${offer.item.call
        ? html`<button class="button primary" data-testid="accept" @click=${() => store.accept(offer, false)}>
            ${icon('phone', 16)} ${words.answer} ${key(isFirst, 'A')}
          </button>`
        : html`<button class="button primary" data-testid="accept-greet" @click=${() => store.accept(offer, true)}>
              ${words.acceptAndGreet} ${key(isFirst, 'G')}
            </button>
            <button class="button" data-testid="accept" @click=${() => store.accept(offer, false)}>
              ${words.accept} ${key(isFirst, 'A')}
            </button>`}
      <button class="button plain" data-testid="decline" @click=${() => store.decline(offer)}>
        ${words.decline} ${key(isFirst, 'X')}
      </button>
    </div>`;
  }

  #briefSwitch() {
    return html`<label class="brief" title=${words.briefTitle}
      ><input
        type="checkbox"
        .checked=${live(this.softphone.wantsBrief)}
        data-testid="offer-brief"
        @change=${(/** @type {Event} */ event) =>
          (this.softphone.wantsBrief = /** @type {HTMLInputElement} */ (event.target).checked)}
      />
      ${words.brief}</label
    >`;
  }

  /**
   * A colleague had it before, and says why it comes to me.
   * @param {NonNullable<import('../../kit/protocol.js').Offer['passed_on']>} before
   */
  #passedOn({ operator_id: id, operator_name: name, note }) {
    const who = id === this.store.me.operator_id ? words.iPassedOn : words.passedOn(name);
    return html`<div class="passed-on" data-testid="passed-on">
      <p>${icon('transfer', 15)} <b>${who}</b></p>
      ${note ? html`<p class="note quiet-scroll" dir="auto">${note}</p>` : ''}
    </div>`;
  }
}

/** @param {boolean} isShown @param {string} letter */
const key = (isShown, letter) => (isShown ? html`<kbd>Alt ${letter}</kbd>` : '');

/** @param {number} seconds left @param {number} share left, 1 to 0 */
const ring = (seconds, share) =>
  html`<span class="ring ${seconds < 8 ? 'late' : ''}" role="timer" aria-label=${words.secondsLeft(Math.ceil(seconds))}>
    <svg viewBox="0 0 44 44" width="44" height="44" fill="none" stroke-width="3.5" aria-hidden="true">
      ${svg`<circle cx="22" cy="22" r=${RADIUS} class="track"/>
        <circle cx="22" cy="22" r=${RADIUS} class="left" stroke-dasharray=${ROUND}
          stroke-dashoffset=${ROUND * (1 - Math.min(1, share))}/>`}</svg
    ><b class="num">${Math.ceil(seconds)}</b></span
  >`;

customElements.define('sb-offers', Offers);
