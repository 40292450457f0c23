// @ts-check
// <sb-versions>: who changed what, when and why, and the way back.

import { css, html, nothing, repeat } from '../../kit/vendor/lit.js';
import '../../kit/dialog.js';
import { icon } from '../../kit/icons.js';
import { base, buttons, fields, parts } from '../../kit/styles.js';
import { dayAndClock } from '../../kit/time.js';
import { getHistory, rollBack, undo } from '../intents/api.js';
import { InboxElement } from '../intents/inbox-element.js';
import { questionStyles } from '../intents/question-styles.js';
import { wordsOf } from '../intents/store.js';
import { strings as shared } from '../strings.js';
import { strings } from './change-strings.js';
import { changeList, changeStyles, changeSummary } from './changes.js';

/** @typedef {import('../intents/api.js').Version} Version */

export class Versions extends InboxElement {
  static properties = {
    ...InboxElement.properties,
    items: { state: true },
    problem: { state: true },
    target: { state: true },
    isBusy: { state: true },
    isAll: { state: true },
  };
  static styles = [
    base,
    buttons,
    fields,
    parts,
    questionStyles,
    changeStyles,
    css`
      .list {
        border: 1px solid var(--line);
        border-radius: var(--radius-l);
        background: var(--surface);
        overflow: hidden;
      }
      .version {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 132px;
        align-items: start;
      }
      .version + .version {
        border-top: 1px solid var(--line);
      }
      .version > .button,
      .version > .chip {
        justify-self: end;
        margin: 10px 12px 0 0;
      }
      summary {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 10px;
        min-height: 46px;
        padding: 7px 14px;
        cursor: pointer;
        list-style: none;
      }
      summary::-webkit-details-marker {
        display: none;
      }
      .version:has(summary:hover) {
        background: var(--hover);
      }
      summary:focus-visible {
        outline-offset: -2px;
      }
      .number {
        width: 44px;
        color: var(--ink-faint);
      }
      .body {
        padding: 4px 14px 16px 68px;
      }
      .more {
        margin-top: 12px;
      }
      .empty {
        padding: 30px;
        text-align: center;
        color: var(--ink-faint);
      }
      @media (max-width: 760px) {
        .version {
          grid-template-columns: minmax(0, 1fr);
        }
        .version > .button,
        .version > .chip {
          justify-self: start;
          margin: 0 0 10px 14px;
        }
        .body {
          padding-inline-start: 14px;
        }
        .number {
          width: auto;
        }
      }
    `,
  ];

  constructor() {
    super();
    /** @type {Version[] | null} */ this.items = null;
    this.problem = '';
    /** @type {Version | null} The version to go back to, while we ask. */ this.target = null;
    this.isBusy = false;
    this.isAll = false;
    this.version = 0;
  }

  willUpdate() {
    const version = this.inbox.library?.version ?? 0;
    if (version === this.version) return;
    this.version = version;
    void this.#read(null);
  }

  /** @param {number | null} before */
  async #read(before) {
    try {
      const { items } = await getHistory(before);
      this.items = before ? [...(this.items ?? []), ...items] : items;
      this.isAll = items.length < 30;
      this.problem = '';
    } catch (error) {
      this.problem = wordsOf(error);
    }
  }

  /** @param {SubmitEvent} event */
  async #rollBack(event) {
    event.preventDefault();
    const target = this.target;
    if (!target || this.isBusy) return;
    this.isBusy = true;
    try {
      const { version } = await rollBack(
        target.version,
        String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get('reason') ?? '').trim(),
      );
      this.target = null;
      this.inbox.offerUndo(strings.isAsIn(target.version), () => undo(version));
      await this.inbox.refresh();
    } catch (error) {
      this.problem = wordsOf(error);
    } finally {
      this.isBusy = false;
    }
  }

  render() {
    const { items, problem } = this;
    return html`${problem ? html`<p class="problem" role="alert">${icon('alert', 16)} ${problem}</p>` : nothing}
      <div class=${items?.length ? 'list' : ''} data-testid="versions">
        ${repeat(
          items ?? [],
          ({ version }) => version,
          (one) => this.#version(one),
        )}
      </div>
      ${items?.length
        ? nothing
        : html`<p class="empty">${items ? shared.nothingChanged : problem ? '' : shared.loading}</p>`}
      ${items?.length && !this.isAll
        ? html`<button class="button more" @click=${() => this.#read(items.at(-1)?.version ?? null)}>
            ${shared.olderChanges}
          </button>`
        : nothing}
      ${this.target ? this.#question(this.target) : nothing}`;
  }

  /** @param {Version} one */
  #version(one) {
    const only = one.changes.length === 1 ? one.changes[0] : null;
    return html`<div class="version" data-testid="version" data-version=${one.version}>
      <details>
        <summary>
          <span class="number num">v${one.version}</span>
          <span class="grow"
            >${strings.did(one.actor, one.action, only?.name || only?.intent)}${one.reason
              ? html`<span class="soft">: ${one.reason}</span>`
              : nothing}</span
          >
          <span class="faint num">${dayAndClock(one.at)}</span>
        </summary>
        <div class="body">
          ${one.changes.length ? changeList(one.changes) : html`<p class="faint">${strings.noIntentChanged}</p>`}
        </div>
      </details>
      ${one.is_current
        ? html`<span class="chip good">${shared.current}</span>`
        : html`<button class="button small" data-testid="roll-back" @click=${() => (this.target = one)}>
            ${icon('handBack', 14)} ${shared.goBackToIt}
          </button>`}
    </div>`;
  }

  /** @param {Version} target */
  #question(target) {
    const later = (this.items ?? []).filter(({ version }) => version > target.version);
    const summary = changeSummary(later.flatMap(({ changes }) => changes));
    const shut = () => (this.target = null);
    return html`<sb-dialog
      heading=${shared.goBackTo(target.version)}
      style="--dialog-width: 540px"
      @shut=${shut}
      data-testid="roll-back-dialog"
      ><form @submit=${this.#rollBack}>
        <p class="soft">${strings.goBackMeans(dayAndClock(target.at), later.length, summary)}</p>
        <div class="field">
          <label for="reason">${shared.reasonOptional}</label
          ><input class="input" id="reason" name="reason" maxlength="500" autofocus />
        </div>
        ${this.problem ? html`<p class="problem" role="alert">${icon('alert', 16)} ${this.problem}</p>` : nothing}
        <div class="foot">
          <button type="button" class="button plain" @click=${shut}>${shared.cancel}</button
          ><button class="button primary" ?disabled=${this.isBusy} data-testid="confirm">
            ${icon('handBack', 16)} ${shared.goBack}
          </button>
        </div>
      </form></sb-dialog
    >`;
  }
}

customElements.define('sb-versions', Versions);
