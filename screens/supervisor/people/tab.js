// @ts-check
// The tab "People": everybody's presence, load, queues and skills.

import { html } from '../../kit/vendor/lit.js';
import { registerTab } from '../tabs.js';
import './people.js';
import { strings } from './strings.js';

registerTab({
  id: 'people',
  name: strings.tab,
  icon: 'people',
  order: 50,
  show: ({ store }) => html`<sb-people .store=${store}></sb-people>`,
});
