// @ts-check
// <sb-discovery-settings>: per line of business, whether discovery runs and how much it may decide; the canaries under
// way.

import { css, html, nothing } from '../../kit/vendor/lit.js';
import '../../kit/dialog.js';
import { icon } from '../../kit/icons.js';
import { base, buttons, fields, parts } from '../../kit/styles.js';
import { channelWord } from '../../kit/words.js';
import { strings as shared } from '../strings.js';
import { setLine } from './api.js';
import { strings } from './discovery-strings.js';
import { InboxElement } from './inbox-element.js';
import { questionStyles } from './question-styles.js';
import { wordsOf } from './store.js';

/** @typedef {import('./api.js').Line} Line */

/** @type {{key: keyof import('./api.js').Guards, step: number}[]} */
const guards = [
  { key: 'least_conversations', step: 1 },
  { key: 'least_cohesion', step: 0.05 },
  { key: 'least_accuracy', step: 0.05 },
  { key: 'most_similarity', step: 0.05 },
];

/** Fires `shut`. */
export class DiscoverySettings extends InboxElement {
  static properties = {
    ...InboxElement.properties,
    lines: { state: true },
    problem: { state: true },
    isBusy: { state: true },
  };
  static styles = [
    base,
    buttons,
    fields,
    parts,
    questionStyles,
    css`
      fieldset {
        display: grid;
        gap: 11px;
        min-width: 0;
        margin: 0;
        padding: 12px 14px 14px;
        border: 1px solid var(--line);
        border-radius: var(--radius-l);
      }
      .line {
        display: flex;
        align-items: center;
        gap: 10px;
      }
      .line b {
        font-size: 14px;
        font-weight: 650;
      }
      .switch {
        display: inline-flex;
        align-items: center;
        gap: 8px;
        cursor: pointer;
      }
      .switch input {
        position: relative;
        width: 34px;
        height: 20px;
        margin: 0;
        border-radius: 10px;
        background: var(--idle);
        appearance: none;
        transition: background var(--quick);
        cursor: pointer;
      }
      .switch input::after {
        content: '';
        position: absolute;
        inset: 3px auto auto 3px;
        width: 14px;
        height: 14px;
        border-radius: 50%;
        background: var(--surface);
        transition: translate var(--quick);
      }
      .switch input:checked {
        background: var(--accent);
      }
      .switch input:checked::after {
        translate: 14px 0;
      }
      .modes {
        display: grid;
        grid-template-columns: repeat(3, minmax(0, 1fr));
        gap: 6px;
      }
      .modes .soft {
        font-size: var(--text-s);
      }
      .small {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(140px, 1fr));
        gap: 10px 14px;
      }
      .channels {
        display: flex;
        gap: 14px;
        min-height: 34px;
        align-items: center;
      }
      .channels label {
        display: inline-flex;
        gap: 6px;
      }
      @media (max-width: 560px) {
        .modes {
          grid-template-columns: 1fr;
        }
      }
    `,
  ];

  constructor() {
    super();
    /** @type {Line[]} As they stand in the form. */ this.lines = [];
    this.problem = '';
    this.isBusy = false;
  }

  connectedCallback() {
    super.connectedCallback();
    this.lines = structuredClone(this.inbox.discovery?.lines ?? []);
  }

