// @ts-check
// <sb-procedures>: what is done about each wish, as the text it is written in; checked, tried, put live, taken back.

import { LitElement, html, nothing, repeat } from '../../kit/vendor/lit.js';
import { icon } from '../../kit/icons.js';
import { base, buttons, fields, parts } from '../../kit/styles.js';
import { dayAndClock } from '../../kit/time.js';
import { percent } from '../intents/figures.js';
import { strings as shared } from '../strings.js';
import { checkFile, getProcedures, lineIn, putFile, rollBack, setShare } from './api.js';
import './history.js';
import { strings } from './strings.js';
import { procedureStyles } from './styles.js';
import './text-editor.js';

/** @typedef {import('./api.js').Procedures} Procedures */

const SHARES = [1, 0.5, 0.25, 0.1, 0.05];
const LOOK_MS = 10_000;
/** What is written and not yet live, and where: kept while another tab is looked at. */
const kept = { /** @type {Record<string, string>} */ drafts: {}, name: '' };

// What is written is not lost by closing the page.
window.addEventListener('beforeunload', (event) => {
  if (Object.keys(kept.drafts).length) event.preventDefault();
});

/** Fires `said` (detail: what to tell). */
export class ProceduresView extends LitElement {
  static properties = {
    page: { state: true },
    found: { state: true },
    problem: { state: true },
    name: { state: true },
    drafts: { state: true },
    share: { state: true },
    marked: { state: true },
    isChecked: { state: true },
    isBusy: { state: true },
  };
  static styles = [base, buttons, fields, parts, procedureStyles];

  constructor() {
    super();
    /** @type {'files' | 'history'} */ this.page = 'files';
    /** @type {Procedures | null} */ this.found = null;
    this.problem = '';
    this.name = kept.name;
    /** What is written and not yet live, by file. @type {Record<string, string>} */ this.drafts = kept.drafts;
    this.share = 1;
    this.marked = 0;
    this.isChecked = false;
    this.isBusy = false;
    /** @type {number | undefined} */ this.timer = undefined;
  }

  connectedCallback() {
    super.connectedCallback();
    void this.#read();
    this.timer = window.setInterval(() => this.found?.base && this.#read(), LOOK_MS);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    window.clearInterval(this.timer);
  }

  willUpdate() {
    Object.assign(kept, { drafts: this.drafts, name: this.name });
  }

  async #read() {
    try {
      this.found = await getProcedures();
      this.name ||= this.found.files[0]?.name ?? '';
      if (!this.marked) this.problem = '';
    } catch (error) {
      this.problem = /** @type {Error} */ (error).message;
    }
  }

