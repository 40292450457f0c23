// @ts-check
// <sb-call-player>: a recorded call: play, pause, seek, and each voice on or off. The legs are files on one clock.

import { LitElement, css, html, live, nothing } from '../vendor/lit.js';
import { icon } from '../icons.js';
import { base, buttons } from '../styles.js';
import { timer } from '../time.js';
import { strings } from './strings.js';

/** Legs further apart than this are brought together again. */
const DRIFT_SECONDS = 0.06;
/** How often the words are told where we are: faster than anyone reads. */
const TELL_MS = 120;

/** Fires `at` (detail: milliseconds on the call's clock, or null when it stops). */
export class CallPlayer extends LitElement {
  static properties = {
    recording: { attribute: false },
    isPlaying: { state: true },
    seconds: { state: true },
    muted: { state: true },
    problem: { state: true },
  };
  static styles = [
    base,
    buttons,
    css`
      :host {
        display: block;
        align-self: center;
        width: min(100%, 560px);
        margin: 4px 0 8px;
      }
      .player {
        display: grid;
        grid-template-columns: auto 1fr auto;
        align-items: center;
        gap: 6px 10px;
        padding: 8px 12px 8px 8px;
        border: 1px solid var(--line);
        border-radius: var(--radius-l);
        background: var(--surface);
        font-size: var(--text-s);
        color: var(--ink-soft);
      }
      .play {
        display: grid;
        place-items: center;
        width: 36px;
        height: 36px;
        padding: 0;
        border: 0;
        border-radius: 50%;
        background: var(--accent);
        color: var(--on-accent);
      }
      .play:hover {
        background: var(--accent-strong);
      }
      .track {
        position: relative;
        display: flex;
      }
      .track input {
        flex: 1;
        min-width: 0;
        margin: 0;
        accent-color: var(--accent);
      }
      .pause {
        position: absolute;
        top: 100%;
        height: 3px;
        border-radius: 2px;
        background: var(--note);
      }
      .legs {
        display: flex;
        flex-wrap: wrap;
        gap: 4px;
        grid-column: 2 / -1;
      }
      .leg {
        display: inline-flex;
        align-items: center;
        gap: 4px;
        padding: 1px 8px;
        border: 1px solid var(--line);
        border-radius: var(--radius-round);
        background: none;
        color: var(--ink);
        line-height: 20px;
      }
      .leg[aria-pressed='false'] {
        color: var(--ink-faint);
        text-decoration: line-through;
      }
      .bad {
        color: var(--bad);
      }
    `,
  ];

  constructor() {
    super();
    /** @type {import('./recordings.js').Recording} */ this.recording;
    this.isPlaying = false;
    this.seconds = 0;
    /** Legs that are silenced. @type {Set<string>} */ this.muted = new Set();
    this.problem = '';
    /** @type {Map<string, HTMLAudioElement>} */ this.players = new Map();
    /** @type {number | undefined} */ this.beat = undefined;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.pause();
    for (const player of this.players.values()) player.removeAttribute('src');
    this.players.clear();
  }

  /** @param {number} seconds */
  playFrom(seconds) {
    this.#seek(seconds);
    this.play();
  }

  async play() {
    this.#load();
    if (this.seconds >= this.recording.seconds - 0.05) this.#seek(0);
    this.problem = '';
    this.isPlaying = true;
    clearInterval(this.beat);
    this.beat = window.setInterval(() => this.#tick(), TELL_MS);
    try {
      await Promise.all(this.#present.map((player) => player.play()));
    } catch (error) {
      // A pause in the meantime rejects a play: that is no fault.
      if (/** @type {DOMException} */ (error).name === 'AbortError') return;
      this.pause();
      this.problem = strings.player.notPlayed;
    }
  }

  pause() {
    clearInterval(this.beat);
    this.isPlaying = false;
    for (const player of this.players.values()) player.pause();
    this.#tell(null);
  }

  /** Legs that reach this far, the longest first: it is the clock. All count from the start of the call. */
  get #present() {
    const here = this.recording.legs
      .filter(({ seconds }) => seconds > this.seconds)
      .sort((a, b) => b.seconds - a.seconds);
    return here.flatMap(({ leg }) => this.players.get(leg) ?? []);
  }

  #load() {
    for (const { leg, url } of this.recording.legs) {
      if (this.players.has(leg)) continue;
      const player = new Audio(url);
      player.preload = 'auto';
      player.muted = this.muted.has(leg);
      player.addEventListener('error', () => (this.problem = strings.player.notLoaded));
      player.currentTime = this.seconds;
      this.players.set(leg, player);
    }
  }

