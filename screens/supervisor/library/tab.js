// @ts-check
// The tab "Library": every intent with its health.

import { html } from '../../kit/vendor/lit.js';
import { registerTab } from '../tabs.js';
import './library.js';
import { strings } from './strings.js';

registerTab({
  id: 'library',
  name: strings.tab,
  icon: 'book',
  order: 30,
  isFull: true,
  show: ({ inbox }) => html`<sb-library .inbox=${inbox}></sb-library>`,
});
