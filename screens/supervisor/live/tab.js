// @ts-check
// The tab "Live": the floor at a glance, every live conversation, the queues, what runs by itself.

import { html } from '../../kit/vendor/lit.js';
import { registerTab } from '../tabs.js';
import './live.js';
import './queues.js';
import { strings } from './strings.js';
import './tiles.js';
import './workers.js';

registerTab({
  id: 'live',
  name: strings.tab,
  icon: 'chat',
  order: 10,
  show: ({ store }) =>
    html`<sb-tiles .store=${store}></sb-tiles><sb-live .store=${store}></sb-live><sb-queues .store=${store}></sb-queues
      ><sb-workers></sb-workers>`,
});
