// @ts-check
// What the inbox knows: the proposals of one status, the open one, what discovery is doing. Screens draw on `change`.

import { HttpError } from '../../kit/http.js';
import { strings as shared } from '../strings.js';
import {
  cancelJob,
  decide,
  getDiscovery,
  getInbox,
  getJob,
  getLibrary,
  getProposal,
  look,
  mergeProposals,
  undo,
  undoReshape,
} from './api.js';
import { DraftKeeper } from './draft-keeper.js';
import { strings } from './strings.js';

/** @typedef {import('./api.js').Proposal} Proposal */

/** Between two looks at the server: on the screen, elsewhere on the page, and while a job of ours runs. */
const OPEN_MS = 3_000;
const AWAY_MS = 20_000;
const JOB_MS = 500;

/** Fires `change` after every news, and `said` (detail: words) for a line at the foot of the page. */
export class IntentsStore extends EventTarget {
  status = 'pending';
  /** Only proposals of this line of business are listed; empty for every line. */ line = '';
  /** @type {import('./api.js').Row[]} */ rows = [];
  /** @type {Record<string, number>} */ counts = {};
  /** @type {import('./api.js').Alarm[]} */ alarms = [];
  /** @type {import('./api.js').Discovery | null} */ discovery = null;
  /** @type {import('./api.js').Library | null} */ library = null;
  isLoaded = false;
  /** Why the list could not be read; empty when it could. */
  problem = '';
  /** The same of the open proposal. */
  readProblem = '';
  /** @type {string | null} */ selectedId = null;
  /** @type {Proposal | null} */ detail = null;
  /** What is written into the open proposal. */ draft = new DraftKeeper();
  /** @type {{proposal: string, job: import('./api.js').Job} | null} */ replay = null;
  /**
   * The last thing done that can be taken back, and the proposal to go back to.
   * @type {{words: string, take: () => Promise<any>, proposal?: string} | null}
   */
  undoable = null;
  isBusy = false;
  /** Done when the open proposal has been read. @type {Promise<unknown>} */ reading = Promise.resolve();

