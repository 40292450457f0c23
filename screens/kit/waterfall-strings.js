// @ts-check
// What the waterfall of a call's answers says; waterfall-strings.de.js says it in German.

import { inLanguage } from './language.js';
import { de } from './waterfall-strings.de.js';

export const en = {
  /** The moments, and what the stretch before each is spent on. */
  steps: {
    decided: { name: 'Turn decided', why: 'waiting to be sure that the customer has finished' },
    transcript: { name: 'Transcript', why: 'turning the sound into words' },
    decision: { name: 'Decision', why: 'deciding what to answer, and putting it on disk' },
    first_audio: { name: 'First sound', why: 'making the first words audible' },
    played: { name: 'Heard', why: 'the way to the customer’s ear' },
  },
  nothing: 'No answer of this call has been timed yet.',
  title: 'How long the answers took',
  median: 'Median',
  percentile: '95th percentile',
  percentileMeans: '95 of 100 answers came sooner',
  answers: 'Answers',
  asBars: 'As bars',
  asTable: 'As a table',
  what: 'From the customer’s last sound to the first they heard.',
  notReported: (/** @type {string} */ step) => `${step}: not reported`,
  said: 'The customer said',
  tableWhat: 'Milliseconds after the customer’s last sound. A negative number was ready before they had finished.',
  turn: (/** @type {number} */ seq) => `Turn ${seq}`,
};

/** @typedef {typeof en} Strings */

export const strings = inLanguage({ en, de });
