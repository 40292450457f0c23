// @ts-check
// Every sentence of the tab "Library": the table, one intent, the trials. What changed has its own, change-strings.js.

import { html } from '../../kit/vendor/lit.js';
import { counted } from '../counted.js';

export const strings = {
  tab: 'Library',
  library: 'Intent library',
  intents: (/** @type {number | undefined} */ count) => `Intents ${count ?? ''}`,
  history: 'History',
  training: 'training',
  trainingTitle: 'A full training runs in the background; customers are served meanwhile',
  export: 'Export',
  exportYaml: 'YAML, everything',
  exportRasa: 'Rasa NLU, the examples',
  import: 'Import',
  newIntent: 'New intent',
  intent: 'Intent',
  healthUnread: (/** @type {string} */ why) => `The health of the intents could not be read. ${why}`,

  searchHint: 'Name or example',
  search: 'Search intents',
  group: 'Group',
  everyGroup: 'Every group',
  state: 'State',
  everyState: 'Every state',
  nothingRead: 'Nothing could be read.',
  noneFits: 'No intent fits. Clear the search or the filters.',
  empty: 'The library is empty. Import a YAML or Rasa file, or write the first intent.',
  healthOf: (/** @type {number} */ days, /** @type {string} */ conversations) =>
    `Health of the last ${days} days, ${conversations}. Bars carry their 95 % interval.`,
  nobodyAsked: 'Nobody has asked for it in this time',
  assistOnly: 'assist-only',
  assistOnlyTitle: 'A person serves it, with everything collected',
  unsure: (/** @type {string} */ share) => `${share} unsure`,
  with: (/** @type {string} */ name, /** @type {number} */ count) => `with ${name} (${count})`,

  /** A column of the table: its name, and what it holds. */
  columns: {
    name: ['Intent', ''],
    state: ['State', ''],
    traffic: ['Traffic', 'Conversations with it'],
    confidence: ['Confidence', 'Mean probability when it was recognised'],
    confusion: [
      'Confusion',
      'How often the agent had to ask before it was chosen, and which intent it is mistaken for',
    ],
    containment: ['Stays with the agent', 'Conversations that ended without a person'],
    escalation: ['Escalated', 'Conversations handed to a person'],
  },
  filters: {
    live: 'Live',
    canary: 'Canary',
    paused: 'Paused',
    waiting: 'Not approved',
    self: 'Self-service',
    assist: 'Assist-only',
    few: 'Fewer than five examples',
    ailing: 'Often unsure or escalated',
    idle: 'Nobody asks',
  },
  notApprovedTitle: 'Not approved: no customer is understood to want it',
  paused: 'paused',
  pausedTitle: 'Kept and edited, but never recognised',
  canary: (/** @type {number} */ percent) => `canary ${percent}\u202f%`,
  canaryTitle: 'Serves a share of conversations until it has proved good',
  live: 'live',
  liveTitle: 'Serves everybody',

  serves: (/** @type {string} */ name, /** @type {string} */ share) =>
    html`<b>${name}</b> serves ${share} of conversations.`,
  harm: (
    /** @type {string} */ share,
    /** @type {number} */ whole,
    /** @type {string} */ interval,
    /** @type {string} */ before,
  ) => html`Escalated or unclear: <b>${share}</b> of ${whole} (${interval})${before ? `, before ${before}` : ''}.`,
  nobodyAskedYet: 'Nobody has asked yet.',
  doesWell: 'It does well.',
  doesHarm: 'It does harm.',
  servesEverybody: (/** @type {string} */ name) => `“${name}” serves everybody now.`,
  servesNobody: (/** @type {string} */ name) => `“${name}” serves nobody now.`,

  gone: (/** @type {string} */ id) => `There is no intent “${id}” any more.`,
  name: 'Name, as the customer’s wish',
  nameHint: 'Check when my points expire',
  description: 'What it is, and what it is not',
  dropChanges: 'Drop changes',
  addToLibrary: 'Add to the library',
  approve: 'Approve',
  pause: 'Pause',
  resume: 'Resume',
  wasChanged: (/** @type {string} */ name) => `“${name}” was changed.`,
  needsName: 'A new intent needs a name and a description.',
  isIn: (/** @type {string} */ name) => `“${name}” is in the library.`,
  isPaused: (/** @type {string} */ name) => `“${name}” is paused: no customer is understood to want it.`,
  isLiveAgain: (/** @type {string} */ name) => `“${name}” is live again.`,
  isLive: (/** @type {string} */ name) => `“${name}” is live.`,

  nobodyAskedIn: (/** @type {number} */ days) => `Nobody has asked for it in the last ${days} days.`,
  traffic: (/** @type {number} */ count, /** @type {number} */ days, /** @type {string} */ share) =>
    count === 1
      ? html`<b class="num">${count}</b> conversation in ${days} days, ${share} of all`
      : html`<b class="num">${count}</b> conversations in ${days} days, ${share} of all`,
  hadToAsk: 'Agent had to ask',
  mistakenFor: (/** @type {unknown} */ others) => html`Mistaken for ${others}`,

  importHeading: 'Import intents',
  tooLarge: (/** @type {string} */ file) => `“${file}” is larger than 5 MB. Is it the right file?`,
  choose: 'Choose a file, or drop it here',
  chooseHint: 'YAML replaces the library. Rasa NLU adds its examples; unknown intents arrive paused.',
  format: 'Format',
  formatYaml: 'Switchboard YAML: the whole library',
  formatRasa: 'Rasa NLU: examples',
  comparing: 'Comparing with the library',
  inFile: (/** @type {number} */ intents, /** @type {string} */ examples, /** @type {string} */ summary) =>
    html`<b>${counted(intents, 'intent', 'intents')}</b>, ${examples} in the file: ${summary}.`,
  imported: (/** @type {string} */ file, /** @type {string} */ summary) => `“${file}” is in: ${summary}.`,
};
