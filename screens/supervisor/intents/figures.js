// @ts-check
// Figures as people read them: shares, intervals, counts with their word.

/** "34 %", "0.4 %" below one percent, "0 %" @param {number} value 0 to 1 */
export function percent(value) {
  const hundredths = value * 100;
  const shown = hundredths > 0 && hundredths < 1 ? hundredths.toFixed(1) : String(Math.round(hundredths));
  return `${shown}\u202f%`;
}

/** "29 to 40 %" @param {{low: number, high: number}} share */
export function interval({ low, high }) {
  const digits = high < 0.1 ? 1 : 0;
  return `${(low * 100).toFixed(digits)} to ${(high * 100).toFixed(digits)}\u202f%`;
}

/** "1 turn", "41 turns" @param {number} count @param {string} one @param {string} [many] */
export const counted = (count, one, many = `${one}s`) => `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;

/** "+3.2 points", "no change" @param {number} difference of two shares */
export function points(difference) {
  const value = Math.round(difference * 1000) / 10;
  if (!value) return 'no change';
  return `${value > 0 ? '+' : '\u2212'}${Math.abs(value)} points`;
}