  get #kept() {
    return this.found?.files.find(({ name }) => name === this.name)?.text ?? '';
  }

  get #text() {
    return this.drafts[this.name] ?? this.#kept;
  }

  get #isEdited() {
    return this.drafts[this.name] !== undefined;
  }

  /** @param {string} text */
  #edited(text) {
    const { [this.name]: _, ...others } = this.drafts;
    this.drafts = text === this.#kept ? others : { ...others, [this.name]: text };
    this.marked = 0;
    this.problem = '';
    this.isChecked = false;
  }

  /** @param {unknown} error */
  #refused(error) {
    this.problem = /** @type {Error} */ (error).message;
    this.marked = lineIn(this.problem);
  }

  /** @param {string} words */
  #say(words) {
    this.dispatchEvent(new CustomEvent('said', { detail: words, bubbles: true, composed: true }));
  }

  /** Do it once, and tell what came of it. @param {() => Promise<unknown>} work @param {string} words */
  async #do(work, words) {
    if (this.isBusy) return;
    this.isBusy = true;
    this.marked = 0;
    this.problem = '';
    try {
      await work();
      if (words) this.#say(words);
    } catch (error) {
      this.#refused(error);
    } finally {
      this.isBusy = false;
      if (words && !this.problem) await this.#read();
    }
  }

  #check = () =>
    this.#do(async () => {
      await checkFile(this.name, this.#text);
      this.isChecked = true;
    }, '');

  /** @param {SubmitEvent} event */
  #put(event) {
    event.preventDefault();
    const target = /** @type {HTMLFormElement} */ (event.target);
    const { share } = this;
    const reason = String(new FormData(target).get('reason') ?? '').trim();
    const words = share < 1 ? strings.isOnTrial(percent(share)) : strings.isLive;
    void this.#do(async () => {
      await putFile(this.name, { text: this.#text, share, reason, expected_version: this.found?.version ?? 0 });
      const { [this.name]: _, ...others } = this.drafts;
      this.drafts = others;
      this.isChecked = false;
      this.share = 1;
      target.reset();
    }, words);
  }

  #new = () => {
    const asked = window.prompt(strings.newFileAsk, strings.newFileName)?.trim();
    if (!asked) return;
    this.name = asked;
    this.page = 'files';
    if (this.#kept === '') this.#edited(strings.example);
  };

  /** @param {string} name @param {number} line */
  async #open(name, line) {
    this.page = 'files';
    this.name = name;
    this.marked = 0;
    this.problem = '';
    await this.updateComplete;
    if (line) /** @type {any} */ (this.renderRoot.querySelector('sb-text-editor'))?.show(line);
  }

  render() {
    const { found } = this;
    if (!found) return html`<div class="work">${this.#problem() || html`<p class="soft">${shared.loading}</p>`}</div>`;
    const changed = (/** @type {CustomEvent<string>} */ event) => {
      this.#say(event.detail);
      void this.#read();
    };
    return html`<div class="panes">
      <section class="list quiet-scroll" aria-label=${strings.procedures}>${this.#list(found)}</section>
      <section class="work" aria-label=${this.page === 'history' ? strings.history : this.name}>
        ${this.#trial(found)}
        ${this.page === 'history'
          ? html`<div class="quiet-scroll">
              <sb-procedure-history .current=${found.version} @changed=${changed}></sb-procedure-history>
            </div>`
          : this.#file(found)}
      </section>
    </div>`;
  }

  #problem() {
    return this.problem
      ? html`<p class="problem" role="alert" data-testid="procedure-problem">${icon('alert', 16)} ${this.problem}</p>`
      : nothing;
  }

  /** @param {Procedures} found */
  #list(found) {
    const names = [...new Set([...found.files.map(({ name }) => name), ...Object.keys(this.drafts)])].sort();
    const tab = (/** @type {'files' | 'history'} */ id, /** @type {string} */ words) =>
      html`<button
        role="tab"
        aria-selected=${this.page === id}
        data-testid="procedures-${id}"
        @click=${() => (this.page = id)}
      >
        ${words}
      </button>`;
    return html`<div class="tabs" role="tablist">
        ${tab('files', strings.procedureCount(found.procedures.length))}${tab('history', strings.history)}
      </div>
      ${repeat(
        names,
        (name) => name,
        (name) => this.#group(found, name),
      )}
      <button class="entry" data-testid="new-file" @click=${this.#new}>${icon('plus', 15)} ${strings.newFile}</button>`;
  }

  /** @param {Procedures} found @param {string} name */
  #group(found, name) {
    const own = found.procedures.filter(({ file }) => file === name);
    const dirty = this.drafts[name] !== undefined;
    return html`<h2>
        <button
          class="entry"
          aria-current=${name === this.name && this.page === 'files'}
          data-testid="procedure-file"
          data-name=${name}
          @click=${() => this.#open(name, 0)}
        >
          ${icon('note', 14)} ${name} ${dirty ? html`<span class="chip warn">${strings.notLive}</span>` : nothing}
        </button>
      </h2>
      <ul>
        ${own.map((procedure) => html`<li>${this.#entry(procedure)}</li>`)}
      </ul>`;
  }

  /** @param {Procedures['procedures'][number]} procedure */
  #entry({ id, noun, file, line, steps }) {
    return html`<button
      class="entry"
      title=${id}
      data-testid="procedure"
      data-id=${id}
      @click=${() => this.#open(file, line)}
    >
      <span>${noun}</span><span class="faint num">${strings.steps(steps)}</span>
    </button>`;
  }

  /** @param {Procedures} found */
  #trial(found) {
    const { base, trial, share, version } = found;
    if (!base) return nothing;
    const back = () => this.#do(() => rollBack(base, strings.trialStopped), strings.trialOver);
    const all = () => this.#do(() => setShare(1, version), strings.isLive);
    return html`<div class="trial" data-testid="procedure-trial">
      <p>
        ${strings.serves(version, percent(share), base)} ${trial?.treated.whole ? wentBadly(trial) : strings.noneEnded}
        ${trial ? shared.untilVerdict(trial.needed) : nothing}
      </p>
      <button class="button small" data-testid="trial-all" ?disabled=${this.isBusy} @click=${all}>
        ${shared.toEverybody}
      </button>
      <button class="button small" data-testid="trial-stop" ?disabled=${this.isBusy} @click=${back}>
        ${shared.stop}
      </button>
    </div>`;
  }

  /** @param {Procedures} found */
  #file(found) {
    const edited = (/** @type {CustomEvent<string>} */ event) => this.#edited(event.detail);
    const isNew = !found.files.some(({ name }) => name === this.name);
    return html`<div class="head">
        <h2>${this.name || strings.noProcedures}</h2>
        ${found.at
          ? html`<span class="faint">${strings.versionBy(found.version, found.actor, dayAndClock(found.at))}</span>`
          : nothing}
        ${isNew || !this.name
          ? nothing
          : html`<a class="button small" href="/api/procedures/files/${this.name}" download>
              ${icon('download', 14)} ${strings.yaml}
            </a>`}
      </div>
      ${this.#problem()}
      <sb-text-editor label=${strings.textOf(this.name)} .text=${this.#text} .marked=${this.marked} @edited=${edited}>
      </sb-text-editor>
      ${this.#foot()}`;
  }

  #foot() {
    const isStill = !this.#isEdited || this.isBusy;
    return html`<form class="foot" @submit=${this.#put}>
      <button type="button" class="button" data-testid="check" ?disabled=${isStill} @click=${this.#check}>
        ${icon('checks', 16)} ${strings.check}
      </button>
      ${this.isChecked
        ? html`<span class="ok" role="status" data-testid="checked">${icon('check', 16)} ${strings.noFault}</span>`
        : nothing}
      <button type="button" class="button plain" ?disabled=${isStill} @click=${() => this.#edited(this.#kept)}>
        ${strings.discard}
      </button>
      <input
        class="input reason"
        name="reason"
        maxlength="500"
        placeholder=${shared.reasonOptional}
        aria-label=${shared.reason}
      />
      ${this.#whom()}
      <button class="button primary" data-testid="put-live" ?disabled=${isStill}>
        ${icon('send', 16)} ${this.share < 1 ? strings.startTrial : strings.putLive}
      </button>
    </form>`;
  }

  #whom() {
    const chosen = (/** @type {Event} */ event) =>
      (this.share = Number(/** @type {HTMLSelectElement} */ (event.target).value));
    return html`<select
      class="input"
      name="share"
      aria-label=${strings.whoMeetsIt}
      data-testid="share"
      @change=${chosen}
    >
      ${SHARES.map(
        (share) =>
          html`<option value=${share} ?selected=${share === this.share}>
            ${share === 1 ? strings.everybody : strings.trial(percent(share))}
          </option>`,
      )}
    </select>`;
  }
}

/** @param {import('./api.js').Trial} trial */
const wentBadly = ({ treated, others }) =>
  strings.wentBadly(
    { share: percent(treated.value), whole: treated.whole },
    others.whole ? { share: percent(others.value), whole: others.whole } : null,
  );

customElements.define('sb-procedures', ProceduresView);
