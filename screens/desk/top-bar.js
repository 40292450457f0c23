// @ts-check
// <sb-top-bar>: my presence and load, the queues at a glance, the connection, and the switches.

import { css, html, nothing } from '../kit/vendor/lit.js';
import { longestWait } from '../kit/lists.js';
import { StoreElement } from '../kit/store-element.js';
import { icon, mark } from '../kit/icons.js';
import { base, buttons, parts } from '../kit/styles.js';
import '../kit/theme-switch.js';
import { Ticker } from '../kit/ticker.js';
import { secondsSince, timer } from '../kit/time.js';
import { presenceWord, setByWord } from '../kit/words.js';
import { barStyles } from '../kit/bar-styles.js';
import { alerts } from './alerts.js';
import './presence-menu.js';

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
      <a class="brand" href="/desk" aria-label="Switchboard, operator desk">${mark()}<b>Switchboard</b></a>
      <sb-presence-menu .store=${store}></sb-presence-menu>
      <span class="load" title="Conversations I hold, of those I can" data-testid="capacity">
        <span class="pips ${me.load >= me.capacity ? 'full' : ''}" aria-hidden="true"
          >${Array.from(
            { length: Math.min(me.capacity, 8) },
            (_, at) => html`<i class=${at < me.load ? 'used' : ''}></i>`,
          )}</span
        >
        <span class="num"><span class="sr-only">Load </span>${me.load}/${me.capacity}</span></span
      >
      ${this.#health()}
      <span class="grow"></span>
      ${this.#connection()} ${this.#switches()}
      <span class="me one-line" title=${`${presenceWord(me.presence)}, set ${setByWord(me.presence_set_by)}`}
        >${me.name}</span
      >
      ${me.role === 'supervisor'
        ? html`<a class="icon-button" href="/supervisor" title="Supervisor page" aria-label="Supervisor page"
            >${icon('people')}</a
          >`
        : nothing}
      <button
        class="icon-button"
        title="Sign out"
        aria-label="Sign out"
        data-testid="sign-out"
        @click=${() => this.tell('sign-out')}
      >
        ${icon('leave')}
      </button>
    </header>`;
  }

  #health() {
    const { queues, waiting } = this.store;
    const count = queues.length ? queues.reduce((sum, queue) => sum + queue.waiting, 0) : waiting.length;
    const since = longestWait(queues);
    const seconds = since ? secondsSince(since) : 0;
    const words = queues
      .map(
        (queue) =>
          `${queue.name}: ${queue.waiting} waiting, ${queue.on_duty} on duty${queue.is_open ? '' : ', closed'}`,
      )
      .join('\n');
    return html`<span class="health" title=${words} data-testid="queue-health"
      ><span><b class="num">${count}</b> waiting</span> ${since
        ? html`<span class=${seconds > 120 ? 'late' : ''}>longest <b class="num">${timer(seconds)}</b></span>`
        : nothing}</span
    >`;
  }

  #connection() {
    const { connection } = this.store;
    const isLive = connection === 'live';
    return html`<span class="connection ${isLive ? '' : 'lost'}" role="status" data-testid="connection"
      ><i></i> ${isLive ? 'Connected' : connection === 'stopped' ? 'Signed out' : 'Reconnecting'}</span
    >`;
  }

  #switches() {
    const command = (/** @type {string} */ name) => () => this.tell('command', name);
    const { hasSound, hasNotices } = alerts;
    return html`<button
        class="icon-button"
        aria-pressed=${hasSound}
        title=${hasSound ? 'Sound is on' : 'Sound is off'}
        aria-label="Sound"
        data-testid="sound"
        @click=${command('sound')}
      >
        ${icon(hasSound ? 'sound' : 'soundOff')}
      </button>
      <button
        class="icon-button"
        aria-pressed=${hasNotices}
        title=${hasNotices ? 'Desktop notifications are on' : 'Desktop notifications are off'}
        aria-label="Desktop notifications"
        data-testid="notices"
        @click=${command('notices')}
      >
        ${icon(hasNotices ? 'bell' : 'bellOff')}
      </button>
      <sb-theme-switch></sb-theme-switch>
      <button
        class="icon-button"
        title="Keyboard shortcuts (?)"
        aria-label="Keyboard shortcuts"
        data-testid="help"
        @click=${command('help')}
      >
        ${icon('help')}
      </button>`;
  }
}

customElements.define('sb-top-bar', TopBar);
