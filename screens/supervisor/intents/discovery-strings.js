// @ts-check
// Every sentence of the dialogs "Discovery" and "Look now".

export const strings = {
  heading: 'Discovery',
  isSet: 'Discovery is set.',
  noLines: 'The library has no line of business yet. Import intents first.',
  of: (/** @type {string} */ line) => `Discovery for ${line}`,
  on: 'On',
  off: 'Off',
  isOff: 'Nothing that is said here becomes a proposal; “Look now” leaves it out too.',
  mode: 'Mode',
  modes: [
    { mode: 'manual', name: 'Manual', words: 'Finds only when you press “Look now”.' },
    { mode: 'semi_autonomous', name: 'Semi-autonomous', words: 'Finds by itself, a person approves.' },
    {
      mode: 'autonomous',
      name: 'Autonomous',
      words: 'Approves by itself, to a share of conversations first, when every guard holds.',
    },
  ],
  channels: 'Channels',
  lookBack: 'Looks back, days',
  servedFirst: 'Served first, percent',
  guards: {
    least_conversations: 'Conversations, at least',
    least_cohesion: 'Belonging together, at least',
    least_accuracy: 'Accuracy held out, at least',
    most_similarity: 'Likeness to an intent, at most',
  },

  lookNow: 'Look now',
  whatItDoes:
    'Goes through what customers said and nobody understood, and groups what belongs together. Customers are served' +
    ' as usual meanwhile.',
  days: 'How far back, in days',
  look: 'Look',
};
