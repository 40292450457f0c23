// @ts-check
// <sb-offers>: conversations offered to me, each with a ring that runs out.

import { html, live, repeat, svg } from '../../kit/vendor/lit.js';
import { StoreElement } from '../../kit/store-element.js';
import { customerName } from '../../kit/lists.js';
import { icon } from '../../kit/icons.js';
import { moodFace } from '../../kit/mood.js';
import { base, buttons, parts } from '../../kit/styles.js';
import { Ticker } from '../../kit/ticker.js';
import { secondsSince, secondsUntil, timer } from '../../kit/time.js';
import { channelWord, reasonWord } from '../../kit/words.js';
import { offerStyles } from './offers-styles.js';

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
    return html`<div class="stack" role="region" aria-label="Offers" aria-live="assertive">
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
    const asks = store.operators.find(({ operator_id: id }) => id === by)?.name ?? item.operator_name ?? 'A colleague';
    return html`<article class="toast" data-testid="consult-toast" aria-label="${asks} asks you into a call">
      <div class="head">
        <span class="call-sign">${icon('phoneRing', 22)}</span>
        <div class="grow">
          <p class="name"><b class="one-line">${asks} asks you in</b></p>
          <p class="soft">Call with ${customerName(item)} · ${store.queueName(item.queue)} · the customer is on hold</p>
        </div>
      </div>
      ${note ? html`<p class="note quiet-scroll" dir="auto">${note}</p>` : ''}
      ${item.headline ? html`<p class="what" dir="auto">${item.headline}</p>` : ''}
      <div class="actions">
        <button class="button primary" data-testid="consult-take" @click=${() => store.answerConsult(item, true)}>
          ${icon('phone', 16)} Answer ${key(isFirst, 'A')}
        </button>
        <button class="button plain" data-testid="consult-decline" @click=${() => store.answerConsult(item, false)}>
          Decline ${key(isFirst, 'X')}
        </button>
      </div>
    </article>`;
  }

  /** @param {import('../../kit/protocol.js').Offer} offer @param {boolean} isFirst the one the shortcuts act on */
  #toast(offer, isFirst) {
    const { item, card } = offer;
    const left = secondsUntil(offer.expires_at);
    const { store } = this;
    return html`<article class="toast" data-testid="offer-toast" aria-label="Offer: ${customerName(item)}">
      <div class="head">
        ${item.call ? html`<span class="call-sign">${icon('phoneRing', 22)}</span>` : ''}${ring(
          left,
          left / offer.offer_seconds,
        )}
        <div class="grow">
          <p class="name">
            <b class="one-line">${customerName(item)}</b> ${item.is_verified
              ? html`<span class="verified" title="Verified">${icon('shield', 15)}</span>`
              : ''}
            ${item.mood < 0 ? moodFace(item.mood, item.mood_trend, 16) : ''}
          </p>
          <p class="soft">
            ${channelWord(item.channel)} · ${store.queueName(item.queue)} · waiting
            ${timer(secondsSince(item.queued_at ?? item.started_at))}
          </p>
        </div>
      </div>
      ${offer.passed_on ? this.#passedOn(offer.passed_on) : ''}
      <p class="what" dir="auto">${item.headline || card?.headline || item.last_text}</p>
      <p class="chips">
        ${item.intent ? html`<span class="chip agent">${item.intent}</span>` : ''}
        ${item.reason ? html`<span class="chip warn">${reasonWord(item.reason)}</span>` : ''}
        ${card?.language && card.language !== 'en'
          ? html`<span class="chip">${card.language.toUpperCase()}</span>`
          : ''}
      </p>
      <div class="actions">
        ${item.call
          ? html`<button class="button primary" data-testid="accept" @click=${() => store.accept(offer, false)}>
              ${icon('phone', 16)} Answer ${key(isFirst, 'A')}
            </button>`
          : html`<button class="button primary" data-testid="accept-greet" @click=${() => store.accept(offer, true)}>
                Accept and greet ${key(isFirst, 'G')}
              </button>
              <button class="button" data-testid="accept" @click=${() => store.accept(offer, false)}>
                Accept ${key(isFirst, 'A')}
              </button>`}
        <button class="button plain" data-testid="decline" @click=${() => store.decline(offer)}>
          Decline ${key(isFirst, 'X')}
        </button>
      </div>
      ${item.call
        ? html`<label class="brief" title="A few seconds of what it is about, before the customer hears you"
            ><input
              type="checkbox"
              .checked=${live(this.softphone.wantsBrief)}
              data-testid="offer-brief"
              @change=${(/** @type {Event} */ event) =>
                (this.softphone.wantsBrief = /** @type {HTMLInputElement} */ (event.target).checked)}
            />
            Spoken brief first</label
          >`
        : ''}
    </article>`;
  }

  /**
   * A colleague had it before, and says why it comes to me.
   * @param {NonNullable<import('../../kit/protocol.js').Offer['passed_on']>} before
   */
  #passedOn({ operator_id: id, operator_name: name, note }) {
    const who = id === this.store.me.operator_id ? 'You passed this on' : `${name || 'A colleague'} passes this on`;
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
  html`<span class="ring ${seconds < 8 ? 'late' : ''}" role="timer" aria-label="${Math.ceil(seconds)} seconds left">
    <svg viewBox="0 0 44 44" width="44" height="44" fill="none" stroke-width="3.5" aria-hidden="true">
      ${svg`<circle cx="22" cy="22" r=${RADIUS} class="track"/>
        <circle cx="22" cy="22" r=${RADIUS} class="left" stroke-dasharray=${ROUND}
          stroke-dashoffset=${ROUND * (1 - Math.min(1, share))}/>`}</svg
    ><b class="num">${Math.ceil(seconds)}</b></span
  >`;

customElements.define('sb-offers', Offers);
