// @ts-check
// Every sentence of the tab "Live": the wallboard, the conversations, the queues, what runs by itself.

import { html } from '../../kit/vendor/lit.js';

export const strings = {
  tab: 'Live',
  heading: 'Live conversations',
  show: 'Show',
  filters: { all: 'All', agent: 'With the agent', waiting: 'Waiting', operator: 'With operators' },
  columns: {
    stage: 'State',
    customer: 'Customer',
    about: 'About',
    queue: 'Queue',
    operator: 'Operator',
    mood: 'Mood',
    wait: 'Waiting',
    length: 'Length',
  },
  lastMessage: (/** @type {string} */ time) => `Last message ${time}`,
  noneFits: 'No live conversation fits the filter.',
  none: 'No conversation is live right now.',

  withTheAgent: 'With the agent',
  withOperators: 'With operators',
  waiting: 'Waiting',
  longestWait: 'Longest wait',
  operatorsAvailable: 'Operators available',
  callbacks: 'Callbacks',
  shareOfLive: (/** @type {number} */ percent, /** @type {number} */ live) => `${percent} % of ${live} live`,
  noneLive: 'none live',
  beingOffered: (/** @type {number} */ count) => `${count} being offered`,
  forAnOperator: 'for an operator',
  nobodyWaits: 'nobody waits',
  inQueue: (/** @type {string} */ queue) => `in ${queue}`,
  taken: (/** @type {number} */ count) => `${count} taken`,
  toBeMade: 'to be made',

  queues: 'Queues',
  queueColumns: { name: 'Queue', waiting: 'Waiting', longest: 'Longest', available: 'Available' },
  closed: 'closed',

  work: 'Background work',
  workColumns: { what: 'What', state: 'State', lastDone: 'Last done', lastFailure: 'Last failure' },
  noDatabase: 'The database does not answer.',
  works: 'Works',
  nothingToDo: 'Nothing to do yet',
  failing: (/** @type {number} */ failures, /** @type {string} */ pause) =>
    html`<b class="bad">Failed ${failures === 1 ? 'once' : `${failures} times`}</b>, tries again after ${pause}`,
  /** What each worker does. */
  workers: /** @type {Record<string, string>} */ ({
    deadlines: 'Deadlines of offers, lost operators and silent customers',
    outbox: 'Closing notes into the CRM',
    offers: 'Offers to operators',
    calls: 'Heartbeat of calls',
    library: 'New versions of the library',
    training: 'Training after a change',
    procedures: 'New versions of procedures',
    discovery: 'Discovery of intents',
    canaries: 'Intents on trial',
    trials: 'Procedures on trial',
    encoder: 'Training of the encoder',
  }),
};
