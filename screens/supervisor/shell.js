// @ts-check
// <sb-supervisor>: the floor, the people, the past. A new tab is one more import of its tab.js.

import { LitElement, css, html, nothing } from '../kit/vendor/lit.js';
import { barStyles } from '../kit/bar-styles.js';
import { DeskStore } from '../kit/desk-store.js';
import { postJson } from '../kit/http.js';
import { icon, mark } from '../kit/icons.js';
import { base, buttons, parts } from '../kit/styles.js';
import '../kit/account.js';
import '../kit/theme-switch.js';
import '../kit/toasts.js';
import './calls/tab.js';
import './drawer.js';
import './history/tab.js';
import { IntentsStore } from './intents/store.js';
import './intents/tab.js';
import './library/tab.js';
import './live/tab.js';
import './people/tab.js';
import './procedures/tab.js';
import { strings } from './strings.js';
import { tabOf, tabs } from './tabs.js';

/** @typedef {import('./tabs.js').Tab} Tab */

export class Supervisor extends LitElement {
  static properties = { tab: { state: true } };
  static styles = [
    base,
    buttons,
    parts,
    barStyles,
    css`
      :host {
        --bar: 48px;
        display: flex;
        flex-direction: column;
        height: 100dvh;
        background: var(--ground);
        color: var(--ink);
        font: 400 var(--text-m) / 1.45 var(--sans);
      }
      header {
        flex: none;
      }
      nav {
        display: flex;
        align-self: stretch;
        gap: 2px;
        overflow-x: auto;
        scrollbar-width: none;
      }
      nav a {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        padding: 0 11px;
        color: var(--ink-soft);
        font-weight: 550;
        text-decoration: none;
        white-space: nowrap;
      }
      nav a:hover {
        color: var(--ink);
      }
      nav a:focus-visible {
        outline-offset: -3px;
      }
      nav a[aria-current] {
        color: var(--accent);
        box-shadow: inset 0 -2px var(--accent);
      }
      main {
        flex: 1;
        min-height: 0;
        padding: 18px 20px 40px;
      }
      nav .count.sudden {
        background: var(--bad-fill);
        color: var(--on-bad);
      }
      .page {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 22px;
        max-width: 1480px;
        margin: 0 auto;
      }
      main.full {
        display: flex;
        padding: 0;
        overflow: hidden;
      }
      .full .page {
        display: flex;
        flex: 1;
        max-width: none;
        min-width: 0;
      }
      .banner {
        padding: 7px 16px;
        background: var(--warn-soft);
        color: var(--warn);
        text-align: center;
        font-weight: 550;
      }
      /* The tabs in a row of their own, all of them in sight; where letters are so large that they are not, shadows at
         the edges say that there is more. */
      @media (max-width: 860px) {
        :host {
          --bar: calc(86px + env(safe-area-inset-top, 0px));
        }
        header {
          flex-wrap: wrap;
          align-content: space-between;
          gap: 0 14px;
          height: var(--bar);
          padding: calc(6px + env(safe-area-inset-top, 0px)) 14px 0;
        }
        .brand b {
          display: inline;
        }
        nav {
          order: 1;
          flex: 1 0 100%;
          height: 42px;
          margin-inline: -14px;
          background:
            linear-gradient(to right, var(--surface) 40%, transparent) 0 / 36px 100% no-repeat local,
            linear-gradient(to left, var(--surface) 40%, transparent) 100% / 36px 100% no-repeat local,
            linear-gradient(to right, var(--line-strong), transparent) 0 / 14px 100% no-repeat scroll,
            linear-gradient(to left, var(--line-strong), transparent) 100% / 14px 100% no-repeat scroll;
        }
        nav a {
          flex: 1 0 auto;
          justify-content: center;
          padding: 0 6px;
        }
      }
      @media (max-width: 620px) {
        nav {
          gap: 0;
        }
        nav a {
          gap: 4px;
        }
        nav a .icon {
          display: none;
        }
        main {
          padding: 12px 12px 40px;
        }
      }
      @media (max-width: 430px) {
        :host {
          --bar: calc(120px + env(safe-area-inset-top, 0px));
        }
        nav {
          flex-wrap: wrap;
          height: 76px;
        }
        nav a {
          flex: 1 0 auto;
          height: 38px;
          padding: 0 8px;
          font-size: var(--text-s);
        }
      }
      sb-toasts.above {
        --toasts-bottom: 74px;
      }
      /* Notices stay clear of the buttons at the foot of a proposal. */
      @media (max-width: 760px) {
        :host {
          --toasts-bottom: calc(74px + env(safe-area-inset-bottom, 0px));
        }
        sb-toasts.above {
          --toasts-bottom: calc(156px + env(safe-area-inset-bottom, 0px));
        }
      }
    `,
  ];

