// @ts-check
// <sb-cluster-map>: everything said as points, near where it means the same; hover reads a turn, a press opens its
// proposal.

import { html, nothing } from '../../kit/vendor/lit.js';
import { icon } from '../../kit/icons.js';
import { base, buttons, fields, parts } from '../../kit/styles.js';
import { strings as shared } from '../strings.js';
import { getMap } from './api.js';
import { mapStyles } from './cluster-map-styles.js';
import { InboxElement } from './inbox-element.js';
import { paint } from './map-paint.js';
import { strings } from './map-strings.js';
import { fit, neighbours, onScreen, under, zoom } from './map-view.js';
import { wordsOf } from './store.js';

/** @typedef {import('./api.js').ClusterMap['points'][number]} Point */

const STEP_PX = 60;

/** Fires `shut` when a proposal is to be read instead, and `turn-chosen` (detail: conversation_id, seq). */
export class ClusterMapView extends InboxElement {
  static properties = {
    ...InboxElement.properties,
    map: { state: true },
    problem: { state: true },
    hovered: { state: true },
    isList: { state: true },
  };
  static styles = [base, buttons, fields, parts, mapStyles];

  constructor() {
    super();
    /** @type {import('./api.js').ClusterMap | null} */ this.map = null;
    this.problem = '';
    /** @type {Point | null} */ this.hovered = null;
    this.isList = false;
    /** @type {import('./map-view.js').View | null} */ this.view = null;
    this.fitted = 1;
    this.size = { width: 0, height: 0 };
    /** @type {Map<number, import('./map-view.js').Place>} Fingers and buttons that are down. */ this.down = new Map();
    this.moved = 0;
    this.stamp = '';
    this.observer = new ResizeObserver(() => this.#resized());
    this.themes = new MutationObserver(() => this.requestUpdate());
  }

  connectedCallback() {
    super.connectedCallback();
    this.themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    void this.#load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.observer.disconnect();
    this.themes.disconnect();
  }

  async #load() {
    this.stamp = this.inbox.discovery?.stamp ?? '';
    try {
      this.map = await getMap();
      this.problem = '';
    } catch (error) {
      this.problem = wordsOf(error);
    }
  }