  /** @param {number} at @param {Partial<Line>} fields */
  #change(at, fields) {
    this.lines = this.lines.with(at, { ...this.lines[at], ...fields });
  }

  /** @param {SubmitEvent} event */
  async #save(event) {
    event.preventDefault();
    if (this.isBusy) return;
    this.isBusy = true;
    this.problem = '';
    try {
      const before = new Map(
        (this.inbox.discovery?.lines ?? []).map((line) => [line.line_of_business, JSON.stringify(line)]),
      );
      for (const line of this.lines.filter((one) => before.get(one.line_of_business) !== JSON.stringify(one))) {
        const { line_of_business: name, ...settings } = line;
        await setLine(name, settings);
      }
      await this.inbox.refresh();
      this.inbox.say(strings.isSet);
      this.tell('shut');
    } catch (error) {
      this.problem = wordsOf(error);
    } finally {
      this.isBusy = false;
    }
  }

  render() {
    const shut = () => this.tell('shut');
    return html`<sb-dialog
      heading=${strings.heading}
      style="--dialog-width: 660px"
      @shut=${shut}
      data-testid="settings-dialog"
      ><form @submit=${this.#save}>
        ${this.lines.map((line, at) => this.#line(line, at))}
        ${this.lines.length ? nothing : html`<p class="soft">${strings.noLines}</p>`}
        ${this.problem ? html`<p class="problem" role="alert">${icon('alert', 16)} ${this.problem}</p>` : nothing}
        <div class="foot">
          <button type="button" class="button plain" @click=${shut}>${shared.cancel}</button
          ><button class="button primary" ?disabled=${this.isBusy} data-testid="confirm">
            ${this.isBusy ? shared.saving : shared.save}
          </button>
        </div>
      </form></sb-dialog
    >`;
  }

  /** @param {Line} line @param {number} at */
  #line(line, at) {
    return html`<fieldset data-testid="discovery-line" data-line=${line.line_of_business}>
      <div class="line">
        <b class="grow">${line.line_of_business}</b>
        ${this.#switch(line, at)}
      </div>
      ${line.is_on
        ? html`${this.#modes(line, at)}
            <div class="small">
              ${this.#channels(line, at)} ${this.#lookBack(line, at)}
              ${line.mode === 'autonomous'
                ? html`${this.#servedFirst(line, at)} ${guards.map((guard) => this.#guard(guard, line, at))}`
                : nothing}
            </div>`
        : html`<p class="soft">${strings.isOff}</p>`}
    </fieldset>`;
  }

  /** @param {Line} line @param {number} at */
  #switch(line, at) {
    return html`<label class="switch"
      ><span class="soft">${line.is_on ? strings.on : strings.off}</span
      ><input
        type="checkbox"
        role="switch"
        aria-label=${strings.of(line.line_of_business)}
        .checked=${line.is_on}
        data-testid="switch"
        @change=${(/** @type {Event} */ event) => this.#change(at, { is_on: checked(event) })}
    /></label>`;
  }

  /** @param {Line} line @param {number} at */
  #modes(line, at) {
    return html`<div class="choices modes" role="radiogroup" aria-label=${strings.mode}>
      ${strings.modes.map(
        ({ mode, name, words }) =>
          html`<label
            ><input
              type="radio"
              name="mode-${at}"
              value=${mode}
              .checked=${line.mode === mode}
              data-testid="mode-${mode}"
              @change=${() => this.#change(at, { mode })}
            /><span><b>${name}</b><br /><span class="soft">${words}</span></span></label
          >`,
      )}
    </div>`;
  }

  /** @param {Line} line @param {number} at */
  #channels({ channels }, at) {
    const changed = (/** @type {string} */ channel) => (/** @type {Event} */ event) =>
      this.#change(at, {
        channels: checked(event) ? [...channels, channel] : channels.filter((one) => one !== channel),
      });
    return html`<div class="field">
      <span class="label">${strings.channels}</span>
      <div class="channels">
        ${['chat', 'voice'].map(
          (channel) =>
            html`<label
              ><input type="checkbox" .checked=${channels.includes(channel)} @change=${changed(channel)} />
              ${channelWord(channel)}</label
            >`,
        )}
      </div>
    </div>`;
  }

  /** @param {Line} line @param {number} at */
  #lookBack(line, at) {
    return html`<div class="field">
      <label for="days-${at}">${strings.lookBack}</label
      ><input
        class="input"
        id="days-${at}"
        type="number"
        min="1"
        max="180"
        required
        .value=${String(line.look_back_days)}
        @change=${(/** @type {Event} */ event) => this.#change(at, { look_back_days: number(event) })}
      />
    </div>`;
  }

  /** @param {Line} line @param {number} at */
  #servedFirst(line, at) {
    return html`<div class="field">
      <label for="share-${at}">${strings.servedFirst}</label
      ><input
        class="input"
        id="share-${at}"
        type="number"
        min="1"
        max="100"
        required
        .value=${String(Math.round(line.canary_share * 100))}
        @change=${(/** @type {Event} */ event) => this.#change(at, { canary_share: number(event) / 100 })}
      />
    </div>`;
  }

  /** @param {(typeof guards)[number]} guard @param {Line} line @param {number} at */
  #guard({ key, step }, line, at) {
    return html`<div class="field">
      <label for="${key}-${at}">${strings.guards[key]}</label
      ><input
        class="input"
        id="${key}-${at}"
        type="number"
        min="0"
        max=${step === 1 ? 10000 : 1}
        step=${step === 1 ? 1 : 'any'}
        required
        .value=${String(line.guards[key])}
        @change=${(/** @type {Event} */ event) =>
          this.#change(at, { guards: { ...line.guards, [key]: number(event) } })}
      />
    </div>`;
  }
}

/** @param {Event} event */
const checked = (event) => /** @type {HTMLInputElement} */ (event.target).checked;

/** @param {Event} event */
const number = (event) => /** @type {HTMLInputElement} */ (event.target).valueAsNumber;

customElements.define('sb-discovery-settings', DiscoverySettings);
