// @ts-check
// The one language a page speaks: what the page says it is written in, else what the person chose, else what the
// browser asks for. A page without a `lang` gets the one that was found, for screen readers.

import { shelf } from './remember.js';

/** The languages our screens speak, by their own names. */
export const languages = /** @type {const} */ ({ en: 'English', de: 'Deutsch' });

/** @typedef {keyof typeof languages} Language */

const kept = shelf('switchboard.');

/** @param {string} tag such as "de-AT" */
const known = (tag) => {
  const short = tag.toLowerCase().split('-')[0];
  return short in languages ? /** @type {Language} */ (short) : undefined;
};

const root = globalThis.document?.documentElement;
const written = globalThis.document?.querySelector('switchboard-chat[lang]')?.getAttribute('lang') || root?.lang;
const asked = globalThis.navigator?.languages ?? [];

/** @type {Language} */
export const language = written
  ? (known(written) ?? 'en')
  : (known(kept.get('language') ?? '') ?? asked.map(known).find(Boolean) ?? 'en');

/** For dates and numbers: this language as it is written where the reader is. */
export const locale = [...asked, written ?? ''].find((tag) => known(tag) === language) || language;

if (root && !root.lang) root.lang = language;

/** Choose for every page of ours that does not say its own; this one is loaded anew. @param {Language} choice */
export function speak(choice) {
  kept.set('language', choice);
  globalThis.location.reload();
}

/**
 * The table of this page's language.
 * @template T
 * @param {Record<Language, T>} tables one of each language: a sentence that lacks its translation does not type-check
 * @returns {T}
 */
export const inLanguage = (tables) => tables[language];
