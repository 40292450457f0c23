// @ts-check
// The tab "Calls": how long callers waited for an answer.

import { html } from '../../kit/vendor/lit.js';
import { registerTab } from '../tabs.js';
import './calls.js';
import { strings } from './strings.js';

registerTab({ id: 'calls', name: strings.tab, icon: 'phone', order: 60, show: () => html`<sb-calls></sb-calls>` });
