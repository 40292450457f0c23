// @ts-check
// <sb-top-bar>: my presence and load, the queues at a glance, the connection, and the switches.

import { css, html, nothing } from '../kit/vendor/lit.js';
import { longestWait } from '../kit/lists.js';
import { StoreElement } from '../kit/store-element.js';
import { icon, mark } from '../kit/icons.js';
import { base, buttons, parts } from '../kit/styles.js';
import '../kit/language-switch.js';
import '../kit/account.js';
import '../kit/theme-switch.js';
import { Ticker } from '../kit/ticker.js';
import { secondsSince, timer } from '../kit/time.js';
import { presenceWord, setByWord } from '../kit/words.js';
import { barStyles } from '../kit/bar-styles.js';
import { alerts } from './alerts.js';
import './presence-menu.js';
import { strings } from './strings.js';

const words = strings.bar;

/** Fires `command` (detail: name) and `sign-out`. */
export class TopBar extends StoreElement {
  static styles = [
    base,
    buttons,
    parts,
    barStyles,
    css`
      .load {
        display: flex;
        align-items: center;
        gap: 6px;
        color: var(--ink-soft);
      }
      .pips {
        display: flex;
        gap: 3px;
      }
      .pips i {
        width: 7px;
        height: 16px;
        border-radius: 2px;
        background: var(--line);
      }
      .pips i.used {
        background: var(--accent);
      }
      .pips.full i.used {
        background: var(--warn);
      }
      .health {
        display: flex;
        align-items: center;
        gap: 14px;
        color: var(--ink-soft);
      }
      .health b {
        color: var(--ink);
        font-weight: 650;
      }
      .health .late b {
        color: var(--bad);
      }
    `,
  ];

  constructor() {
    super();
    new Ticker(this);
  }

  render() {
    const { store } = this;
    const { me } = store;
    return html`<header>
      <a class="brand" href="/desk" aria-label=${words.home}>${mark()}<b>Switchboard</b></a>
      <sb-presence-menu .store=${store}></sb-presence-menu>
      ${load(me)} ${this.#health()}
      <span class="grow"></span>
      ${this.#connection()} ${this.#switches()} ${this.#account()}
      ${me.role === 'supervisor'
        ? html`<a class="icon-button" href="/supervisor" title=${words.supervisor} aria-label=${words.supervisor}
            >${icon('people')}</a
          >`
        : nothing}
      <button
        class="icon-button"
        title=${words.signOut}
        aria-label=${words.signOut}
        data-testid="sign-out"
        @click=${() => this.tell('sign-out')}
      >
        ${icon('leave')}
      </button>
    </header>`;
  }

  #account() {
    const { name, presence, presence_set_by: by } = this.store.me;
    const about = words.presenceSet(presenceWord(presence), setByWord(by));
    return html`<sb-account class="me" name=${name} about=${about}></sb-account>`;
  }

  #health() {
    const { queues, waiting } = this.store;
    const count = queues.length ? queues.reduce((sum, queue) => sum + queue.waiting, 0) : waiting.length;
    const since = longestWait(queues);
    const seconds = since ? secondsSince(since) : 0;
    const each = queues.map(words.queue).join('\n');
    return html`<span class="health" title=${each} data-testid="queue-health"
      ><span><b class="num">${count}</b> ${words.waiting}</span> ${since
        ? html`<span class=${seconds > 120 ? 'late' : ''}>${words.longest} <b class="num">${timer(seconds)}</b></span>`
        : nothing}</span
    >`;
  }

  #connection() {
    const { connection } = this.store;
    const isLive = connection === 'live';
    return html`<span class="connection ${isLive ? '' : 'lost'}" role="status" data-testid="connection"
      ><i></i> ${isLive ? words.connected : connection === 'stopped' ? words.signedOut : words.reconnecting}</span
    >`;
  }

  #switches() {
    const { hasSound, hasNotices } = alerts;
    return html`<button
        class="icon-button"
        aria-pressed=${hasSound}
        title=${hasSound ? words.soundOn : words.soundOff}
        aria-label=${words.sound}
        data-testid="sound"
        @click=${() => this.tell('command', 'sound')}
      >
        ${icon(hasSound ? 'sound' : 'soundOff')}
      </button>
      <button
        class="icon-button"
        aria-pressed=${hasNotices}
        title=${hasNotices ? words.noticesOn : words.noticesOff}
        aria-label=${words.notices}
        data-testid="notices"
        @click=${() => this.tell('command', 'notices')}
      >
        ${icon(hasNotices ? 'bell' : 'bellOff')}
      </button>
      <sb-theme-switch></sb-theme-switch> <sb-language-switch></sb-language-switch> ${this.#help()}`;
  }

  #help() {
    return html`<button
      class="icon-button"
      title="${words.shortcuts} (?)"
      aria-label=${words.shortcuts}
      data-testid="help"
      @click=${() => this.tell('command', 'help')}
    >
      ${icon('help')}
    </button>`;
  }
}

/** How many conversations I hold, of those I can. @param {import('../kit/protocol.js').Operator} me */
const load = ({ load, capacity }) =>
  html`<span class="load" title=${words.capacity} data-testid="capacity">
    <span class="pips ${load >= capacity ? 'full' : ''}" aria-hidden="true"
      >${Array.from({ length: Math.min(capacity, 8) }, (_, at) => html`<i class=${at < load ? 'used' : ''}></i>`)}</span
    >
    <span class="num"><span class="sr-only">${words.load} </span>${load}/${capacity}</span></span
  >`;

customElements.define('sb-top-bar', TopBar);
