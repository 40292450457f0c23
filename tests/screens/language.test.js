// A page speaks one language: the one it says, else the one that was chosen, else the browser's; and German says
// everything that English does.

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';

import './page.js';

const SCREENS = new URL('../../screens/', import.meta.url);

let loads = 0;

/** language.js as a page finds it: it looks round while it loads. */
async function languageOf({ lang = '', widget = null, kept = null, asked = ['en-US', 'en'] }) {
  const root = { lang };
  globalThis.document = {
    documentElement: root,
    querySelector: () => (widget === null ? null : { getAttribute: () => widget }),
  };
  globalThis.localStorage = { getItem: () => (kept === null ? null : JSON.stringify(kept)) };
  Object.defineProperty(globalThis, 'navigator', { value: { languages: asked }, configurable: true });
  try {
    const page = await import(`../../screens/kit/language.js?${(loads += 1)}`);
    return { language: page.language, locale: page.locale, lang: root.lang };
  } finally {
    for (const name of ['document', 'localStorage', 'navigator']) delete globalThis[name];
  }
}

test('what the page says it is written in wins over choice and browser', async () => {
  const page = await languageOf({ lang: 'en', kept: 'de', asked: ['de-DE'] });
  assert.deepEqual(page, { language: 'en', locale: 'en', lang: 'en' });
});

test('a widget may speak another language than the page round it', async () => {
  const page = await languageOf({ lang: 'en', widget: 'de', asked: ['en-GB'] });
  assert.deepEqual(page, { language: 'de', locale: 'de', lang: 'en' });
});

test('a page in a language we do not speak is answered in English', async () => {
  assert.equal((await languageOf({ lang: 'fr', kept: 'de', asked: ['de-DE'] })).language, 'en');
});

test('a page that says nothing speaks the language that was chosen, and says so', async () => {
  const page = await languageOf({ kept: 'de', asked: ['en-GB', 'de-AT'] });
  assert.deepEqual(page, { language: 'de', locale: 'de-AT', lang: 'de' });
});

test('with nothing chosen the first language of the browser that we speak is taken', async () => {
  assert.deepEqual(await languageOf({ asked: ['pl', 'de-CH', 'en'] }), {
    language: 'de',
    locale: 'de-CH',
    lang: 'de',
  });
});

test('else it is English, also with a kept choice that no longer exists', async () => {
  assert.equal((await languageOf({ kept: 'xx', asked: ['pl'] })).language, 'en');
  assert.equal((await languageOf({ asked: [] })).locale, 'en');
});

test('numbers and dates of an English page are written as where its reader is', async () => {
  assert.equal((await languageOf({ lang: 'en', asked: ['en-GB', 'en'] })).locale, 'en-GB');
});

// ---------------------------------------------------------------- every sentence has its translation

/** Words that are the same in both languages. */
const SAME = new Set(['Chat', 'OK', 'Browser', 'Offline', 'Neutral', 'Median', '']);

const german = readdirSync(SCREENS, { recursive: true }).filter((path) => path.endsWith('.de.js'));

/** The tables of one file; a part of another table goes by its own name. */
async function tableOf(path) {
  const module = await import(new URL(path, SCREENS).href);
  return module.en ?? module.de ?? module[Object.keys(module)[0]];
}

/** Texts and functions of a table by their place in it, lists included. */
const leaves = (table, place = '') =>
  Object.entries(table).flatMap(([key, value]) =>
    value && typeof value === 'object' ? leaves(value, `${place}${key}.`) : [[place + key, value]],
  );

test('the German tables are found', () => assert.ok(german.length >= 10));

for (const path of german) {
  test(`${path} says everything, and nothing in English`, async () => {
    const en = new Map(leaves(await tableOf(path.replace('.de.js', '.js'))));
    const de = new Map(leaves(await tableOf(path)));
    const missing = [...en.keys()].filter((place) => !de.has(place));
    const same = [...de].filter(([place, text]) => en.get(place) === text && !SAME.has(text));
    assert.deepEqual({ missing, same }, { missing: [], same: [] });
  });
}
