// @ts-check
// <sb-transcript>: a conversation as operators and supervisors see it. `showTurn` brings one turn into sight.

import { LitElement, html, nothing, repeat } from '../vendor/lit.js';
import { icon } from '../icons.js';
import { moodFace } from '../mood.js';
import { richText } from '../rich-text.js';
import { StickToEnd } from '../stick-to-end.js';
import { base, buttons, parts } from '../styles.js';
import { clock, date, timer } from '../time.js';
import { plain } from '../words.js';
import './call-player.js';
import { entriesOf } from './entries.js';
import { Recordings } from './recordings.js';
import { spokenWords } from './spoken-words.js';
import { strings } from './strings.js';
import { transcriptStyles } from './transcript-styles.js';

/** Fires `retry` and `discard` (detail: client id) for messages that were not sent. */
export class Transcript extends LitElement {
  static properties = {
    conversationId: { type: String },
    events: { attribute: false },
    parcels: { attribute: false },
    agentName: { type: String },
    customerName: { type: String },
    me: { type: String },
    readSeq: { type: Number },
    isCustomerTyping: { type: Boolean },
    showsWorkings: { type: Boolean },
    ghosts: { attribute: false },
  };
  static styles = [base, buttons, parts, transcriptStyles];

  constructor() {
    super();
    this.conversationId = '';
    /** @type {import('../protocol.js').EventOut[]} */ this.events = [];
    /** @type {import('../outbox.js').Parcel[]} */ this.parcels = [];
    this.agentName = '';
    this.customerName = '';
    /** Operator id of the reader. */
    this.me = '';
    /** Newest sequence number the customer has seen. */
    this.readSeq = 0;
    this.isCustomerTyping = false;
    this.showsWorkings = true;
    /** What is being said right now. @type {import('./entries.js').Ghost[]} */ this.ghosts = [];
    this.end = new StickToEnd(this);
    this.recordings = new Recordings(this);
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('conversationId')) this.end.isAtEnd = true;
    if (changed.has('conversationId') || changed.has('events')) this.recordings.look(this.conversationId, this.events);
  }

  /** Scroll to the turn with this sequence number, or the nearest one before it, and mark it. @param {number} seq */
  showTurn(seq) {
    const rows = /** @type {HTMLElement[]} */ ([...this.renderRoot.querySelectorAll('[data-seq]')]);
    const row = rows.findLast((candidate) => Number(candidate.dataset.seq) <= seq);
    if (!row) return;
    this.end.leave();
    row.scrollIntoView({ block: 'center' });
    row.classList.remove('marked');
    // Reading the width restarts the animation when the same turn is shown twice.
    void row.offsetWidth;
    row.classList.add('marked');
  }

  render() {
    const all = entriesOf(
      this.events,
      this.parcels.filter(({ conversationId }) => conversationId === this.conversationId),
      this.agentName,
      this.ghosts,
      this.me,
    );
    const entries = this.showsWorkings
      ? all
      : all.filter((entry) => entry.kind !== 'tool' && !(entry.kind === 'line' && entry.isWorking));
    this.end.newest(entries.at(-1)?.key ?? '');
    const lastOurs = entries.findLast(
      (entry) => entry.kind === 'turn' && entry.who === 'operator' && !entry.parcel && !entry.isGhost,
    );
    return html`<div
        class="scroller quiet-scroll"
        tabindex="0"
        role="log"
        aria-label=${strings.log}
        data-testid="transcript"
      >
        <div class="entries">
          ${repeat(
            entries,
            (entry) => entry.kind + entry.key,
            (entry) => this.#entry(entry, entry === lastOurs),
          )}
          ${this.isCustomerTyping
            ? html`<p class="typing" data-testid="customer-typing">
                <span class="dots"><i></i><i></i><i></i></span> ${strings.typing(this.customerName)}
              </p>`
            : nothing}
        </div>
      </div>
      ${this.end.hasNewBelow
        ? html`<button class="new-below" @click=${this.end.toEnd}>${icon('chevron', 16)} ${strings.newBelow}</button>`
        : nothing}`;
  }

  /** @param {import('./entries.js').Entry} entry @param {boolean} isLastOurs */
  #entry(entry, isLastOurs) {
    switch (entry.kind) {
      case 'turn':
        return this.#turn(entry, isLastOurs);
      case 'tool':
        return toolRow(entry);
      case 'divider':
        return html`<p class="divider ${entry.tone}" data-seq=${entry.seq} data-testid="divider">
          <span>${entry.text}</span>
        </p>`;
      case 'call':
        return this.recordings.player(entry.callId);
      case 'line':
        return html`<p class="line" data-seq=${entry.seq} title=${clock(entry.at)}>
          ${icon(entry.icon, 15)} <span dir="auto">${entry.text}</span>
        </p>`;
    }
  }

  /** @param {import('./entries.js').Turn} turn @param {boolean} isLastOurs */
  #turn(turn, isLastOurs) {
    const { voice } = turn;
    const isPlayable = Boolean(voice && this.recordings.has(voice.call_id));
    const seek = () =>
      voice && isPlayable && !window.getSelection()?.toString() && this.recordings.seek(voice.call_id, voice.start_ms);
    // Its spaces are kept, so there are none but the text's own.
    const look = `bubble ${turn.parcel?.state ?? ''} ${isPlayable ? 'playable' : ''}`;
    return html`<article
      class="turn ${turn.who} ${turn.isFirst ? 'first' : ''} ${turn.isGhost ? 'ghost' : ''}"
      data-seq=${turn.seq || nothing}
      data-who=${turn.who}
      data-testid="message"
    >
      ${this.#byline(turn)}
      <div class=${look} dir="auto" @click=${seek}>${this.#words(turn)}</div>
      ${isPlayable || turn.heard !== null ? playedState(turn, isPlayable ? seek : null) : nothing}
      ${this.#workings(turn)} ${turn.parcel ? this.#parcel(turn.parcel) : nothing}
      ${isLastOurs ? this.#delivery(turn) : nothing}
    </article>`;
  }

  /** @param {import('./entries.js').Turn} turn */
  #byline({ who, name, at, isFirst }) {
    const named = who === 'customer' ? this.customerName || name : name;
    return isFirst
      ? html`<p class="byline"><b>${named}</b>${tags[who]}<time datetime=${at}>${clock(at)}</time></p>`
      : html`<p class="sr-only">${named}</p>`;
  }

  /**
   * The card it showed, the articles it came from, what the agent made of it.
   * @param {import('./entries.js').Turn} turn
   */
  #workings({ card, sources, understood }) {
    return html`${card?.kind === 'handover'
      ? html`<p class="shown">${icon('transfer', 14)} ${strings.summaryShown}</p>`
      : nothing}
    ${this.showsWorkings && sources.length
      ? html`<p class="shown">${icon('source', 14)} ${sources.map((source) => source.title).join(', ')}</p>`
      : nothing}
    ${this.showsWorkings && understood.length ? html`<p class="understood">${understood.map(chip)}</p>` : nothing}`;
  }

  /** What is not on disk yet. @param {import('../outbox.js').Parcel} parcel */
  #parcel(parcel) {
    return parcel.state === 'failed'
      ? this.#failure(parcel)
      : html`<p class="state">${icon('clock', 12)} ${strings.sending}</p>`;
  }

  /** @param {import('./entries.js').Turn} turn */
  #delivery({ seq }) {
    return html`<p class="state" data-testid="delivery">
      ${seq <= this.readSeq ? html`${icon('checks', 13)} ${strings.read}` : html`${icon('check', 13)} ${strings.sent}`}
    </p>`;
  }

  /**
   * The text; what was not heard struck through; the word being played marked.
   * @param {import('./entries.js').Turn} turn
   */
  #words({ text, heard, voice }) {
    const { at } = this.recordings;
    if (voice && at && at.callId === voice.call_id && at.ms >= voice.start_ms && at.ms < voice.end_ms) {
      return spokenWords(text, heard, (at.ms - voice.start_ms) / (voice.end_ms - voice.start_ms));
    }
    return heard === null ? richText(text) : spokenWords(text, heard, null);
  }

  /** @param {import('../outbox.js').Parcel} parcel */
  #failure({ clientId, why }) {
    const tell = (/** @type {string} */ name) => () =>
      this.dispatchEvent(new CustomEvent(name, { detail: clientId, bubbles: true, composed: true }));
    return html`<p class="failure" role="alert">
      ${icon('alert', 14)} ${strings.notSent} ${why}
      <button class="button small" @click=${tell('retry')}>${strings.retry}</button>
      <button class="button small plain" @click=${tell('discard')}>${strings.discard}</button>
    </p>`;
  }
}

