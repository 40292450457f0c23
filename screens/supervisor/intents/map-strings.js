// @ts-check
// Every sentence of the map of what was said.

export const strings = {
  heading: 'Map of what was said',
  howTo: (/** @type {string} */ turns) => `${turns}. Near means alike. Drag to move, wheel or pinch to zoom.`,
  asMap: 'As a map',
  asTable: 'As a table',
  nearer: 'Nearer',
  nearerKey: 'Nearer (+)',
  farther: 'Farther',
  fartherKey: 'Farther (-)',
  whole: 'Everything in sight',
  wholeKey: 'Everything in sight (0)',
  close: 'Close the map',
  closeKey: 'Close the map (P)',
  drawing: 'Drawing the map',
  empty: 'Nothing to draw yet: the map fills as customers say what nobody understands.',
  described: (/** @type {number} */ turns, /** @type {number} */ proposals) =>
    `Map of ${turns} turns in ${proposals} proposals; the table shows the same in words. Arrow keys move, plus and` +
    ' minus zoom.',
  inNoProposal: 'in no proposal',
  open: 'Open',
  columns: { proposal: 'Proposal', turns: 'Turns', liesNextTo: 'Lies next to' },
};
