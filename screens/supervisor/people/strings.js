// @ts-check
// Every sentence of the tab "People".

export const strings = {
  tab: 'People',
  heading: 'People',
  add: 'Add a person',
  columns: ['Name', 'Presence', 'In state', 'Load', 'Queues', 'Skills', 'Languages', ''],
  load: 'Load',
  skillLevel: (/** @type {string} */ skill, /** @type {number} */ level) => `${skill}: ${level} of 5`,
  canSignIn: (/** @type {string} */ name) => `${name} can sign in now.`,

  name: 'Name',
  email: 'Email',
  password: 'First password',
  passwordHint: 'At least 10 characters',
  role: 'Role',
  roles: /** @type {Record<string, string>} */ ({ operator: 'Operator', supervisor: 'Supervisor' }),
  capacity: 'Conversations at once',
  queues: 'Queues (none chosen: all)',
  skills: 'Skills, each with a level from 1 to 5',
  skillsHint: 'claims 4, billing 2',
  languages: "Languages, as two-letter codes (none: the centre's own)",
  languagesHint: 'en, pl',
  save: 'Add',

  manage: (/** @type {string} */ name) => `Change ${name}`,
  change: 'Save changes',
  saved: (/** @type {string} */ name) => `${name} was changed.`,
  newPassword: 'New password',
  setPassword: 'Set password',
  passwordSet: (/** @type {string} */ name) => `${name} signs in with the new password now.`,
  passwordEnds: 'In place of a forgotten one. They are signed out everywhere.',
  leaves:
    'Who has left signs in no more. Their customers go back to the queue at once; what they did stays in the record.',
  deactivate: 'Deactivate',
  deactivateSure: 'Yes, deactivate and sign out',
  deactivated: (/** @type {string} */ name) => `${name} is deactivated and signed out.`,
  inactive: 'Deactivated',
  reactivate: 'Reactivate',
  reactivated: (/** @type {string} */ name) => `${name} can sign in again.`,
};
