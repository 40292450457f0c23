// @ts-check
// Every sentence of the tab "History".

export const strings = {
  tab: 'History',
  heading: 'History',
  placeholder: 'Customer, intent, case or claim number',
  search: 'Search conversations',
  exportTitle: 'Every conversation, a row each, with times and outcomes',
  columns: ['Started', 'Customer', 'About', 'State', 'Operator', 'Transcript'],
  searching: 'Searching',
  nothingFound: 'Nothing found. Try fewer words.',
  none: 'No conversation yet.',
};
