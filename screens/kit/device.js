// @ts-check
// "Chrome on Android" out of a user agent; any other text as it is.

import { strings } from './strings.js';

/** @type {[RegExp, string][]} */
const browsers = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];
/** @type {[RegExp, string][]} */
const systems = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'Mac'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
];

/** @param {string} device */
export function deviceWord(device) {
  if (!device.startsWith('Mozilla/')) return device;
  const named = (/** @type {[RegExp, string][]} */ table) => table.find(([pattern]) => pattern.test(device))?.[1];
  const [browser, system] = [named(browsers) ?? strings.browser, named(systems)];
  return system ? strings.browserOn(browser, system) : browser;
}