  #tick() {
    const [first, ...others] = this.#present;
    if (!first || this.seconds >= this.recording.seconds) {
      this.pause();
      this.seconds = this.recording.seconds;
      return;
    }
    this.seconds = first.currentTime;
    for (const other of others)
      if (Math.abs(other.currentTime - first.currentTime) > DRIFT_SECONDS) other.currentTime = first.currentTime;
    if (first.ended) this.seconds = this.recording.seconds;
    this.#tell(this.seconds * 1000);
  }

  /** @param {number} seconds */
  #seek(seconds) {
    this.seconds = Math.max(0, Math.min(seconds, this.recording.seconds));
    for (const player of this.players.values()) player.currentTime = this.seconds;
    if (this.isPlaying) for (const player of this.#present) if (player.paused) player.play().catch(() => undefined);
    this.#tell(this.seconds * 1000);
  }

  /** @param {string} leg */
  #toggle(leg) {
    const muted = new Set(this.muted);
    if (!muted.delete(leg)) muted.add(leg);
    this.muted = muted;
    const player = this.players.get(leg);
    if (player) player.muted = muted.has(leg);
  }

  /** @param {number | null} ms */
  #tell(ms) {
    this.dispatchEvent(new CustomEvent('at', { detail: ms }));
  }

  render() {
    const { seconds: length } = this.recording;
    return html`<section
      class="player"
      aria-label=${strings.player.title}
      data-testid="call-player"
      data-playing=${this.isPlaying}
    >
      <button
        class="play"
        aria-label=${this.isPlaying ? strings.player.pause : strings.player.play}
        data-testid="play"
        @click=${() => (this.isPlaying ? this.pause() : this.play())}
      >
        ${icon(this.isPlaying ? 'hold' : 'play', 17)}
      </button>
      ${this.#track()}
      <span class="num">${timer(this.seconds)} / ${timer(length)}</span>
      ${this.#legs()}
    </section>`;
  }

  /** Where it is, to be moved; pauses of the recording are marked. */
  #track() {
    const { seconds: length, pauses } = this.recording;
    return html`<span class="track"
      ><input
        type="range"
        min="0"
        max=${length}
        step="0.1"
        .value=${live(String(this.seconds))}
        aria-label=${strings.player.place}
        aria-valuetext=${timer(this.seconds)}
        data-testid="seek"
        @input=${(/** @type {InputEvent} */ event) =>
          this.#seek(Number(/** @type {HTMLInputElement} */ (event.target).value))}
      />
      ${pauses.filter(({ start_ms: from }) => from < length * 1000 - 500).map((pause) => this.#pause(pause))}</span
    >`;
  }

  /** @param {import('./recordings.js').Recording['pauses'][number]} pause */
  #pause({ start_ms: from, end_ms: to }) {
    const lengthMs = this.recording.seconds * 1000;
    const share = (/** @type {number} */ ms) => `${((100 * ms) / lengthMs).toFixed(2)}%`;
    return html`<i
      class="pause"
      title=${strings.player.notRecorded}
      style="left:${share(from)};width:${share((to ?? lengthMs) - from)}"
    ></i>`;
  }

  /** Each voice, on or off. */
  #legs() {
    return html`<span class="legs"
      >${this.recording.legs.map(({ leg, name }) => {
        const isMuted = this.muted.has(leg);
        return html`<button
          class="leg"
          aria-pressed=${!isMuted}
          title=${isMuted ? strings.player.hear(name) : strings.player.silence(name)}
          data-testid="leg-${leg}"
          @click=${() => this.#toggle(leg)}
        >
          ${icon(isMuted ? 'soundOff' : 'sound', 13)} ${name}
        </button>`;
      })}
      ${this.problem ? html`<span class="bad" role="alert">${this.problem}</span>` : nothing}</span
    >`;
  }
}

customElements.define('sb-call-player', CallPlayer);
