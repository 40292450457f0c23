// @ts-check
// <switchboard-call>: a call as the customer sees it: who speaks, for how long, the words, the buttons.

import { LitElement, html, nothing } from '../../kit/vendor/lit.js';
import { icon } from '../../kit/icons.js';
import { shelf } from '../../kit/remember.js';
import { base, buttons } from '../../kit/styles.js';
import { Ticker } from '../../kit/ticker.js';
import { timer } from '../../kit/time.js';
import { playKey } from '../../voice/tones.js';
import { callControls } from './call-controls.js';
import { callStyles } from './call-styles.js';
import { isKey, keypad } from './keypad.js';
import { keypadStyles } from './keypad-styles.js';
import { orb } from './orb.js';
import { orbStyles } from './orb-styles.js';
import { strings } from '../strings.js';

const kept = shelf('switchboard.call:');
/** Loudness of a normal voice; twice as loud fills the picture. */
const NORMAL_VOICE = 0.12;

/** Fires `hang-up` (detail: keeps the chat), `again`, `chat` and `dismiss`. */
export class CallPanel extends LitElement {
  static properties = {
    line: { attribute: false },
    version: { type: Number },
    agentName: { type: String },
    isKeypadOpen: { state: true },
    isVolumeOpen: { state: true },
    showsCaptions: { state: true },
    pressed: { state: true },
  };
  static styles = [base, buttons, callStyles, orbStyles, keypadStyles];

