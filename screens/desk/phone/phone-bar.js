// @ts-check
// <sb-phone-bar>: the call of the open conversation: who is on the line, for how long, and its buttons.

import { html, live, nothing } from '../../kit/vendor/lit.js';
import { StoreElement } from '../../kit/store-element.js';
import { customerName, isMine } from '../../kit/lists.js';
import { icon } from '../../kit/icons.js';
import { base, buttons, parts } from '../../kit/styles.js';
import { Ticker } from '../../kit/ticker.js';
import { secondsSince, timer } from '../../kit/time.js';
import { phoneBarStyles } from './phone-bar-styles.js';

/** @typedef {import('../../kit/protocol.js').WorkItem} WorkItem */
/** @typedef {import('../../voice/line.js').VoiceLine} Line */

/** What stands between me and the call, by the microphone's state. @type {Record<string, string>} */
const troubles = {
  asking: 'Allow the microphone, and you are connected.',
  denied: 'The microphone is blocked. Allow it for this site beside the browser’s address, then try again.',
  missing: 'No microphone was found. Plug in a headset.',
  busy: 'The microphone is in use by another program. Close that, then try again.',
  lost: 'Your headset was disconnected. Plug it in again.',
  insecure: 'Calls need this page on https.',
  unsupported: 'This browser can’t make calls.',
};

/** Fires `command` (detail: name). */
export class PhoneBar extends StoreElement {
  static properties = { ...StoreElement.properties, softphone: { attribute: false }, item: { attribute: false } };
  static styles = [base, buttons, parts, phoneBarStyles];

