// @ts-check
// <sb-tiles>: the wallboard, the floor at a glance.

import { css, html, nothing } from '../../kit/vendor/lit.js';
import { longestWait } from '../../kit/lists.js';
import { StoreElement } from '../../kit/store-element.js';
import { base, parts } from '../../kit/styles.js';
import { Ticker } from '../../kit/ticker.js';
import { secondsSince, timer } from '../../kit/time.js';
import { presenceWord } from '../../kit/words.js';
import { strings } from './strings.js';

/** Waits past these are shown as at risk and as late, in seconds. */
const AT_RISK = 60;
const LATE = 180;

export class Tiles extends StoreElement {
  static styles = [
    base,
    parts,
    css`
      :host {
        display: grid;
        grid-template-columns: repeat(6, minmax(0, 1fr));
        gap: 12px;
      }
      .tile {
        display: grid;
        align-content: start;
        gap: 1px;
        padding: 12px 14px 13px;
        border: 1px solid var(--line);
        border-radius: var(--radius-l);
        background: var(--surface);
      }
      .tile b {
        font-size: var(--text-2xl);
        font-weight: 600;
        line-height: 1.2;
        letter-spacing: -0.02em;
        font-variant-numeric: tabular-nums;
      }
      .tile p:first-child {
        display: flex;
        align-items: center;
        gap: 6px;
        font-size: var(--text-s);
        color: var(--ink-soft);
      }
      .tile p:first-child i {
        width: 8px;
        height: 8px;
        border-radius: 2px;
        background: var(--mark, transparent);
      }
      .tile p:last-child {
        font-size: var(--text-s);
        color: var(--ink-faint);
      }
      .warn b {
        color: var(--warn);
      }
      .bad b {
        color: var(--bad);
      }
      .presences {
        display: flex;
        flex-wrap: wrap;
        gap: 0 9px;
      }
      .presences span {
        display: inline-flex;
        align-items: center;
        gap: 4px;
      }
      .dot {
        width: 7px;
        height: 7px;
      }
      @media (max-width: 1100px) {
        :host {
          grid-template-columns: repeat(3, minmax(0, 1fr));
        }
      }
      @media (max-width: 560px) {
        :host {
          grid-template-columns: repeat(2, minmax(0, 1fr));
          gap: 8px;
        }
      }
    `,
  ];

  constructor() {
    super();
    new Ticker(this);
  }

  render() {
    if (!this.store.isLoaded) return Array.from({ length: 6 }, () => tile('', '…', nothing));
    return html` ${this.#withTheAgent()} ${this.#withOperators()} ${this.#waiting()} ${this.#longestWait()}
    ${this.#people()} ${this.#callbacks()}`;
  }

  /** How many conversations stand at one of these. @param {string[]} stages */
  #at(...stages) {
    return this.store.live.filter((item) => stages.includes(item.stage)).length;
  }

  #withTheAgent() {
    const count = this.#at('agent');
    return tile(strings.withTheAgent, count, share(count, this.store.live.length), '', 'var(--agent)', 'tile-agent');
  }

  #withOperators() {
    const count = this.#at('operator', 'operator_lost');
    const part = share(count, this.store.live.length);
    return tile(strings.withOperators, count, part, '', 'var(--accent)', 'tile-operator');
  }

  #waiting() {
    const offered = this.#at('offered');
    const more = offered ? strings.beingOffered(offered) : strings.forAnOperator;
    return tile(strings.waiting, this.store.waiting.length, more, '', 'var(--warn)', 'tile-waiting');
  }

  #longestWait() {
    const since = longestWait(this.store.queues);
    const wait = since ? secondsSince(since) : 0;
    const tone = wait > LATE ? 'bad' : wait > AT_RISK ? 'warn' : '';
    const where = since ? this.#where(since) : strings.nobodyWaits;
    return tile(strings.longestWait, since ? timer(wait) : '0:00', where, tone, '', 'tile-wait');
  }

  #callbacks() {
    const count = (/** @type {string} */ wanted) =>
      this.store.callbacks.filter(({ status }) => status === wanted).length;
    const taken = count('taken');
    return tile(
      strings.callbacks,
      count('open'),
      taken ? strings.taken(taken) : strings.toBeMade,
      '',
      '',
      'tile-callbacks',
    );
  }

  /** @param {string} since */
  #where(since) {
    const queue = this.store.queues.find((candidate) => candidate.longest_wait_since === since);
    return queue ? strings.inQueue(queue.name) : '';
  }

  #people() {
    const operators = this.store.operators.filter(({ role }) => role === 'operator');
    const counts = ['available', 'busy', 'away', 'inactive', 'offline'].map((presence) => ({
      presence,
      count: operators.filter((one) => one.presence === presence).length,
    }));
    return tile(
      strings.operatorsAvailable,
      counts[0].count,
      html`<span class="presences"
        >${counts
          .slice(1)
          .filter(({ count }) => count)
          .map(
            ({ presence, count }) =>
              html`<span><i class="dot ${presence}"></i>${count} ${presenceWord(presence).toLowerCase()}</span>`,
          )}</span
      >`,
      '',
      '',
      'tile-operators',
    );
  }
}

/**
 * @param {string} name @param {string | number} value @param {unknown} more
 * @param {string} [tone] @param {string} [colour] of the mark @param {string} [testId]
 */
const tile = (name, value, more, tone = '', colour = '', testId = '') =>
  html`<section class="tile ${tone}" data-testid=${testId || nothing}>
    <p>${colour ? html`<i style="--mark: ${colour}"></i>` : nothing}${name}</p>
    <b>${value}</b>
    <p>${more}</p>
  </section>`;

/** @param {number} part @param {number} whole */
const share = (part, whole) =>
  whole ? strings.shareOfLive(Math.round((100 * part) / whole), whole) : strings.noneLive;

customElements.define('sb-tiles', Tiles);
