// @ts-check
// <sb-intent-inbox>: what customers want and no intent covers yet; read the turns, replay the past, decide.

import { html, nothing } from '../../kit/vendor/lit.js';
import { icon } from '../../kit/icons.js';
import { base, buttons, fields, parts } from '../../kit/styles.js';
import { ago, clock } from '../../kit/time.js';
import { strings as shared } from '../strings.js';
import './cluster-map.js';
import './decision.js';
import './discovery-settings.js';
import { InboxElement } from './inbox-element.js';
import { strings as stressed } from './inbox-strings.js';
import { inboxStyles } from './inbox-styles.js';
import { inboxCommandOf } from './keyboard.js';
import './look-now.js';
import './proposal-list.js';
import './proposal.js';
import { strings } from './strings.js';
import './undo-bar.js';

/** @typedef {import('./decision.js').Question | 'look' | 'settings'} Question */

const reviewable = new Set(['pending', 'snoozed', 'faded']);

export class IntentInbox extends InboxElement {
  static properties = {
    ...InboxElement.properties,
    question: { state: true },
    isMap: { state: true },
    unheeded: { state: true },
  };
  static styles = [base, buttons, fields, parts, inboxStyles];

  constructor() {
    super();
    /** @type {Question | null} */ this.question = null;
    this.isMap = false;
    /** @type {Set<string>} Alarms put aside on this page. */ this.unheeded = new Set();
  }

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener('keydown', this.#pressed);
    window.addEventListener('hashchange', this.#followHash);
    this.inbox.addEventListener('change', this.#writeHash);
    this.inbox.open(true);
    this.#followHash();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.#pressed);
    window.removeEventListener('hashchange', this.#followHash);
    this.inbox.removeEventListener('change', this.#writeHash);
    this.inbox.open(false);
  }

  /** The address names the open proposal, so that it can be sent to a colleague. */
  #followHash = () => {
    const [page, id] = location.hash.slice(1).split('/');
    if (page === 'intents' && id) void this.inbox.select(decodeURIComponent(id));
  };

  #writeHash = () => {
    const { selectedId } = this.inbox;
    const hash = selectedId ? `#intents/${encodeURIComponent(selectedId)}` : '#intents';
    if (location.hash.startsWith('#intents') && location.hash !== hash) history.replaceState(null, '', hash);
  };

  /** @param {KeyboardEvent} event */
  #pressed = (event) => {
    const command = this.question ? undefined : inboxCommandOf(event);
    if (!command || event.defaultPrevented) return;
    event.preventDefault();
    this.run(command);
  };

  /** @param {string} command of keyboard.js */
  run(command) {
    const { inbox } = this;
    const isOpen = Boolean(inbox.detail && reviewable.has(inbox.detail.status));
    if (command === 'next') this.#step(1);
    else if (command === 'previous') this.#step(-1);
    else if (command === 'map') this.isMap = !this.isMap;
    else if (command === 'help') this.question = 'help';
    else if (command === 'undo') void inbox.takeBack().then(this.#keepFocus);
    else if (inbox.selectedId && !inbox.detail)
      void inbox.reading.then(() => (inbox.detail ? this.run(command) : inbox.say(strings.waitUntilRead)));
    else if (!isOpen) inbox.say(inbox.detail ? strings.decidedAlready : strings.openFirst);
    else if (command === 'edit') this.#proposal()?.editName();
    else if (command === 'replay') void inbox.runReplay(30);
    else this.question = /** @type {Question} */ (command);
  }

  #proposal() {
    this.isMap = false;
    return /** @type {import('./proposal.js').ProposalView | null} */ (this.renderRoot.querySelector('sb-proposal'));
  }

  /** The focus goes along, so that Tab goes on from the row and a reader hears it. @param {1 | -1} by */
  #step(by) {
    const id = this.inbox.step(by);
    if (id) this.#list()?.focusRow(id);
  }