  constructor() {
    super();
    new Ticker(this);
    /** @type {import('./softphone.js').Softphone} */ this.softphone;
    /** @type {WorkItem} */ this.item;
    /** @type {Line | null} */ this.watched = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.softphone.addEventListener('change', this.#look);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.softphone.removeEventListener('change', this.#look);
    this.watched?.removeEventListener('level', this.#draw);
    this.watched = null;
  }

  #look = () => this.requestUpdate();

  #draw = () => {
    const { mine, theirs } = this.watched?.levels ?? { mine: 0, theirs: 0 };
    this.style.setProperty('--mine', Math.min(1, mine * 5).toFixed(2));
    this.style.setProperty('--theirs', Math.min(1, theirs * 5).toFixed(2));
  };

  willUpdate() {
    const line = this.softphone.lineOf(this.item.conversation_id);
    if (line === this.watched) return;
    this.watched?.removeEventListener('level', this.#draw);
    this.watched = line;
    line?.addEventListener('level', this.#draw);
  }

  /** @param {string} name */
  #command = (name) => () => this.tell('command', name);

  render() {
    const { item } = this;
    if (!item.call) return nothing;
    const line = this.softphone.lineOf(item.conversation_id);
    return html`<section
      class="bar ${line?.phase ?? 'none'}"
      aria-label="Call"
      data-testid="phone-bar"
      data-phase=${line?.phase ?? 'none'}
      data-microphone=${line?.microphone.state ?? 'off'}
    >
      <div class="row">${line ? this.#on(line) : this.#off()}</div>
      ${this.#consult()}
    </section>`;
  }

  /** A call without my line. */
  #off() {
    const { softphone, item } = this;
    const since = item.call?.since;
    const clock = since ? html`<span class="num">${timer(secondsSince(since))}</span>` : nothing;
    if (softphone.canAnswer(item))
      return html`<span class="sign ringing">${icon('phoneRing', 18)}</span>
        <p class="grow"><b>${customerName(item)} is on the phone</b> ${clock}</p>
        ${this.#briefSwitch()}<button
          class="button primary"
          data-testid="answer-call"
          @click=${() => softphone.answer(item)}
        >
          ${icon('phone', 16)} Answer
        </button>`;
    const why = isMine(item, this.store.me.operator_id)
      ? 'You are on another call.'
      : item.operator_name
        ? `${item.operator_name} is on the phone with them.`
        : 'On the phone with the agent.';
    return html`<span class="sign">${icon('phone', 18)}</span>
      <p class="grow soft">${why} ${clock}</p>
      ${item.call?.is_recording ? recorded : nothing}`;
  }

  /** @param {Line} line */
  #on(line) {
    const trouble = troubles[line.microphone.state];
    const canTry = ['denied', 'missing', 'busy', 'lost'].includes(line.microphone.state);
    if (trouble && line.phase !== 'lost')
      return html`<span class="sign warn">${icon('micOff', 18)}</span>
        <p class="grow warn" role="alert" data-testid="phone-trouble">${trouble}</p>
        ${canTry
          ? html`<button class="button small primary" @click=${() => line.askMicrophone()}>Try again</button>`
          : nothing}${this.#leaveButton()}`;
    if (line.phase === 'lost')
      return html`<span class="sign warn">${icon('phone', 18)}</span>
        <p class="grow warn" role="status" data-testid="phone-lost">
          The line was lost. Reconnecting; the customer is told.
        </p>
        <button class="button small" @click=${() => line.retryNow()}>Try now</button>${this.#leaveButton()}`;
    if (line.phase === 'opening')
      return html`<span class="sign">${icon('phone', 18)}</span>
        <p class="grow soft" role="status">Connecting the call</p>
        ${this.#leaveButton()}`;
    if (line.isBriefPlaying)
      return html`<span class="sign live">${icon('ear', 18)}</span>
        <p class="grow" role="status" data-testid="brief">
          <b>Hearing the brief</b> <span class="soft">You are connected right after it.</span>
        </p>
        <button
          class="button small primary"
          title="Connect now (Alt+B)"
          data-testid="skip-brief"
          @click=${() => line.skipBrief()}
        >
          Skip, connect now
        </button>`;
    return html`<span class="sign live" title="Loudness of the line">${icon('phone', 18)}</span>${this.#status(
        line,
      )}${this.#buttons(line)}`;
  }

  /** @param {Line} line */
  #status(line) {
    const { word, tripMs } = line.quality;
    const isRecording = this.item.call?.is_recording;
    return html`<div class="grow status">
      <p>
        <span class="num" data-testid="phone-timer">${timer((Date.now() - line.since) / 1000)}</span>
        <span data-testid="legs"
          >${line.legs
            .filter(({ role }) => role !== 'operator' || line.legs.length > 2)
            .map(
              (leg) =>
                html`<span class="leg"
                  >${leg.name}${leg.is_muted
                    ? html` <span title="Muted" role="img" aria-label="muted">${icon('micOff', 13)}</span>`
                    : nothing}</span
                >`,
            )}</span
        >
        ${line.isHeld ? html`<span class="chip warn" data-testid="held">on hold</span>` : nothing}${isRecording
          ? recorded
          : nothing}
      </p>
      <p class="soft small">
        ${line.isBlocked
          ? html`<button class="button small primary" @click=${() => line.unblock()}>Play the sound</button>`
          : line.isMuted
            ? html`<span class="warn">You are muted</span>`
            : word === 'unknown'
              ? ''
              : html`<span
                  class=${word === 'poor' ? 'bad' : ''}
                  title="Round trip ${Math.round(tripMs ?? 0)} ms"
                  data-testid="phone-quality"
                  >${{ good: 'Good line', fair: 'Fair line', poor: 'Poor line' }[word]}</span
                >`}
      </p>
    </div>`;
  }

