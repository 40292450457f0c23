// @ts-check
// <sb-procedure-history>: who changed the procedures, when and why, and the way back.

import { LitElement, css, html, nothing, repeat } from '../../kit/vendor/lit.js';
import '../../kit/dialog.js';
import { icon } from '../../kit/icons.js';
import { base, buttons, fields, parts } from '../../kit/styles.js';
import { dayAndClock } from '../../kit/time.js';
import { strings as shared } from '../strings.js';
import { getHistory, rollBack } from './api.js';
import './differences.js';
import { strings } from './strings.js';

/** @typedef {import('./api.js').Version} Version */

const PAGE = 30;

/** Fires `changed` (detail: what to tell). */
export class ProcedureHistory extends LitElement {
  static properties = {
    current: { type: Number },
    items: { state: true },
    problem: { state: true },
    target: { state: true },
    opened: { state: true },
    isBusy: { state: true },
    isAll: { state: true },
  };
  static styles = [
    base,
    buttons,
    fields,
    parts,
    css`
      ul {
        border: 1px solid var(--line);
        border-radius: var(--radius-l);
        background: var(--surface);
      }
      li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 12px;
        min-height: 46px;
        padding: 8px 14px;
      }
      li + li {
        border-top: 1px solid var(--line);
      }
      .number {
        width: 40px;
        color: var(--ink-faint);
      }
      .what {
        flex: 1 1 260px;
        min-width: 0;
      }
      sb-procedure-differences {
        flex: 1 1 100%;
        min-width: 0;
      }
      .foot {
        display: flex;
        justify-content: flex-end;
        gap: 8px;
        margin-top: 14px;
      }
      .more {
        margin-top: 12px;
      }
      .empty {
        padding: 30px;
        text-align: center;
        color: var(--ink-faint);
      }
    `,
  ];

  constructor() {
    super();
    this.current = 0;
    /** @type {Version[] | null} */ this.items = null;
    this.problem = '';
    /** @type {Version | null} The version to go back to, while we ask. */ this.target = null;
    /** The version whose lines are shown; 0 for none. */ this.opened = 0;
    this.isBusy = false;
    this.isAll = false;
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('current')) void this.#read(null);
  }

  /** @param {number | null} before */
  async #read(before) {
    try {
      const { items } = await getHistory(before);
      this.items = before ? [...(this.items ?? []), ...items] : items;
      this.isAll = items.length < PAGE;
      this.problem = '';
    } catch (error) {
      this.problem = /** @type {Error} */ (error).message;
    }
  }

  /** @param {SubmitEvent} event */
  async #rollBack(event) {
    event.preventDefault();
    const target = this.target;
    if (!target || this.isBusy) return;
    this.isBusy = true;
    const reason = String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get('reason') ?? '').trim();
    try {
      await rollBack(target.version, reason);
      this.target = null;
      const detail = strings.areAsIn(target.version);
      this.dispatchEvent(new CustomEvent('changed', { detail }));
    } catch (error) {
      this.problem = /** @type {Error} */ (error).message;
    } finally {
      this.isBusy = false;
    }
  }

  render() {
    const { items } = this;
    const older = () => this.#read(items?.at(-1)?.version ?? null);
    return html`${this.#problem()}
    ${items?.length
      ? html`<ul data-testid="procedure-versions">
          ${repeat(
            items,
            ({ version }) => version,
            (one) => this.#version(one),
          )}
        </ul>`
      : html`<p class="empty">${items ? shared.nothingChanged : this.problem ? '' : shared.loading}</p>`}
    ${items?.length && !this.isAll
      ? html`<button class="button more" @click=${older}>${shared.olderChanges}</button>`
      : nothing}
    ${this.target ? this.#question(this.target) : nothing}`;
  }

  #problem() {
    return this.problem ? html`<p class="problem" role="alert">${icon('alert', 16)} ${this.problem}</p>` : nothing;
  }

  /** @param {Version} one */
  #version(one) {
    const isOpen = this.opened === one.version;
    const show = () => (this.opened = isOpen ? 0 : one.version);
    const changed = one.changes.map(({ noun, kind }) => strings.changed(noun, kind));
    return html`<li data-testid="procedure-version" data-version=${one.version}>
      <span class="number num">v${one.version}</span>
      <span class="what">
        ${strings.did(one.actor, one.action, changed)}
        ${one.reason ? html`<span class="soft">${shared.quoted(one.reason)}</span>` : nothing}
      </span>
      <span class="faint num">${dayAndClock(one.at)}</span>
      ${one.is_current
        ? html`<span class="chip good">${shared.current}</span>`
        : html`<button class="button small" data-testid="procedures-back" @click=${() => (this.target = one)}>
            ${icon('handBack', 14)} ${shared.goBackToIt}
          </button>`}
      ${one.version > 1
        ? html`<button class="button small plain" data-testid="procedures-lines" aria-expanded=${isOpen} @click=${show}>
            ${isOpen ? strings.hideLines : strings.showLines}
          </button>`
        : nothing}
      ${isOpen
        ? html`<sb-procedure-differences .since=${one.version - 1} .version=${one.version}></sb-procedure-differences>`
        : nothing}
    </li>`;
  }

  /** @param {Version} target */
  #question(target) {
    const shut = () => (this.target = null);
    return html`<sb-dialog heading=${shared.goBackTo(target.version)} @shut=${shut}>
      <form @submit=${this.#rollBack}>
        <p class="soft">${strings.goBackMeans(dayAndClock(target.at))}</p>
        <sb-procedure-differences .since=${this.current} .version=${target.version}></sb-procedure-differences>
        <div class="field">
          <label for="reason">${shared.reasonOptional}</label>
          <input class="input" id="reason" name="reason" maxlength="500" autofocus />
        </div>
        ${this.#problem()}
        <div class="foot">
          <button type="button" class="button plain" @click=${shut}>${shared.cancel}</button>
          <button class="button primary" ?disabled=${this.isBusy} data-testid="confirm">
            ${icon('handBack', 16)} ${shared.goBack}
          </button>
        </div>
      </form>
    </sb-dialog>`;
  }
}

customElements.define('sb-procedure-history', ProcedureHistory);
