// @ts-check
// Every sentence of the tab "Calls".

export const strings = {
  tab: 'Calls',
  heading: 'How long callers wait for an answer',
  lastHour: 'Last hour',
  lastDay: 'Last day',
  lastWeek: 'Last week',
  loading: 'Loading…',
  none:
    'No answered turn of a call in this time. Ring up from the customer’s page and talk to the agent: every answer' +
    ' leaves its times here.',
  half: 'half of the answers came within',
  most: '19 of 20 came within',
  answers: (/** @type {number} */ calls) => (calls === 1 ? 'answers in 1 call' : `answers in ${calls} calls`),
  fromLastSound: 'From the customer’s last sound',
  halfWithin: 'half within',
  mostWithin: '19 of 20',
  /** A step of an answer: its name, and what takes its time. */
  steps: /** @type {Record<string, [string, string]>} */ ({
    decided: ['Turn decided', 'waiting to be sure that the customer has finished'],
    transcript: ['Transcript', 'turning the sound into words'],
    decision: ['Decision', 'deciding what to answer, and putting it on disk'],
    first_audio: ['First sound', 'making the first words audible'],
    played: ['Heard', 'the way to the customer’s ear'],
  }),
};
