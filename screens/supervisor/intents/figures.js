// @ts-check
// Figures as people read them: shares, intervals, differences.

import { strings } from '../strings.js';

/** "34 %", "0.4 %" below one percent, "0 %" @param {number} value 0 to 1 */
export function percent(value) {
  const hundredths = value * 100;
  const shown = hundredths > 0 && hundredths < 1 ? hundredths.toFixed(1) : String(Math.round(hundredths));
  return `${shown}\u202f%`;
}

/** "29 to 40 %" @param {{low: number, high: number}} share */
export function interval({ low, high }) {
  const digits = high < 0.1 ? 1 : 0;
  return strings.interval((low * 100).toFixed(digits), (high * 100).toFixed(digits));
}

/** "+3.2 points", "no change" @param {number} difference of two shares */
export function points(difference) {
  const value = Math.round(difference * 1000) / 10;
  if (!value) return strings.noChange;
  return strings.points(`${value > 0 ? '+' : '\u2212'}${Math.abs(value)}`);
}
