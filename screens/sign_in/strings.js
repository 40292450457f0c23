// @ts-check
// What the doors say, sign-in and first run; strings.de.js says it in German.

import { inLanguage } from '../kit/language.js';
import { de } from './strings.de.js';

export const en = {
  email: 'Email',
  password: 'Password',
  signIn: {
    pageTitle: 'Sign in · Switchboard',
    claim: 'The agent answers. A person takes over, and nobody repeats themselves.',
    title: 'Sign in',
    lead: 'For operators and supervisors.',
    submit: 'Sign in',
    busy: 'Signing in',
    demo: 'Demo logins',
    demoLead: 'This is the demonstration. Choose who to be:',
  },
  setup: {
    pageTitle: 'Welcome · Switchboard',
    claim: 'Plugged in. One account, and the lines are open.',
    title: 'Welcome to Switchboard',
    lead: "This one is empty. Make the first supervisor's account; it can add everybody else.",
    name: 'Your name',
    rule: 'At least 10 characters. A sentence is a good one.',
    submit: 'Make the account',
    ready: 'Your account is ready',
    readyLead: 'Three steps to the first customer.',
    load: 'Load what the agent knows',
    loadHow: (/** @type {unknown} */ folder, /** @type {unknown} */ command) => [
      'Intents, articles, queues and customers live in a folder of plain files. Start from a copy of ',
      folder,
      ', then run ',
      command,
      '.',
    ],
    operators: 'Add operators',
    operatorsHow:
      'On the supervisor page, under People: name, queues, skills and how many conversations each can hold.',
    embed: 'Put the chat on your site',
    embedHow: 'One line before the end of the page:',
    toSupervisor: 'Go to the supervisor page',
  },
};

/** @typedef {typeof en} Strings */

export const strings = inLanguage({ en, de });