  #stamp = '';
  /** @type {number | undefined} */ #timer;
  #isOpen = false;
  #isStarted = false;

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
    this.#timer = window.setTimeout(
      () => this.#beat(),
      this.#isOpen && document.visibilityState === 'visible' ? OPEN_MS : AWAY_MS,
    );
  }

  /** Ask what is new; reads the lists again only if something is, or if told so. */
  async refresh(isSure = false) {
    try {
      this.discovery = await getDiscovery();
      if (isSure || this.discovery.stamp !== this.#stamp || this.problem) {
        this.#stamp = this.discovery.stamp;
        await this.reload();
      }
      if (this.draft.isUnsent) void this.edit({});
      // The server answers again; if the proposal can't be read even so, it says so already.
      if (this.readProblem && this.selectedId) await this.#read(this.selectedId).catch(() => null);
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
    Object.assign(this, {
      rows: inbox.items,
      counts: inbox.counts,
      alarms: inbox.alarms,
      library,
      isLoaded: true,
      problem: '',
    });
    if (this.selectedId && this.draft.state === 'saved') await this.#read(this.selectedId);
    this.changed();
  }

  /** @param {string} status */
  async show(status) {
    Object.assign(this, { status, rows: [], isLoaded: false });
    this.#turnTo(null);
    this.changed();
    await this.#guarded(() => this.reload());
  }

  /** @param {string | null} id */
  async select(id) {
    if (id === this.selectedId) return;
    await this.draft.settled;
    this.#turnTo(id);
    await this.readAgain();
  }

  /** @param {string | null} id */
  #turnTo(id) {
    if (this.draft.state === 'failed') this.say(strings.changeLost(this.detail?.name, this.draft.problem));
    Object.assign(this, { selectedId: id, detail: null, readProblem: '' });
    this.draft.begin(id);
  }

  /** Read the open proposal. */
  async readAgain() {
    const id = this.selectedId;
    this.readProblem = '';
    this.changed();
    if (!id) return;
    this.reading = this.#read(id).catch((error) => {
      if (this.selectedId === id) this.readProblem = wordsOf(error);
      this.changed();
    });
    await this.reading;
  }

  /** The rows that are listed. */
  get shown() {
    return this.rows.filter((row) => !this.line || row.line_of_business === this.line);
  }

  /**
   * Opens the row below or above; the first when none is open.
   * @param {1 | -1} by
   * @returns {string | undefined} its id, none at the end of the list
   */
  step(by) {
    const { shown } = this;
    const at = shown.findIndex(({ id }) => id === this.selectedId);
    const next = at < 0 ? shown[0] : shown[at + by];
    if (next) void this.select(next.id);
    return next?.id;
  }

  /** @param {string} id */
  async #read(id) {
    const { written } = this.draft;
    const detail = await getProposal(id).catch(nothingThere);
    if (this.selectedId !== id || written !== this.draft.written) return;
    if (!detail) {
      this.#turnTo(null);
      this.say(strings.noLongerThere);
    }
    Object.assign(this, { detail, readProblem: '' });
    this.changed();
  }

  /** Keep what was written. @param {Partial<import('./api.js').Draft>} fields */
  edit(fields) {
    return this.draft.keep(
      fields,
      (detail, isNewest) => {
        this.rows = this.rows.map((row) =>
          row.id === detail.id ? { ...row, name: detail.name, badges: detail.badges } : row,
        );
        if (isNewest) this.detail = detail;
      },
      () => this.changed(),
    );
  }

  /** Run the past with the open proposal as an intent. @param {number} days */
  async runReplay(days) {
    const id = this.selectedId;
    if (!id || this.replay) return;
    await this.draft.settled;
    await this.#guarded(async () => {
      let job = await decide(id, 'replay', { days });
      while (job.state === 'running') {
        this.replay = { proposal: id, job };
        this.changed();
        await new Promise((done) => window.setTimeout(done, JOB_MS));
        job = await getJob(job.id);
      }
      if (job.state === 'failed') this.say(strings.replayFailed(job.error));
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
      const before = this.discovery?.last_run?.at;
      await look(days, line);
      await this.refresh();
      while (this.discovery?.is_looking) {
        await new Promise((done) => window.setTimeout(done, JOB_MS));
        await this.refresh();
      }
      const found = this.discovery?.last_run;
      if (found?.at === before) this.say(strings.lookEnded);
      else if (found)
        this.say(strings.lookFound(shared.turns(found.candidates), shared.proposals(found.proposals), found.new));
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
    await this.#allSaved();
    const answer = await decide(id, verb, body);
    if (verb === 'reopen') this.say(words(brief(name)));
    else this.offerUndo(words(brief(name)), () => takeBackOf(id, verb, answer), id);
    await this.#moveOn(id);
    return answer;
  }

  /** Throws what kept the last change from being saved. */
  async #allSaved() {
    await this.draft.settled;
    if (this.draft.state === 'failed') throw new Error(strings.notSaved(this.draft.problem));
  }

  /** @param {string} other id of the proposal the open one joins */
  async mergeWith(other) {
    const id = /** @type {string} */ (this.selectedId);
    const { name } = /** @type {Proposal} */ (this.detail);
    const nameOfOther = this.rows.find((row) => row.id === other)?.name ?? other;
    await this.#allSaved();
    const left = await mergeProposals([other, id]);
    this.offerUndo(
      strings.areOne(brief(name), brief(nameOfOther)),
      () => undoReshape(/** @type {string} */ (left.undoable)),
      id,
    );
    await this.select(left.id);
    await this.refresh(true);
  }

  /** A merge or split that the history tells of. @param {string} reshape */
  async undoFromHistory(reshape) {
    const proposal = this.selectedId ?? undefined;
    this.undoable = { words: strings.takingBackReshape, take: () => undoReshape(reshape), proposal };
    await this.takeBack();
  }

  /** @param {string} words @param {() => Promise<unknown>} take @param {string} [proposal] */
  offerUndo(words, take, proposal) {
    this.undoable = { words, take, proposal };
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
      const back = await last.take();
      this.undoable = null;
      this.say(strings.takenBack);
      const there = back?.items?.map((/** @type {{id: string}} */ { id }) => id) ?? [last.proposal];
      if (last.proposal) await this.select(there.includes(last.proposal) ? last.proposal : there[0]);
      await this.refresh(true);
    } catch (error) {
      this.say(wordsOf(error));
      // Refused is refused; only what did not reach the server is worth another press.
      if (error instanceof HttpError && error.status >= 400 && error.status < 500) this.undoable = null;
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
    const at = this.shown.findIndex((row) => row.id === id);
    this.#turnTo(null);
    await this.refresh(true);
    const next = this.shown[Math.min(Math.max(at, 0), this.shown.length - 1)];
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

/** A name that leaves room for what is said of it. @param {string} name */
const brief = (name) => (name.length > 48 ? `${name.slice(0, 47).trimEnd()}…` : name);

/** What is not there is null, not an error. @param {unknown} error @returns {null} */
function nothingThere(error) {
  if (error instanceof HttpError && error.status === 404) return null;
  throw error;
}

/**
 * The way back from a decision.
 * @param {string} id of the proposal
 * @param {string} verb
 * @param {any} answer the server's
 */
function takeBackOf(id, verb, answer) {
  if (typeof answer?.version === 'number') return undo(answer.version);
  return verb === 'split' ? undoReshape(answer.items[0].undoable) : decide(id, 'reopen');
}

/** @param {unknown} error */
export const wordsOf = (error) => (error instanceof Error ? error.message : String(error));