const tags = {
  customer: nothing,
  operator: nothing,
  agent: html`<span class="chip agent">${icon('agent', 12)} ${strings.ai}</span>`,
  note: html`<span class="chip private">${icon('lock', 12)} ${strings.privateNote}</span>`,
};

/**
 * When it was said in a recording, and whether all of it was heard.
 * @param {import('./entries.js').Turn} turn
 * @param {(() => unknown) | null} seek plays from there; null without a recording
 */
function playedState({ voice, heard }, seek) {
  return html`<p class="state">
    ${voice && seek
      ? html`<button class="at num" title=${strings.playFrom} data-testid="play-from" @click=${seek}>
          ${icon('play', 11)} ${timer(voice.start_ms / 1000)}
        </button>`
      : nothing}
    ${heard === null
      ? nothing
      : html`<span data-testid="interrupted">${heard ? strings.interrupted : strings.interruptedAtOnce}</span>`}
  </p>`;
}

/** @param {import('./entries.js').Understanding} understood */
function chip({ look, text, value, title, level }) {
  if (look === 'mood') return moodFace(level ?? 0, undefined, 17);
  if (look === 'intent')
    return html`<span class="chip agent" title=${title} data-testid="intent-chip"
      >${text} <span class="num dim">${value}</span></span
    >`;
  if (look === 'unmatched')
    return html`<span class="chip warn" title=${title} data-testid="intent-chip">${text}</span>`;
  return html`<span class="chip slot" title=${title} data-testid="slot-chip"
    ><span class="dim">${text}</span> ${date(value ?? '')}</span
  >`;
}

/** @param {import('./entries.js').ToolEntry} entry */
function toolRow({ seq, tool, isOk, summary, result }) {
  const rows = Object.entries(result).filter(([, value]) => value !== null && value !== '');
  return html`<details class="tool ${isOk ? '' : 'bad'}" data-seq=${seq} data-testid="tool">
    <summary>
      ${icon('tool', 14)} <b>${plain(tool)}</b> <span class="grow one-line">${summary}</span> ${isOk
        ? nothing
        : html`<span class="chip bad">${strings.failed}</span>`}
      ${icon('chevron', 14)}
    </summary>
    <p>${summary}</p>
    ${rows.length
      ? html`<dl>
          ${rows.map(
            ([name, value]) =>
              html`<div>
                <dt>${plain(name)}</dt>
                <dd>${typeof value === 'object' ? JSON.stringify(value) : String(value)}</dd>
              </div>`,
          )}
        </dl>`
      : nothing}
  </details>`;
}

customElements.define('sb-transcript', Transcript);
