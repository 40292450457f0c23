// @ts-check
// Messages on their way: kept until the server says they are on disk, sent again with the same id after a reconnect.

import { strings } from './strings.js';

const SLOW_MS = 12_000;
/** Tries of one message that the server asked to send again later. */
const MAX_RETRIES = 5;

/**
 * @typedef {object} Parcel
 * @property {string} clientId the sender's id: the server records it once, however often it comes
 * @property {string} text
 * @property {'say' | 'note'} type
 * @property {string} [conversationId] needed at the desk, which follows many
 * @property {string} at ISO time it was written
 * @property {'sending' | 'failed'} state
 * @property {string} [why] in words, when failed
 * @property {number} retries
 */

/** A fresh id for a message, 22 characters of [A-Za-z0-9_-]. */
export function newClientId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

export class Outbox {
  /** @type {Parcel[]} */
  #parcels = [];
  /** @type {Map<string, number>} */
  #timers = new Map();

  /**
   * @param {object} options
   * @param {(parcel: Parcel) => boolean} options.send false when there is no live socket
   * @param {(parcels: Parcel[]) => void} options.onChange also the place to keep them over a page load
   */
  constructor({ send, onChange }) {
    this.send = send;
    this.onChange = onChange;
  }

  get parcels() {
    return this.#parcels;
  }

  /** Take over what an earlier page did not get acknowledged. @param {Parcel[]} parcels */
  restore(parcels) {
    const known = new Set(this.#parcels.map((parcel) => parcel.clientId));
    this.#parcels = [...this.#parcels, ...parcels.filter((parcel) => !known.has(parcel.clientId))];
  }

  /** @param {Pick<Parcel, 'text' | 'type' | 'conversationId'>} message @returns {Parcel} */
  post(message) {
    /** @type {Parcel} */
    const parcel = { ...message, clientId: newClientId(), at: new Date().toISOString(), state: 'sending', retries: 0 };
    this.#parcels = [...this.#parcels, parcel];
    this.#try(parcel);
    this.#changed();
    return parcel;
  }

  /** The socket is live (again): send everything that waits, in the order it was written. */
  flush() {
    for (const parcel of this.#parcels) if (parcel.state === 'sending') this.#try(parcel);
  }

  /** On disk: forget it. @param {string} clientId */
  acknowledge(clientId) {
    this.#remove(clientId);
  }

  /** Try a failed one again. @param {string} clientId */
  retry(clientId) {
    const parcel = this.find(clientId);
    if (!parcel) return;
    Object.assign(parcel, { state: 'sending', why: undefined, retries: 0 });
    this.#try(parcel);
    this.#changed();
  }

  /** Take it out and give it back, for example to edit it. @param {string} clientId */
  withdraw(clientId) {
    const parcel = this.find(clientId);
    this.#remove(clientId);
    return parcel;
  }

  /**
   * The server refused it. With `retryAfterSeconds` it is sent again by itself, a few times.
   *
   * @param {string} clientId @param {string} why @param {number | null} [retryAfterSeconds]
   */
  refuse(clientId, why, retryAfterSeconds) {
    const parcel = this.find(clientId);
    if (!parcel) return;
    if (retryAfterSeconds != null && parcel.retries < MAX_RETRIES) {
      parcel.retries += 1;
      this.#later(parcel, Math.max(0.2, retryAfterSeconds) * 1000, () => this.#try(parcel));
      return;
    }
    this.#fail(parcel, why);
  }

  /** @param {string} clientId */
  find(clientId) {
    return this.#parcels.find((parcel) => parcel.clientId === clientId);
  }

  clear() {
    for (const { clientId } of this.#parcels) this.#settle(clientId);
    this.#parcels = [];
    this.#changed();
  }

  /** @param {Parcel} parcel */
  #try(parcel) {
    // Without a socket it waits for `flush`; only a silent server makes a message "not sent".
    if (this.send(parcel)) this.#later(parcel, SLOW_MS, () => this.#fail(parcel, strings.noAnswer));
  }

  /** @param {Parcel} parcel @param {string} why */
  #fail(parcel, why) {
    this.#settle(parcel.clientId);
    Object.assign(parcel, { state: 'failed', why });
    this.#changed();
  }

  /** @param {Parcel} parcel @param {number} ms @param {() => void} action */
  #later(parcel, ms, action) {
    this.#settle(parcel.clientId);
    this.#timers.set(parcel.clientId, window.setTimeout(action, ms));
  }

  /** @param {string} clientId */
  #settle(clientId) {
    clearTimeout(this.#timers.get(clientId));
    this.#timers.delete(clientId);
  }

  /** @param {string} clientId */
  #remove(clientId) {
    this.#settle(clientId);
    if (!this.find(clientId)) return;
    this.#parcels = this.#parcels.filter((parcel) => parcel.clientId !== clientId);
    this.#changed();
  }

  #changed() {
    // A new array each time: the screens compare by identity.
    this.#parcels = [...this.#parcels];
    this.onChange(this.#parcels);
  }
}
