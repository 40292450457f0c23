// @ts-check
// Every sentence of the tab "Procedures".

import { html } from '../../kit/vendor/lit.js';
import { counted } from '../counted.js';

/** What was done to the procedures. @type {Record<string, string>} */
const actions = {
  loaded: 'loaded the tenant’s folder',
  edited: 'put a change live',
  canary_started: 'started a trial',
  canary_ramped: 'widened a trial',
  canary_rolled_back: 'took a trial back',
  rolled_back: 'rolled back',
};

export const strings = {
  tab: 'Procedures',
  procedures: 'Procedures',
  procedureCount: (/** @type {number} */ count) => `Procedures ${count}`,
  history: 'History',
  newFile: 'New file',
  newFileAsk: 'Name of the new file (small letters, ending in .yaml)',
  newFileName: 'more.yaml',
  example: `procedures:
  - id: my_procedure
    noun: what it is about
    steps:
      - say: "Hello."
`,
  notLive: 'not live',
  steps: (/** @type {number} */ count) => counted(count, 'step', 'steps'),
  noProcedures: 'No procedures yet',
  versionBy: (/** @type {number} */ version, /** @type {string | null} */ actor, /** @type {string} */ when) =>
    `version ${version}, ${actor ?? ''}, ${when}`,
  yaml: 'YAML',
  textOf: (/** @type {string} */ file) => `Text of ${file}`,

  check: 'Check',
  noFault: 'No fault found',
  discard: 'Discard',
  whoMeetsIt: 'Who meets it',
  everybody: 'Everybody',
  trial: (/** @type {string} */ share) => `A trial: ${share}`,
  startTrial: 'Start the trial',
  putLive: 'Put live',
  isOnTrial: (/** @type {string} */ share) => `${share} of conversations try it now.`,
  isLive: 'It is live for everybody.',

  serves: (/** @type {number} */ version, /** @type {string} */ share, /** @type {number} */ base) =>
    html`<b>Version ${version}</b> serves ${share} of conversations, version ${base} the others.`,
  /** How much went badly, of how many; `others` without the new version, null when there were none. */
  wentBadly: (
    /** @type {{share: string, whole: number}} */ treated,
    /** @type {{share: string, whole: number} | null} */ others,
  ) =>
    html`Dropped, or passed to a person: <b>${treated.share}</b> of ${treated.whole} with
      it${others ? `, ${others.share} of ${others.whole} without` : ''}.`,
  noneEnded: 'No conversation that met what differs has ended yet.',

  trialStopped: 'The trial was stopped.',
  trialOver: 'The trial is over: nothing is changed.',

  /** Who did what, to which procedures. */
  did: (/** @type {string} */ actor, /** @type {string} */ action, /** @type {string[]} */ changed) =>
    html`<b>${actor}</b> ${actions[action] ?? action}${changed.length ? `: ${listed(changed)}` : ''}`,
  changed: (/** @type {string} */ noun, /** @type {'added' | 'removed' | 'changed'} */ kind) =>
    kind === 'changed' ? noun : `${noun} (${kind})`,
  showLines: 'Show lines',
  hideLines: 'Hide lines',
  areAsIn: (/** @type {number} */ version) => `The procedures are as they were in version ${version}.`,
  goBackMeans: (/** @type {string} */ when) =>
    `The procedures become what they were on ${when}, for whatever is asked next; who is in the middle of one` +
    ' finishes it as it began. It is a new version, so you can come back. These lines change, of all files:',
  sameTexts: 'The texts are the same.',
  linesOf: (/** @type {string} */ file) => `Lines of ${file} that differ`,
};

/** The first six, and how many more. @param {string[]} names */
const listed = (names) => names.slice(0, 6).join(', ') + (names.length > 6 ? ` and ${names.length - 6} more` : '');
