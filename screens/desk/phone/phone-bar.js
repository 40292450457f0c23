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
import { strings } from './strings.js';

/** @typedef {import('../../kit/protocol.js').WorkItem} WorkItem */
/** @typedef {import('../../voice/line.js').VoiceLine} Line */

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
      aria-label=${strings.title}
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
        <p class="grow"><b>${strings.isCalling(customerName(item))}</b> ${clock}</p>
        ${this.#briefSwitch()}<button
          class="button primary"
          data-testid="answer-call"
          @click=${() => softphone.answer(item)}
        >
          ${icon('phone', 16)} ${strings.answer}
        </button>`;
    const why = isMine(item, this.store.me.operator_id)
      ? strings.onAnotherCall
      : item.operator_name
        ? strings.withOperator(item.operator_name)
        : strings.withAgent;
    return html`<span class="sign">${icon('phone', 18)}</span>
      <p class="grow soft">${why} ${clock}</p>
      ${item.call?.is_recording ? recorded : nothing}`;
  }

  /** @param {Line} line */
  #on(line) {
    const trouble = strings.troubles[line.microphone.state];
    const canTry = ['denied', 'missing', 'busy', 'lost'].includes(line.microphone.state);
    if (trouble && line.phase !== 'lost')
      return html`<span class="sign warn">${icon('micOff', 18)}</span>
        <p class="grow warn" role="alert" data-testid="phone-trouble">${trouble}</p>
        ${canTry
          ? html`<button class="button small primary" @click=${() => line.askMicrophone()}>${strings.tryAgain}</button>`
          : nothing}${this.#leaveButton()}`;
    if (line.phase === 'lost')
      return html`<span class="sign warn">${icon('phone', 18)}</span>
        <p class="grow warn" role="status" data-testid="phone-lost">${strings.lost}</p>
        <button class="button small" @click=${() => line.retryNow()}>${strings.tryNow}</button>${this.#leaveButton()}`;
    if (line.phase === 'opening')
      return html`<span class="sign">${icon('phone', 18)}</span>
        <p class="grow soft" role="status">${strings.connecting}</p>
        ${this.#leaveButton()}`;
    if (line.isBriefPlaying)
      return html`<span class="sign live">${icon('ear', 18)}</span>
        <p class="grow" role="status" data-testid="brief">
          <b>${strings.briefPlays}</b> <span class="soft">${strings.briefPlaysHint}</span>
        </p>
        <button
          class="button small primary"
          title=${strings.skipBriefTitle}
          data-testid="skip-brief"
          @click=${() => line.skipBrief()}
        >
          ${strings.skipBrief}
        </button>`;
    return html`<span class="sign live" title=${strings.loudness}>${icon('phone', 18)}</span>${this.#status(
        line,
      )}${this.#buttons(line)}`;
  }

  /** @param {Line} line */
  #status(line) {
    return html`<div class="grow status">
      <p>
        <span class="num" data-testid="phone-timer">${timer((Date.now() - line.since) / 1000)}</span>
        ${legs(line)} ${line.isHeld ? html`<span class="chip warn" data-testid="held">${strings.held}</span>` : nothing}
        ${this.item.call?.is_recording ? recorded : nothing}
      </p>
      <p class="soft small">${soundState(line)}</p>
    </div>`;
  }

  /** @param {Line} line */
  #buttons(line) {
    const isHolder = isMine(this.item, this.store.me.operator_id);
    return html`<span class="buttons">
      ${tool({
        id: 'phone-mute',
        sign: icon(line.isMuted ? 'micOff' : 'mic'),
        word: line.isMuted ? strings.unmute : strings.mute,
        title: line.isMuted ? strings.unmuteTitle : strings.muteTitle,
        isOn: line.isMuted,
        look: line.isMuted ? 'warn' : '',
        act: () => this.softphone.toggleMute(),
      })}
      ${isHolder ? this.#holderButtons(line) : nothing} ${this.#more(line)}
      ${isHolder
        ? html`<button class="end" title=${strings.endTitle} data-testid="end" @click=${this.#command('end')}>
            ${icon('hangUp', 20)} ${strings.end}
          </button>`
        : nothing}</span
    >`;
  }

  /** What only the one whose call it is may do. @param {Line} line */
  #holderButtons(line) {
    const { call, conversation_id: id } = this.item;
    const isRecording = Boolean(call?.is_recording);
    const isConsulting = Boolean(call?.consult);
    return html`${tool({
      id: 'phone-hold',
      sign: icon(line.isHeld ? 'play' : 'hold'),
      word: line.isHeld ? strings.resume : strings.hold,
      title: line.isHeld ? strings.resumeTitle : strings.holdTitle,
      isOn: line.isHeld,
      isOff: isConsulting,
      act: this.#command('hold'),
    })}
    ${tool({
      id: 'phone-consult',
      sign: icon('people'),
      word: strings.consult,
      title: strings.consultTitle,
      isOff: isConsulting,
      act: this.#command('consult'),
    })}
    ${tool({
      id: 'phone-record',
      sign: html`<i class="dot-rec"></i>`,
      word: isRecording ? strings.pauseRecording : strings.record,
      title: isRecording ? strings.pauseRecordingTitle : strings.recordTitle,
      isOn: isRecording,
      act: () => this.store.act({ type: 'record', conversation_id: id, is_on: !isRecording }),
    })}`;
  }

  /** @param {Line} line */
  #more(line) {
    return html`<details class="more">
      <summary class="tool" title=${strings.moreTitle} aria-label=${strings.more} data-testid="phone-more">
        ${icon('menu')}<span>${strings.more}</span>
      </summary>
      <div class="menu">
        <label
          >${strings.volume}
          <input
            type="range"
            min="0"
            max="1"
            step="0.05"
            .value=${live(String(line.volume))}
            @input=${(/** @type {InputEvent} */ event) =>
              this.softphone.setVolume(Number(/** @type {HTMLInputElement} */ (event.target).value))}
        /></label>
        ${this.#briefSwitch()}${this.#leaveButton(strings.leaveLine)}
        <p class="soft small">${strings.leaveHint}</p>
      </div>
    </details>`;
  }

  #leaveButton(words = strings.leave) {
    return html`<button class="button small plain" data-testid="leave-line" @click=${() => this.softphone.leave()}>
      ${icon('leave', 15)} ${words}
    </button>`;
  }

  #briefSwitch() {
    const { softphone } = this;
    return html`<label class="switch" title=${strings.briefTitle}
      ><input
        type="checkbox"
        .checked=${live(softphone.wantsBrief)}
        data-testid="wants-brief"
        @change=${(/** @type {Event} */ event) =>
          (softphone.wantsBrief = /** @type {HTMLInputElement} */ (event.target).checked)}
      />
      ${strings.brief}</label
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
    const other = isHolder ? consult.operator_name : (item.operator_name ?? strings.yourColleague);
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
            <p class="grow" role="status">${strings.asking(other)}</p>
            ${button('consult_end', strings.cancel)}
          </div>`
        : nothing;
    const isPrivate = consult.status === 'private';
    return html`<div class="row consult" data-testid="consult" data-status=${consult.status}>
      <span class="sign">${icon(isPrivate ? 'lock' : 'people', 16)}</span>
      <p class="grow" role="status">
        ${isPrivate
          ? html`<b>${strings.privateWith(other)}</b> <span class="soft">${strings.privateHint}</span>`
          : html`<b>${strings.allThree}</b>`}
        ${isAsked && consult.note ? html`<span class="soft" dir="auto">“${consult.note}”</span>` : nothing}
      </p>
      ${isPrivate ? button('consult_merge', html`${icon('merge', 15)} ${strings.merge}`, 'primary') : nothing}
      ${isHolder
        ? button('consult_complete', isPrivate ? strings.handOverTo(first(other)) : strings.leaveThemTo(first(other)))
        : nothing}
      ${button('consult_end', isHolder ? strings.colleagueLeaves(first(other)) : strings.leave, 'plain')}
    </div>`;
  }
}

