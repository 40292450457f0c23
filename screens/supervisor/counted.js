// @ts-check
// A number with the word for what is counted.

/** "1 turn", "41 turns" @param {number} count @param {string} one @param {string} many */
export const counted = (count, one, many) => `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;
