// @ts-check
// One clock for every running timer on the page: hosts repaint together, once a second.

/** @type {Set<import('lit').ReactiveControllerHost>} */
const hosts = new Set();
/** @type {number | undefined} */
let beat;

/** Repaints its host once a second while the host is on the page. */
export class Ticker {
  /** @param {import('lit').ReactiveControllerHost} host */
  constructor(host) {
    this.host = host;
    host.addController(this);
  }

  hostConnected() {
    hosts.add(this.host);
    beat ??= window.setInterval(() => hosts.forEach((host) => host.requestUpdate()), 1000);
  }

  hostDisconnected() {
    hosts.delete(this.host);
    if (hosts.size) return;
    clearInterval(beat);
    beat = undefined;
  }
}