  get #canvas() {
    return /** @type {HTMLCanvasElement | null} */ (this.renderRoot.querySelector('canvas'));
  }

  #resized() {
    const canvas = this.#canvas;
    if (!canvas) return;
    const { width, height } = canvas.getBoundingClientRect();
    if (!width || (width === this.size.width && height === this.size.height)) return;
    this.size = { width, height };
    this.view = null;
    this.requestUpdate();
  }

  willUpdate() {
    const stamp = this.inbox.discovery?.stamp ?? '';
    if (stamp !== this.stamp) void this.#load();
  }

  updated() {
    const canvas = this.#canvas;
    if (!canvas || !this.map) return;
    this.observer.observe(canvas);
    if (!this.size.width) return;
    if (!this.view) this.#fit();
    this.#paint(canvas);
  }

  #fit() {
    const places = this.map?.points ?? [];
    this.view = fit(places.length ? places : (this.map?.proposals ?? []), this.size);
    this.fitted = this.view.scale;
    this.requestUpdate();
  }

  /** @param {HTMLCanvasElement} canvas */
  #paint(canvas) {
    const ratio = window.devicePixelRatio || 1;
    const [wide, tall] = [Math.round(this.size.width * ratio), Math.round(this.size.height * ratio)];
    if (canvas.width !== wide || canvas.height !== tall) Object.assign(canvas, { width: wide, height: tall });
    const pen = canvas.getContext('2d');
    if (!pen || !this.map || !this.view) return;
    const look = getComputedStyle(canvas);
    const faint = getComputedStyle(/** @type {Element} */ (this.renderRoot.querySelector('.faint'))).color;
    paint(pen, {
      map: this.map,
      view: this.view,
      size: this.size,
      ratio,
      ink: look.color,
      ground: look.backgroundColor,
      faint,
      font: look.fontFamily,
      selectedId: this.inbox.selectedId,
      hovered: this.hovered,
    });
  }

  /** @param {MouseEvent} event */
  #at(event) {
    const { left, top } = /** @type {HTMLElement} */ (event.currentTarget).getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }

  /** @param {PointerEvent} event */
  #pressed = (event) => {
    /** @type {HTMLElement} */ (event.currentTarget).setPointerCapture(event.pointerId);
    this.down.set(event.pointerId, this.#at(event));
    this.moved = 0;
  };

  /** @param {PointerEvent} event */
  #moved = (event) => {
    const at = this.#at(event);
    const before = this.down.get(event.pointerId);
    if (!this.view || !this.map) return;
    if (!before) {
      const hovered = under(this.view, this.map.points, at);
      if (hovered !== this.hovered) this.hovered = hovered;
      return;
    }
    this.moved += Math.hypot(at.x - before.x, at.y - before.y);
    const other = [...this.down].find(([id]) => id !== event.pointerId)?.[1];
    if (other) {
      const factor =
        Math.hypot(at.x - other.x, at.y - other.y) / Math.max(1, Math.hypot(before.x - other.x, before.y - other.y));
      this.view = zoom(this.view, other, factor, this.fitted);
    } else this.view = { ...this.view, x: this.view.x + at.x - before.x, y: this.view.y + at.y - before.y };
    this.down.set(event.pointerId, at);
    this.requestUpdate();
  };

  /** @param {PointerEvent} event */
  #released = (event) => {
    this.down.delete(event.pointerId);
    if (this.moved > 5 || !this.view || !this.map || event.type === 'pointercancel') return;
    this.hovered = under(this.view, this.map.points, this.#at(event), 22);
    if (this.hovered?.proposal) void this.inbox.select(this.hovered.proposal);
  };

  /** @param {WheelEvent} event */
  #wheeled = (event) => {
    event.preventDefault();
    this.#zoom(Math.exp(-event.deltaY * 0.0016), this.#at(event));
  };

  /** @param {number} factor @param {import('./map-view.js').Place} [at] */
  #zoom(factor, at = { x: this.size.width / 2, y: this.size.height / 2 }) {
    if (this.view) this.view = zoom(this.view, at, factor, this.fitted);
    this.requestUpdate();
  }

  /** @param {KeyboardEvent} event */
  #keyed = (event) => {
    /** @type {Record<string, [number, number]>} */
    const pans = {
      ArrowLeft: [STEP_PX, 0],
      ArrowRight: [-STEP_PX, 0],
      ArrowUp: [0, STEP_PX],
      ArrowDown: [0, -STEP_PX],
    };
    const pan = pans[event.key];
    if (pan && this.view) {
      this.view = { ...this.view, x: this.view.x + pan[0], y: this.view.y + pan[1] };
      this.requestUpdate();
    } else if (event.key === '+' || event.key === '=') this.#zoom(1.4);
    else if (event.key === '-') this.#zoom(1 / 1.4);
    else if (event.key === '0') this.#fit();
    else if (event.key === 'Enter' && this.inbox.selectedId) this.#open();
    else return;
    event.preventDefault();
  };

  #open = () => this.dispatchEvent(new Event('shut'));

  render() {
    return html`${this.#head()}${this.#body()}`;
  }

  #head() {
    const { map } = this;
    return html`<header>
      <h3>${strings.heading}</h3>
      <span class="faint hint">${map ? strings.howTo(shared.turns(map.points.length)) : ''}</span>
      <span class="grow"></span>
      <button
        class="button small"
        aria-pressed=${this.isList}
        data-testid="map-list"
        @click=${() => (this.isList = !this.isList)}
      >
        ${this.isList ? strings.asMap : strings.asTable}
      </button>
      ${this.isList ? nothing : this.#zooming()} ${this.#cross()}
    </header>`;
  }

  #zooming() {
    return html`<button
        class="icon-button wide-only"
        aria-label=${strings.nearer}
        title=${strings.nearerKey}
        data-testid="map-nearer"
        @click=${() => this.#zoom(1.5)}
      >
        ${icon('plus', 16)}
      </button>
      <button
        class="icon-button wide-only"
        aria-label=${strings.farther}
        title=${strings.fartherKey}
        @click=${() => this.#zoom(1 / 1.5)}
      >
        ${icon('minus', 16)}
      </button>
      ${this.#whole()}`;
  }

  #whole() {
    return html`<button
      class="icon-button"
      aria-label=${strings.whole}
      title=${strings.wholeKey}
      @click=${() => this.#fit()}
    >
      ${icon('retry', 16)}
    </button>`;
  }

  #cross() {
    return html`<button
      class="icon-button"
      aria-label=${strings.close}
      title=${strings.closeKey}
      data-testid="map-close"
      @click=${this.#open}
    >
      ${icon('close', 16)}
    </button>`;
  }

  #body() {
    const { map, problem } = this;
    if (problem) return html`<p class="problem pad" role="alert">${icon('alert', 16)} ${problem}</p>`;
    if (!map) return html`<p class="faint pad">${strings.drawing}</p>`;
    if (!map.points.length && !map.proposals.length) return html`<p class="faint pad">${strings.empty}</p>`;
    return this.isList ? this.#table(map) : html`${this.#drawn(map)}${this.#hint()}${this.#chosen(map)}`;
  }

  /** @param {import('./api.js').ClusterMap} map */
  #drawn(map) {
    return html`<canvas
      tabindex="0"
      role="img"
      data-testid="map"
      aria-label=${strings.described(map.points.length, map.proposals.length)}
      @pointerdown=${this.#pressed}
      @pointermove=${this.#moved}
      @pointerup=${this.#released}
      @pointercancel=${this.#released}
      @pointerleave=${() => (this.hovered = null)}
      @wheel=${this.#wheeled}
      @keydown=${this.#keyed}
    ></canvas>`;
  }

  #hint() {
    const { hovered, view } = this;
    if (!hovered || !view) return nothing;
    const { x, y } = onScreen(view, hovered);
    const title = this.map?.proposals.find(({ id }) => id === hovered.proposal)?.title;
    const isLeft = x > this.size.width / 2;
    return html`<p
      class="tip ${isLeft ? 'left' : ''}"
      style="inset-inline-start:${x}px;top:${y + (this.#canvas?.offsetTop ?? 0)}px"
      data-testid="map-tip"
    >
      <span dir="auto">${shared.quoted(hovered.text)}</span><span class="soft">${title ?? strings.inNoProposal}</span>
    </p>`;
  }

  /** @param {import('./api.js').ClusterMap} map */
  #chosen(map) {
    const chosen = map.proposals.find(({ id }) => id === this.inbox.selectedId);
    if (!chosen) return nothing;
    return html`<div class="chosen">
      <b class="grow one-line">${chosen.title}</b><span class="faint num">${shared.turns(chosen.turns)}</span
      ><button class="button small primary" data-testid="map-open" @click=${this.#open}>${strings.open}</button>
    </div>`;
  }

  /** @param {import('./api.js').ClusterMap} map */
  #table(map) {
    const open = (/** @type {string} */ id) => async () => {
      await this.inbox.select(id);
      this.#open();
    };
    return html`<div class="sheet quiet-scroll">
      <table data-testid="map-table">
        <thead>
          <tr>
            <th scope="col">${strings.columns.proposal}</th>
            <th scope="col" class="end">${strings.columns.turns}</th>
            <th scope="col">${strings.columns.liesNextTo}</th>
          </tr>
        </thead>
        <tbody>
          ${map.proposals.map(
            (one) =>
              html`<tr>
                <td><button class="name" @click=${open(one.id)}>${one.title}</button></td>
                <td class="end num">${one.turns}</td>
                <td class="soft">
                  ${neighbours(one, map.proposals)
                    .map(({ title }) => title)
                    .join(', ')}
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }
}

customElements.define('sb-cluster-map', ClusterMapView);
