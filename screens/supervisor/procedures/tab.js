// @ts-check
// The tab "Procedures": what is done about each wish.

import { html } from '../../kit/vendor/lit.js';
import { registerTab } from '../tabs.js';
import './procedures.js';
import { strings } from './strings.js';

registerTab({
  id: 'procedures',
  name: strings.tab,
  icon: 'checks',
  order: 40,
  isFull: true,
  show: () => html`<sb-procedures></sb-procedures>`,
});