  constructor() {
    super();
    this.store = new DeskStore({ isWatching: true });
    this.inbox = new IntentsStore();
    this.tab = tabOf(location.hash);
    /**
     * The turn to show first in the open conversation.
     * @type {{conversation_id: string, seq: number} | null}
     */
    this.turn = null;
    /** @type {Element | null} */ this.focusBefore = null;
  }

  connectedCallback() {
    super.connectedCallback();
    const { store, inbox } = this;
    store.addEventListener('change', () => this.requestUpdate());
    inbox.addEventListener('change', () => this.requestUpdate());
    inbox.addEventListener('said', (event) => this.#say(/** @type {CustomEvent} */ (event).detail));
    store.addEventListener('failed', (event) => this.#say(/** @type {CustomEvent} */ (event).detail));
    store.addEventListener('signed-out', () => location.assign(`/sign-in?next=${location.pathname}`));
    window.addEventListener('hashchange', () => (this.tab = tabOf(location.hash)));
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !event.defaultPrevented && store.selectedId) this.#shut();
    });
    store.start();
    inbox.start();
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    if (changed.has('tab'))
      this.renderRoot.querySelector('nav [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  /** @param {string} words */
  #say(words) {
    /** @type {import('../kit/toasts.js').Toasts} */ (this.renderRoot.querySelector('sb-toasts')).say(words);
  }

  /** @param {CustomEvent<string>} event */
  #chosen(event) {
    void this.#open(event, event.detail, null);
  }

  /** @param {CustomEvent<{conversation_id: string, seq: number}>} event */
  #turnChosen(event) {
    void this.#open(event, event.detail.conversation_id, event.detail);
  }

  /** @param {Event} event @param {string} id @param {{conversation_id: string, seq: number} | null} turn */
  async #open(event, id, turn) {
    this.focusBefore = /** @type {Element | null} */ (event.composedPath()[0]);
    this.turn = turn;
    this.store.select(id);
    await this.updateComplete;
    const drawer = /** @type {import('./drawer.js').Drawer} */ (this.renderRoot.querySelector('sb-drawer'));
    await drawer.updateComplete;
    drawer.focus();
  }

  #shut() {
    this.store.select(null);
    /** @type {HTMLElement | null} */ (this.focusBefore)?.focus();
  }

  async #signOut() {
    await postJson('/api/sign-out').catch(() => null);
    location.assign('/sign-in');
  }

  render() {
    const { store, inbox, tab } = this;
    return html`${this.#bar()} ${this.#banner()}
      <main
        class=${tab.isFull ? 'full' : 'quiet-scroll'}
        aria-labelledby="page"
        @chosen=${this.#chosen}
        @turn-chosen=${this.#turnChosen}
        @said=${(/** @type {CustomEvent} */ event) => this.#say(event.detail)}
      >
        <div class="page">
          <h1 class="sr-only" id="page">${tab.name}</h1>
          ${tab.show(this)}
        </div>
      </main>
      ${store.selectedId
        ? html`<sb-drawer .store=${store} .turn=${this.turn} @shut=${this.#shut}></sb-drawer>`
        : nothing}
      <sb-toasts class=${inbox.undoable ? 'above' : nothing}></sb-toasts>`;
  }

  #bar() {
    return html`<header>
      <a class="brand" href="/supervisor" aria-label=${strings.home}>${mark()}<b>${strings.brand}</b></a>
      <nav aria-label=${strings.tabs}>${tabs.map((tab) => this.#link(tab))}</nav>
      <span class="grow"></span>
      ${this.#connection()}
      <sb-theme-switch></sb-theme-switch>
      <sb-account
        class="me"
        name=${this.store.me.name}
        @said=${(/** @type {CustomEvent} */ event) => this.#say(event.detail)}
      ></sb-account>
      <a class="icon-button" href="/desk" title=${strings.operatorDesk} aria-label=${strings.operatorDesk}
        >${icon('inbox')}</a
      >
      <button
        class="icon-button"
        title=${strings.signOut}
        aria-label=${strings.signOut}
        data-testid="sign-out"
        @click=${this.#signOut}
      >
        ${icon('leave')}
      </button>
    </header>`;
  }

  /** @param {Tab} tab */
  #link(tab) {
    const { id, name } = tab;
    return html`<a href="#${id}" aria-current=${tab === this.tab ? 'page' : nothing} data-testid="tab-${id}"
      >${icon(tab.icon, 16)} ${name} ${tab.badge?.(this) ?? nothing}</a
    >`;
  }

  get #isLive() {
    return this.store.connection === 'live';
  }

  #connection() {
    return html`<span class="connection ${this.#isLive ? '' : 'lost'}" role="status" data-testid="connection"
      ><i></i> ${this.#isLive ? strings.connected : strings.reconnecting}</span
    >`;
  }

  /** That what is seen may be old, unless the tab says so itself. */
  #banner() {
    return this.store.isLoaded && !this.#isLive && !this.tab.tellsTrouble?.(this)
      ? html`<p class="banner" role="status">${strings.noConnection}</p>`
      : nothing;
  }
}

customElements.define('sb-supervisor', Supervisor);
