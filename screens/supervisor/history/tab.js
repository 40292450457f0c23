// @ts-check
// The tab "History": past conversations.

import { html } from '../../kit/vendor/lit.js';
import { registerTab } from '../tabs.js';
import './history.js';
import { strings } from './strings.js';

registerTab({
  id: 'history',
  name: strings.tab,
  icon: 'archive',
  order: 70,
  show: ({ store }) => html`<sb-history .store=${store}></sb-history>`,
});
