// @ts-check
// <sb-queues>: each queue: open or closed, who waits, who serves it.

import { css, html } from '../../kit/vendor/lit.js';
import { StoreElement } from '../../kit/store-element.js';
import { base, parts } from '../../kit/styles.js';
import { Ticker } from '../../kit/ticker.js';
import { secondsSince, timer } from '../../kit/time.js';
import { tableStyles } from '../table-styles.js';
import { strings } from './strings.js';

export class Queues extends StoreElement {
  static styles = [
    base,
    parts,
    tableStyles,
    css`
      .short b {
        color: var(--bad);
      }
    `,
  ];

  constructor() {
    super();
    new Ticker(this);
  }

  render() {
    return html`<div class="tools"><h2>${strings.queues}</h2></div>
      <div class="sheet quiet-scroll">
        <table data-testid="queues">
          <thead>
            <tr>
              <th scope="col"><span>${strings.queueColumns.name}</span></th>
              <th scope="col" class="end"><span>${strings.queueColumns.waiting}</span></th>
              <th scope="col" class="end"><span>${strings.queueColumns.longest}</span></th>
              <th scope="col" class="end"><span>${strings.queueColumns.available}</span></th>
            </tr>
          </thead>
          <tbody>
            ${this.store.queues.map((queue) => {
              const wait = queue.longest_wait_since ? secondsSince(queue.longest_wait_since) : 0;
              return html`<tr>
                <td><b>${queue.name}</b> ${queue.is_open ? '' : html`<span class="chip">${strings.closed}</span>`}</td>
                <td class="end num">${queue.waiting}</td>
                <td class="end num ${wait > 180 ? 'late' : ''}">${wait ? timer(wait) : ''}</td>
                <td class="end num ${queue.waiting && !queue.on_duty ? 'late' : ''}">${queue.on_duty}</td>
              </tr>`;
            })}
          </tbody>
        </table>
      </div>`;
  }
}

customElements.define('sb-queues', Queues);