  constructor() {
    super();
    new Ticker(this);
    /** @type {import('../../voice/line.js').VoiceLine} */ this.line;
    /** Raised by the shell with every change of the line. */
    this.version = 0;
    this.agentName = '';
    this.isKeypadOpen = false;
    this.isVolumeOpen = false;
    this.showsCaptions = kept.get('captions') ?? true;
    this.pressed = '';
    /** @type {import('../../voice/line.js').VoiceLine | null} */ this.watched = null;
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (!changed.has('line')) return;
    this.watched?.removeEventListener('level', this.#draw);
    this.watched = this.line;
    this.line.addEventListener('level', this.#draw);
    this.line.setVolume(kept.get('volume') ?? 1);
    this.pressed = '';
    this.isKeypadOpen = false;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.watched?.removeEventListener('level', this.#draw);
    this.watched = null;
  }

  /** Levels come many times a second: they move the picture without drawing the panel anew. */
  #draw = () => {
    const { mine, theirs } = this.line.levels;
    const level = this.line.line === 'listening' ? mine : Math.max(theirs, this.line.line === 'bridged' ? mine : 0);
    this.style.setProperty('--level', Math.min(1, level / (2 * NORMAL_VOICE)).toFixed(2));
  };

  /** A key of the keyboard; true when it was for the call. @param {KeyboardEvent} event */
  keyed(event) {
    if (!this.line.isOpen || event.ctrlKey || event.metaKey || event.altKey) return false;
    if (event.key === 'Escape' && (this.isKeypadOpen || this.isVolumeOpen)) this.#shut();
    else if (event.key === 'm' || event.key === 'M') this.#mute();
    else if (event.key === 'k' || event.key === 'K') this.#toggleKeypad();
    else if (this.isKeypadOpen && isKey(event.key)) this.#press(event.key);
    else return false;
    return true;
  }

  #mute() {
    if (this.line.phase === 'live') this.line.mute(!this.line.isMuted);
  }

  async #toggleKeypad() {
    if (this.isKeypadOpen) return this.#shut();
    this.isKeypadOpen = true;
    this.isVolumeOpen = false;
    await this.updateComplete;
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('.key'))?.focus();
  }

  async #shut() {
    const isKeypad = this.isKeypadOpen;
    this.isKeypadOpen = false;
    this.isVolumeOpen = false;
    await this.updateComplete;
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector(isKeypad ? '.to-keypad' : '.to-volume'))?.focus();
  }

  /** @param {string} key */
  #press(key) {
    playKey(key);
    this.line.press(key);
    this.pressed = (this.pressed + key).slice(-20);
  }

  #toggleCaptions() {
    this.showsCaptions = !this.showsCaptions;
    kept.set('captions', this.showsCaptions);
  }

  /** @param {number} volume 0 to 1 */
  #volume(volume) {
    this.line.setVolume(volume);
    kept.set('volume', volume);
  }

  /** @param {string} name @param {unknown} [detail] */
  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  render() {
    const { line } = this;
    const words = strings.call;
    const { state } = line.microphone;
    if (line.phase === 'over') return this.#over();
    const trouble = words.trouble[/** @type {keyof typeof words.trouble} */ (state)];
    const isBefore = line.since === 0;
    return html`<section
      class="call"
      aria-label=${words.panel}
      data-testid="call"
      data-line=${line.line}
      data-phase=${line.phase}
      data-microphone=${state}
    >
      ${isBefore && trouble
        ? this.#trouble(trouble, state)
        : isBefore && state === 'asking'
          ? this.#asking()
          : this.#live(trouble)}
    </section>`;
  }

  #asking() {
    const words = strings.call;
    return html`<div class="before" data-testid="call-asking">
      <span class="big asking">${icon('mic', 34)}</span>
      <h3>${words.asking}</h3>
      <p>${words.askingHint}</p>
      <div class="row">
        <button class="button" data-testid="call-cancel" @click=${() => this.#tell('hang-up', true)}>
          ${words.cancel}
        </button>
      </div>
    </div>`;
  }

  /** @param {{title: string, hint: string}} trouble @param {string} state */
  #trouble({ title, hint }, state) {
    const words = strings.call;
    const canTry = state !== 'insecure' && state !== 'unsupported';
    return html`<div class="before" role="alert" data-testid="call-trouble">
      <span class="big">${icon('micOff', 34)}</span>
      <h3>${title}</h3>
      <p>${hint}</p>
      <div class="row">
        ${canTry
          ? html`<button class="button primary" data-testid="call-retry" @click=${() => this.line.askMicrophone()}>
              ${words.tryAgain}
            </button>`
          : nothing}
        <button class="button" data-testid="chat-instead" @click=${() => this.#tell('chat')}>
          ${words.chatInstead}
        </button>
      </div>
    </div>`;
  }

  /** @param {{title: string, hint: string} | undefined} trouble the microphone's, in mid-call */
  #live(trouble) {
    const { line } = this;
    const words = strings.call;
    return html`<div class="state">
        ${orb(line)}
        <div class="grow">
          <h3 class="one-line" data-testid="call-state">${this.#title()}</h3>
          ${this.#under()}
        </div>
        <div class="clock">
          <time class="num" data-testid="call-timer">${line.since ? timer((Date.now() - line.since) / 1000) : ''}</time>
          ${line.isRecording
            ? html`<span class="rec" title=${words.recordingTitle} data-testid="call-recording"
                ><i></i>${words.recording}</span
              >`
            : nothing}
        </div>
      </div>
      <p class="sr-only" role="status">${this.#announced()}</p>
      ${this.#warning(trouble)} ${this.showsCaptions ? this.#captions() : nothing}
      ${this.isKeypadOpen
        ? keypad(this.pressed, { press: (key) => this.#press(key), close: () => this.#shut() })
        : nothing}
      ${this.#controls()}`;
  }

  #title() {
    const { line } = this;
    const words = strings.call;
    if (line.phase === 'lost') return words.lost;
    if (line.line === 'bridged') return line.operatorName || words.lines.bridged;
    if (line.line === 'speaking') return line.agentName || words.lines.speaking;
    return words.lines[/** @type {keyof typeof words.lines} */ (line.line)] ?? words.lines.loading;
  }

  /** The server's own line, for example the place in the queue; else who it is. */
  #under() {
    const { line } = this;
    const words = strings.call;
    const who =
      line.line === 'on_hold'
        ? words.held(line.operatorName)
        : line.line === 'bridged' || !line.agentName
          ? ''
          : words.withAgent(line.agentName);
    const what = line.phase === 'lost' ? '' : line.isMuted ? words.muted : line.text || who;
    const { word } = line.quality;
    return html`<p class="under ${line.isMuted ? 'muted' : ''}" data-testid="call-text">${what}</p>
      ${word === 'unknown' || line.phase === 'lost'
        ? nothing
        : html`<p
            class="quality ${word}"
            title=${word === 'poor' ? words.poorAdvice : nothing}
            data-testid="call-quality"
          >
            <i></i><i></i><i></i>${words.quality[word]}
          </p>`}`;
  }

  /** For screen readers: not every pause, but what changes the call. */
  #announced() {
    const { line } = this;
    if (line.phase === 'lost') return `${strings.call.lost}. ${strings.call.lostHint}`;
    return ['holding', 'bridged', 'on_hold'].includes(line.line) ? `${this.#title()}. ${line.text}` : '';
  }

  /** @param {{title: string, hint: string} | undefined} trouble */
  #warning(trouble) {
    const { line } = this;
    const words = strings.call;
    if (line.phase === 'lost')
      return html`<p class="warning" data-testid="call-lost">
        <i class="spinner"></i><span class="grow">${words.lostHint}</span
        ><button class="button small" @click=${() => line.retryNow()}>${strings.tryNow}</button>
      </p>`;
    if (trouble)
      return html`<p class="warning" role="alert" data-testid="call-trouble">
        ${icon('micOff', 16)}<span class="grow"><b>${trouble.title}.</b> ${trouble.hint}</span
        ><button class="button small" @click=${() => line.askMicrophone()}>${words.tryAgain}</button>
      </p>`;
    if (line.isBlocked)
      return html`<p class="warning">
        ${icon('soundOff', 16)}<span class="grow">${words.blocked}</span
        ><button class="button small" @click=${() => line.unblock()}>${words.unblock}</button>
      </p>`;
    if (line.problem)
      return html`<p class="warning" role="alert" data-testid="call-problem">
        ${icon('alert', 16)}<span>${line.problem}</span>
      </p>`;
    return line.returns && Date.now() - line.returnedAt < 8_000
      ? html`<p class="warning good" role="status" data-testid="call-back">
          ${icon('check', 16)}<span>${words.back}</span>
        </p>`
      : nothing;
  }

  #captions() {
    const { captions, line } = this.line;
    const said = line === 'holding' || line === 'on_hold' ? undefined : newest(captions);
    const who = !said
      ? ''
      : said.speaker === 'customer'
        ? strings.call.you
        : said.speaker === 'agent'
          ? this.line.agentName
          : said.name || this.line.operatorName;
    return html`<p
      class="captions ${said?.isFinal ? '' : 'draft'}"
      dir="auto"
      aria-hidden="true"
      data-testid="captions"
    >
      ${said?.text ? html`<b>${who}</b> ${said.text}` : nothing}
    </p>`;
  }

  #controls() {
    return callControls(this.line, this, {
      mute: () => this.#mute(),
      keypad: () => this.#toggleKeypad(),
      captions: () => this.#toggleCaptions(),
      volume: () => (this.isVolumeOpen = !this.isVolumeOpen),
      setVolume: (volume) => this.#volume(volume),
      hangUp: (keepsChat) => this.#tell('hang-up', keepsChat),
    });
  }

  #over() {
    const { line } = this;
    const words = strings.call;
    const { reason = '', goesOnInChat = false } = line.end ?? {};
    const isRefused = reason === 'refused' || line.since === 0;
    const title = line.since === 0 ? words.refused : isRefused || reason === 'closed' ? words.closed : words.ended;
    const why = isRefused ? line.problem : (words.reasons[reason] ?? (goesOnInChat ? words.goesOn : ''));
    return html`<section class="call over" role="status" data-testid="call-over">
      <span class="small-orb">${icon('phone', 18)}</span>
      <p class="grow">
        <b>${title}</b>${line.since
          ? html` <span class="num faint">${timer((line.overAt - line.since) / 1000)}</span>`
          : nothing}<br />${why}
      </p>
      <button class="button small" data-testid="call-again" @click=${() => this.#tell('again')}>${words.again}</button>
      <button
        class="icon-button"
        aria-label=${words.dismiss}
        title=${words.dismiss}
        data-testid="call-dismiss"
        @click=${() => this.#tell('dismiss')}
      >
        ${icon('close', 16)}
      </button>
    </section>`;
  }
}

/** @param {import('../../voice/line.js').VoiceLine['captions']} captions */
const newest = (captions) => Object.values(captions).sort((a, b) => b.at - a.at)[0];

customElements.define('switchboard-call', CallPanel);