  /** @param {Line} line */
  #buttons(line) {
    const { softphone, item, store } = this;
    const isHolder = isMine(item, store.me.operator_id);
    const isRecording = Boolean(item.call?.is_recording);
    const id = item.conversation_id;
    return html`<span class="buttons">
      <button
        class="tool ${line.isMuted ? 'warn' : ''}"
        aria-pressed=${line.isMuted}
        title="${line.isMuted ? 'Unmute' : 'Mute'} (Alt+U)"
        data-testid="phone-mute"
        @click=${() => softphone.toggleMute()}
      >
        ${icon(line.isMuted ? 'micOff' : 'mic')}<span>${line.isMuted ? 'Unmute' : 'Mute'}</span>
      </button>
      ${isHolder
        ? html` <button
              class="tool"
              aria-pressed=${line.isHeld}
              ?disabled=${Boolean(item.call?.consult)}
              title="${line.isHeld ? 'Back to the customer' : 'Put the customer on hold'} (Alt+Q)"
              data-testid="phone-hold"
              @click=${this.#command('hold')}
            >
              ${icon(line.isHeld ? 'play' : 'hold')}<span>${line.isHeld ? 'Resume' : 'Hold'}</span>
            </button>
            <button
              class="tool"
              ?disabled=${Boolean(item.call?.consult)}
              title="Ask a colleague in (Alt+N)"
              data-testid="phone-consult"
              @click=${this.#command('consult')}
            >
              ${icon('people')}<span>Consult</span>
            </button>
            <button
              class="tool"
              aria-pressed=${isRecording}
              title="${isRecording ? 'Pause the recording' : 'Record'} (Alt+Y)"
              data-testid="phone-record"
              @click=${() => store.act({ type: 'record', conversation_id: id, is_on: !isRecording })}
            >
              <i class="dot-rec"></i><span>${isRecording ? 'Pause rec' : 'Record'}</span>
            </button>`
        : nothing}
      <details class="more">
        <summary class="tool" title="Volume, brief, leaving" aria-label="More" data-testid="phone-more">
          ${icon('menu')}<span>More</span>
        </summary>
        <div class="menu">
          <label
            >Volume
            <input
              type="range"
              min="0"
              max="1"
              step="0.05"
              .value=${live(String(line.volume))}
              @input=${(/** @type {InputEvent} */ event) =>
                softphone.setVolume(Number(/** @type {HTMLInputElement} */ (event.target).value))}
          /></label>
          ${this.#briefSwitch()}${this.#leaveButton('Leave the line')}
          <p class="soft small">The conversation stays yours, to go on in writing.</p>
        </div>
      </details>
      ${isHolder
        ? html`<button
            class="end"
            title="End the conversation (Alt+E)"
            data-testid="end"
            @click=${this.#command('end')}
          >
            ${icon('hangUp', 20)} End
          </button>`
        : nothing}</span
    >`;
  }

  #leaveButton(words = 'Leave') {
    return html`<button class="button small plain" data-testid="leave-line" @click=${() => this.softphone.leave()}>
      ${icon('leave', 15)} ${words}
    </button>`;
  }

  #briefSwitch() {
    const { softphone } = this;
    return html`<label class="switch" title="Hear in a few seconds what it is about, before the customer hears you"
      ><input
        type="checkbox"
        .checked=${live(softphone.wantsBrief)}
        data-testid="wants-brief"
        @change=${(/** @type {Event} */ event) =>
          (softphone.wantsBrief = /** @type {HTMLInputElement} */ (event.target).checked)}
      />
      Spoken brief first</label
    >`;
  }

  /** A colleague asked in: where it stands, and what either may do. */
  #consult() {
    const { store, item } = this;
    const consult = item.call?.consult;
    if (!consult) return nothing;
    const id = item.conversation_id;
    const isHolder = isMine(item, store.me.operator_id);
    const isAsked = consult.operator_id === store.me.operator_id;
    if (!isHolder && !isAsked) return nothing;
    const other = isHolder ? consult.operator_name : (item.operator_name ?? 'your colleague');
    const button = (/** @type {string} */ type, /** @type {unknown} */ words, tone = '') =>
      html`<button
        class="button small ${tone}"
        data-testid=${type.replaceAll('_', '-')}
        @click=${() => store.act({ type, conversation_id: id })}
      >
        ${words}
      </button>`;
    if (consult.status === 'asked')
      return isHolder
        ? html`<div class="row consult" data-testid="consult" data-status="asked">
            <span class="sign ringing">${icon('phoneRing', 16)}</span>
            <p class="grow" role="status">Asking ${other}. The customer is on hold.</p>
            ${button('consult_end', 'Cancel')}
          </div>`
        : nothing;
    const isPrivate = consult.status === 'private';
    return html`<div class="row consult" data-testid="consult" data-status=${consult.status}>
      <span class="sign">${icon(isPrivate ? 'lock' : 'people', 16)}</span>
      <p class="grow" role="status">
        ${isPrivate
          ? html`<b>Private with ${other}.</b>
              <span class="soft">The customer is on hold and hears neither of you.</span>`
          : html`<b>All three are talking.</b>`}
        ${isAsked && consult.note ? html`<span class="soft" dir="auto">“${consult.note}”</span>` : nothing}
      </p>
      ${isPrivate ? button('consult_merge', html`${icon('merge', 15)} Merge`, 'primary') : nothing}
      ${isHolder
        ? button('consult_complete', isPrivate ? `Hand over to ${first(other)}` : `Leave them to ${first(other)}`)
        : nothing}
      ${button('consult_end', isHolder ? `${first(other)} leaves` : 'Leave', 'plain')}
    </div>`;
  }
}

const recorded = html`<span class="chip bad rec" data-testid="recording"><i></i> recorded</span>`;

/** @param {string} name */
const first = (name) => name.split(' ')[0];

customElements.define('sb-phone-bar', PhoneBar);
