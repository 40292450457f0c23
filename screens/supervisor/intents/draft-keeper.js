// @ts-check
// Keeps what a supervisor writes into one proposal: one save after the other, nothing lost while the server is away.

import { HttpError } from '../../kit/http.js';
import { editProposal } from './api.js';

/** @typedef {Partial<import('./api.js').Draft>} Fields */

export class DraftKeeper {
  /** @type {'saved' | 'saving' | 'failed'} */ state = 'saved';
  /** Why the last save failed; empty when it did not. */ problem = '';
  /** Counts what was written: an answer to an earlier change would take the later one off the screen. */ written = 0;
  /** Done when everything has been answered. @type {Promise<void>} */ settled = Promise.resolve();

  /** The last change did not reach the server; it can go out again once that answers. */ isUnsent = false;

  #id = '';
  /** @type {Fields} */ #unsaved = {};

  /** From now on another proposal is written. @param {string | null} id */
  begin(id) {
    Object.assign(this, { state: 'saved', problem: '' });
    this.#id = id ?? '';
    this.#unsaved = {};
    this.isUnsent = false;
  }

  /**
   * What was refused goes along with the next change.
   *
   * @param {Fields} fields
   * @param {(detail: import('./api.js').Proposal, isNewest: boolean) => void} saved
   * @param {() => void} changed
   */
  keep(fields, saved, changed) {
    const id = this.#id;
    if (!id) return this.settled;
    const change = (this.written += 1);
    this.state = 'saving';
    this.#unsaved = { ...this.#unsaved, ...fields };
    changed();
    this.settled = this.settled.then(async () => {
      if (this.#id !== id) return;
      try {
        const detail = await editProposal(id, this.#unsaved);
        if (this.#id === id) this.#saved(change);
        saved(detail, this.#id === id && change === this.written);
      } catch (error) {
        if (this.#id === id) this.#failed(error);
      }
      changed();
    });
    return this.settled;
  }

  /** @param {number} change */
  #saved(change) {
    this.isUnsent = false;
    if (change !== this.written) return;
    this.#unsaved = {};
    Object.assign(this, { state: 'saved', problem: '' });
  }

  /** @param {unknown} error */
  #failed(error) {
    this.isUnsent = error instanceof HttpError && (error.status === 0 || error.status >= 500);
    Object.assign(this, { state: 'failed', problem: error instanceof Error ? error.message : String(error) });
  }
}
