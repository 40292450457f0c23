// @ts-check
// What the shortcuts of keyboard.js do, for the "?" sheet; keyboard-strings.de.js has them in German.
// docs/reference/keyboard.md lists them as they are here.

import { inLanguage } from '../kit/language.js';
import { de } from './keyboard-strings.de.js';

export const en = {
  titles: {
    offers: 'Offers',
    moving: 'Moving about',
    writing: 'Writing',
    conversation: 'The conversation',
    call: 'The call',
    me: 'Me',
  },
  does: {
    accept: 'Accept the offer, or answer a colleague',
    acceptAndGreet: 'Accept and greet the customer',
    decline: 'Decline the offer, or the colleague',
    next: 'Next conversation',
    previous: 'Previous conversation',
    search: 'Search the articles',
    workings: "Show or hide the agent's workings",
    context: 'Show or hide the side panel',
    help: 'This sheet',
    shut: 'Close a menu or dialog',
    reply: 'Write a reply',
    note: 'Write a private note',
    quickReplies: 'Quick replies, in an empty field',
    takeSuggested: 'Take the suggested reply, in an empty field',
    send: 'Send',
    newLine: 'New line',
    handBack: 'Hand back to the agent',
    transfer: 'Transfer to another queue or a colleague',
    release: 'Put back in the queue',
    end: 'End the conversation',
    wrapUp: 'Go to the wrap-up form',
    answer: 'Answer the call',
    mute: 'Mute or unmute',
    hold: 'Put the customer on hold, or take them back',
    consult: 'Ask a colleague in',
    record: 'Record, or pause the recording',
    skipBrief: 'Skip the spoken brief',
    available: 'Available',
    busy: 'Busy',
    away: 'Away',
    sound: 'Sound on or off',
  },
};

/** @typedef {typeof en} Strings */

export const strings = inLanguage({ en, de });