  #list() {
    return /** @type {import('./proposal-list.js').ProposalList | null} */ (
      this.renderRoot.querySelector('sb-proposal-list')
    );
  }

  /** What had the focus may be gone, with the proposal that was decided; or it is on the row that was open before. */
  #keepFocus = async () => {
    await this.updateComplete;
    const list = this.#list();
    await list?.updateComplete;
    const at = /** @type {ShadowRoot} */ (this.renderRoot).activeElement;
    if (at === list || document.activeElement === document.body) list?.focusRow(this.inbox.selectedId);
  };

  #shut = () => {
    this.question = null;
    void this.#keepFocus();
  };

  render() {
    const { inbox } = this;
    const view = inbox.selectedId || this.isMap ? 'detail' : 'list';
    return html`<div class="strips" data-view=${view}>${this.#strips()}</div>
      <div class="panes" data-view=${view}>
        <section class="list" aria-label=${strings.inbox}>
          <header>${this.#head()} ${this.#looking()}</header>
          <sb-proposal-list .inbox=${inbox}></sb-proposal-list>
        </section>
        <section class="detail" aria-label=${this.isMap ? strings.map : strings.proposal}>${this.#detail()}</section>
      </div>
      <sb-undo-bar .inbox=${inbox} @unfocused=${this.#keepFocus}></sb-undo-bar>${this.#dialog()}`;
  }

  #head() {
    const { pending } = this.inbox.counts;
    return html`<div class="head">
      <h2>${strings.inbox} ${pending ? html`<span class="count">${pending}</span>` : nothing}</h2>
      <button
        class="icon-button"
        aria-pressed=${this.isMap}
        title=${strings.mapKey}
        aria-label=${strings.mapTitle}
        data-testid="map-toggle"
        @click=${() => this.run('map')}
      >
        ${icon('map')}
      </button>
      ${this.#settings()} ${this.#shortcuts()}
    </div>`;
  }

  #settings() {
    return html`<button
      class="icon-button"
      title=${strings.settingsTitle}
      aria-label=${strings.settings}
      data-testid="settings"
      @click=${() => (this.question = 'settings')}
    >
      ${icon('sliders')}
    </button>`;
  }

  #shortcuts() {
    return html`<button
      class="icon-button needs-keys"
      title=${strings.shortcutsKey}
      aria-label=${strings.shortcuts}
      data-testid="shortcuts-open"
      @click=${() => (this.question = 'help')}
    >
      ${icon('help')}
    </button>`;
  }

  #strips() {
    const alarms = this.inbox.alarms.filter(({ proposal, since }) => !this.unheeded.has(proposal + since));
    return [
      ...alarms.map(
        (alarm) =>
          html`<div class="strip" role="alert" data-testid="alarm">
            ${icon('bell')}
            <p class="grow">
              ${stressed.alarm(
                alarm.title,
                shared.times(alarm.count),
                clock(alarm.since),
                Math.max(1, Math.round(alarm.expected)),
              )}
            </p>
            <button class="button small" @click=${() => this.inbox.select(alarm.proposal)}>${strings.lookAtIt}</button>
            <button
              class="icon-button"
              aria-label=${strings.putAside}
              title=${strings.putAside}
              @click=${() => (this.unheeded = new Set([...this.unheeded, alarm.proposal + alarm.since]))}
            >
              ${icon('close', 16)}
            </button>
          </div>`,
      ),
      this.inbox.problem && this.inbox.isLoaded
        ? html`<div class="strip calm" role="status" data-testid="inbox-problem">
            ${icon('alert')}
            <p class="grow">${this.inbox.problem}</p>
            <button class="button small" @click=${() => this.inbox.start()}>${shared.tryAgain}</button>
          </div>`
        : nothing,
    ];
  }

  #looking() {
    const { discovery } = this.inbox;
    const job = discovery?.job;
    if (discovery?.is_looking && job?.state === 'running') {
      return html`<div class="progress" role="status" data-testid="looking">
        <span class="one-line">${strings.steps[job.step] ?? strings.looking}</span
        ><button class="button small" @click=${() => this.inbox.cancelLook()}>${shared.stop}</button>
        <progress max="1" value=${job.share} aria-label=${shared.progress}></progress>
      </div>`;
    }
    const last = discovery?.last_run;
    return html`<div class="look">
      <p>${last ? strings.looked(shared.since(ago(last.at)), shared.turns(last.candidates)) : strings.notLooked}</p>
      <button
        class="button small"
        data-testid="look-now"
        ?disabled=${!discovery}
        @click=${() => (this.question = 'look')}
      >
        ${icon('search', 15)} ${strings.lookNow}
      </button>
    </div>`;
  }

  #detail() {
    const { inbox } = this;
    if (!inbox.isLoaded && inbox.problem) {
      return html`<div class="problem-pane" role="alert" data-testid="inbox-error">
        ${icon('alert', 30)}<b>${strings.unread}</b>
        <p class="soft">${inbox.problem}</p>
        <button class="button" @click=${() => inbox.start()}>${icon('retry', 16)} ${shared.tryAgain}</button>
      </div>`;
    }
    if (this.isMap) return html`<sb-cluster-map .inbox=${inbox} @shut=${() => (this.isMap = false)}></sb-cluster-map>`;
    if (inbox.selectedId)
      return html`<sb-proposal
        .inbox=${inbox}
        @unfocused=${this.#keepFocus}
        @command=${(/** @type {CustomEvent<string>} */ event) => this.run(event.detail)}
      ></sb-proposal>`;
    return html`<div class="hint-pane">
      ${icon('inbox', 40)}
      <p>${inbox.rows.length ? strings.choose : strings.openHere}</p>
      ${inbox.rows.length ? html`<p class="needs-keys">${stressed.keys}</p>` : nothing}
    </div>`;
  }

  #dialog() {
    const shut = this.#shut;
    if (this.question === 'look') return html`<sb-look-now .inbox=${this.inbox} @shut=${shut}></sb-look-now>`;
    if (this.question === 'settings')
      return html`<sb-discovery-settings .inbox=${this.inbox} @shut=${shut}></sb-discovery-settings>`;
    return this.question
      ? html`<sb-decision .inbox=${this.inbox} .question=${this.question} @shut=${shut}></sb-decision>`
      : nothing;
  }
}

customElements.define('sb-intent-inbox', IntentInbox);