const recorded = html`<span class="chip bad rec" data-testid="recording"><i></i> ${strings.recorded}</span>`;

/**
 * @param {object} button
 * @param {string} button.id for tests
 * @param {unknown} button.sign
 * @param {string} button.word
 * @param {string} button.title
 * @param {boolean} [button.isOn] pressed in; left out where it is no switch
 * @param {boolean} [button.isOff] not now
 * @param {string} [button.look]
 * @param {() => unknown} button.act
 */
const tool = ({ id, sign, word, title, isOn, isOff = false, look = '', act }) =>
  html`<button
    class="tool ${look}"
    aria-pressed=${isOn ?? nothing}
    ?disabled=${isOff}
    title=${title}
    data-testid=${id}
    @click=${act}
  >
    ${sign}<span>${word}</span>
  </button>`;

/** Who is on the line; my own name only where there are more than two. @param {Line} line */
const legs = ({ legs }) =>
  html`<span data-testid="legs"
    >${legs
      .filter(({ role }) => role !== 'operator' || legs.length > 2)
      .map(
        (leg) =>
          html`<span class="leg"
            >${leg.name}${leg.is_muted
              ? html` <span title=${strings.legMuted} role="img" aria-label=${strings.legMutedLabel}
                  >${icon('micOff', 13)}</span
                >`
              : nothing}</span
          >`,
      )}</span
  >`;

/** What is wrong with the sound, else how good the line is. @param {Line} line */
function soundState(line) {
  const { word, tripMs } = line.quality;
  if (line.isBlocked)
    return html`<button class="button small primary" @click=${() => line.unblock()}>${strings.unblock}</button>`;
  if (line.isMuted) return html`<span class="warn">${strings.muted}</span>`;
  if (word === 'unknown') return '';
  return html`<span
    class=${word === 'poor' ? 'bad' : ''}
    title=${strings.roundTrip(Math.round(tripMs ?? 0))}
    data-testid="phone-quality"
    >${strings.quality[word]}</span
  >`;
}

/** @param {string} name */
const first = (name) => name.split(' ')[0];

customElements.define('sb-phone-bar', PhoneBar);
