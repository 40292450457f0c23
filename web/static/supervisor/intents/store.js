// @ts-check
// What the inbox knows: the proposals of one status, the open one, what discovery is doing. Screens draw on `change`.

import { cancelJob, decide, editProposal, getDiscovery, getInbox, getJob, getLibrary, getProposal, look, mergeProposals, undo } from './api.js';
import { counted } from './figures.js';

/** @typedef {import('./api.js').Proposal} Proposal */

/** Between two looks at the server: on the screen, elsewhere on the page, and while a job of ours runs. */
const OPEN_MS = 3_000;
const AWAY_MS = 20_000;
const JOB_MS = 500;

/** Fires `change` after every news, and `said` (detail: words) for a line at the foot of the page. */
export class IntentsStore extends EventTarget {
  status = 'pending';
  /** @type {import('./api.js').Row[]} */ rows = [];
  /** @type {Record<string, number>} */ counts = {};
  /** @type {import('./api.js').Alarm[]} */ alarms = [];
  /** @type {import('./api.js').Discovery | null} */ discovery = null;
  /** @type {import('./api.js').Library | null} */ library = null;
  isLoaded = false;
  /** Why the list or the open proposal could not be read; empty when it could. */
  problem = '';
  /** @type {string | null} */ selectedId = null;
  /** @type {Proposal | null} */ detail = null;
  /** @type {'saved' | 'saving' | 'failed'} */ saveState = 'saved';
  saveProblem = '';
  /** @type {{proposal: string, job: import('./api.js').Job} | null} */ replay = null;
  /** The last thing done that can be taken back. @type {{words: string, take: () => Promise<unknown>} | null} */ undoable = null;
  isBusy = false;
  /** Done when the open proposal has been read. @type {Promise<unknown>} */ reading = Promise.resolve();

  #stamp = '';
  /** @type {number | undefined} */ #timer;
  #isOpen = false;
  #isStarted = false;
  /** @type {Promise<unknown>} */ #saves = Promise.resolve();
  /** @type {Partial<import('./api.js').Draft>} */ #unsaved = {};
  #edits = 0;

  /** The inbox is on the screen, or no longer. @param {boolean} isOpen */
  open(isOpen) {
    this.#isOpen = isOpen;
    this.start();
  }

  start() {
    this.#isStarted = true;
    clearTimeout(this.#timer);
    void this.#beat();
  }

  stop() {
    this.#isStarted = false;
    clearTimeout(this.#timer);
  }

  async #beat() {
    clearTimeout(this.#timer);
    await this.refresh();
    if (!this.#isStarted) return;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#beat(), this.#isOpen && document.visibilityState === 'visible' ? OPEN_MS : AWAY_MS);
  }

  /** Ask what is new; reads the lists again only if something is, or if told so. */
  async refresh(isSure = false) {
    try {
      this.discovery = await getDiscovery();
      if (isSure || this.discovery.stamp !== this.#stamp || this.problem) {
        this.#stamp = this.discovery.stamp;
        await this.reload();
      }
    } catch (error) {
      this.#stamp = '';
      this.problem = wordsOf(error);
    }
    this.changed();
  }

  async reload() {
    const { status } = this;
    const [inbox, library] = await Promise.all([getInbox(status), getLibrary()]);
    if (status !== this.status) return;
    Object.assign(this, { rows: inbox.items, counts: inbox.counts, alarms: inbox.alarms, library, isLoaded: true, problem: '' });
    if (this.selectedId && this.saveState === 'saved') await this.#read(this.selectedId);
    this.changed();
  }

  /** @param {string} status */
  async show(status) {
    Object.assign(this, { status, rows: [], isLoaded: false, selectedId: null, detail: null });
    this.changed();
    await this.#guarded(() => this.reload());
  }

  /** @param {string | null} id */
  async select(id) {
    if (id === this.selectedId) return;
    await this.#saves;
    this.#unsaved = {};
    Object.assign(this, { selectedId: id, detail: null, saveState: 'saved', saveProblem: '' });
    this.changed();
    if (!id) return;
    this.reading = this.#guarded(() => this.#read(id));
    await this.reading;
  }

  /** The row below or above; the first when none is open. @param {1 | -1} by */
  step(by) {
    const at = this.rows.findIndex(({ id }) => id === this.selectedId);
    const next = at < 0 ? this.rows[0] : this.rows[at + by];
    if (next) void this.select(next.id);
  }

  /** @param {string} id */
  async #read(id) {
    const edits = this.#edits;
    const detail = await getProposal(id);
    if (this.selectedId !== id || edits !== this.#edits) return;
    this.detail = detail;
    this.changed();
  }

  /** Keep what was written; one after the other, and what was refused goes along with the next. @param {Partial<import('./api.js').Draft>} fields */
  edit(fields) {
    const id = this.selectedId;
    if (!id) return this.#saves;
    const edit = (this.#edits += 1);
    this.saveState = 'saving';
    this.#unsaved = { ...this.#unsaved, ...fields };
    this.changed();
    this.#saves = this.#saves.then(async () => {
      if (this.selectedId !== id) return;
      try {
        const detail = await editProposal(id, this.#unsaved);
        this.rows = this.rows.map((row) => (row.id === id ? { ...row, name: detail.name, badges: detail.badges } : row));
        // An answer to an earlier edit would take the later one off the screen.
        if (this.selectedId === id && edit === this.#edits) Object.assign(this, { detail, saveState: 'saved', saveProblem: '' });
        if (edit === this.#edits) this.#unsaved = {};
      } catch (error) {
        if (this.selectedId === id) Object.assign(this, { saveState: 'failed', saveProblem: wordsOf(error) });
      }
      this.changed();
    });
    return this.#saves;
  }

  /** Run the past with the open proposal as an intent. @param {number} days */
  async runReplay(days) {
    const id = this.selectedId;
    if (!id || this.replay) return;
    await this.#saves;
    await this.#guarded(async () => {
      let job = await decide(id, 'replay', { days });
      while (job.state === 'running') {
        this.replay = { proposal: id, job };
        this.changed();
        await new Promise((done) => window.setTimeout(done, JOB_MS));
        job = await getJob(job.id);
      }
      if (job.state === 'failed') this.say(`The replay failed: ${job.error ?? 'no reason given'}`);
      if (this.selectedId === id) await this.#read(id);
    });
    this.replay = null;
    this.changed();
  }

  cancelReplay() {
    const running = this.replay;
    if (running) void this.#guarded(() => cancelJob(running.job.id));
  }

  /** Search the past now. @param {number} days @param {string | null} line line of business, null for all */
  async lookNow(days, line) {
    await this.#guarded(async () => {
      await look(days, line);
      await this.refresh();
      while (this.discovery?.is_looking) {
        await new Promise((done) => window.setTimeout(done, JOB_MS));
        await this.refresh();
      }
      const found = this.discovery?.last_run;
      if (found) this.say(`Looked at ${counted(found.candidates, 'turn')}: ${counted(found.proposals, 'proposal')}, ${found.new} new.`);
    });
  }

  cancelLook() {
    const job = this.discovery?.job;
    if (job) void this.#guarded(() => cancelJob(job.id));
  }

  /**
   * Approve, merge, split, discard, snooze or reopen the open proposal, then open the one below it.
   *
   * @param {string} verb @param {object} body
   * @param {(name: string) => string} words what was done, in the past tense
   * @returns {Promise<any>} the server's answer; throws what it refused
   */
  async decide(verb, body, words) {
    const id = /** @type {string} */ (this.selectedId);
    const { name } = /** @type {Proposal} */ (this.detail);
    await this.#saves;
    if (this.saveState === 'failed') throw new Error(`Your last change was not saved: ${this.saveProblem}`);
    const answer = await decide(id, verb, body);
    const take = typeof answer?.version === 'number' ? () => undo(answer.version) : verb === 'split' || verb === 'reopen' ? null : () => decide(id, 'reopen');
    await this.#moveOn(id);
    if (take) this.offerUndo(words(name), take);
    else this.say(words(name));
    return answer;
  }

  /** @param {string} other id of the proposal the open one joins */
  async mergeWith(other) {
    const id = /** @type {string} */ (this.selectedId);
    const { name } = /** @type {Proposal} */ (this.detail);
    const left = await mergeProposals([other, id]);
    await this.reload();
    await this.select(left.id);
    this.say(`“${name}” and “${left.name}” are one proposal now.`);
  }

  /** @param {string} words @param {() => Promise<unknown>} take */
  offerUndo(words, take) {
    this.undoable = { words, take };
    this.changed();
  }

  forgetUndo() {
    this.undoable = null;
    this.changed();
  }

  /** Take the last decision back. */
  async takeBack() {
    const last = this.undoable;
    if (!last || this.isBusy) return;
    this.isBusy = true;
    this.changed();
    try {
      await last.take();
      this.undoable = null;
      this.say('Taken back.');
      await this.refresh(true);
    } catch (error) {
      this.say(wordsOf(error));
    } finally {
      this.isBusy = false;
      this.changed();
    }
  }

  /** @param {string} words */
  say(words) {
    this.dispatchEvent(new CustomEvent('said', { detail: words }));
  }

  changed() {
    this.dispatchEvent(new Event('change'));
  }

  /** The list without `id`, and the row that took its place opened. @param {string} id */
  async #moveOn(id) {
    const at = this.rows.findIndex((row) => row.id === id);
    Object.assign(this, { selectedId: null, detail: null, saveState: 'saved', saveProblem: '' });
    await this.refresh(true);
    const next = this.rows[Math.min(Math.max(at, 0), this.rows.length - 1)];
    if (next && !this.selectedId) await this.select(next.id);
  }

  /** @param {() => Promise<unknown>} work */
  async #guarded(work) {
    try {
      await work();
    } catch (error) {
      const words = wordsOf(error);
      if (this.isLoaded) this.say(words);
      else this.problem = words;
      this.changed();
    }
  }
}

/** @param {unknown} error */
export const wordsOf = (error) => (error instanceof Error ? error.message : String(error));
