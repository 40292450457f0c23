// @ts-check
// Finding a quick reply by what follows the "/", and filling in its names.

/** @typedef {import('../../kit/protocol.js').QuickReply} QuickReply */

const SHOWN = 7;

/**
 * Those whose shortcut starts with `typed` come first, then those with the word in title or text.
 * @param {QuickReply[]} replies
 * @param {string} typed
 */
export function matching(replies, typed) {
  const word = typed.trim().toLowerCase();
  const rank = (/** @type {QuickReply} */ { shortcut, title, text }) =>
    shortcut.toLowerCase().startsWith(word)
      ? 0
      : title.toLowerCase().includes(word)
        ? 1
        : text.toLowerCase().includes(word)
          ? 2
          : 3;
  return replies
    .map((reply) => ({ reply, rank: rank(reply) }))
    .filter(({ rank: found }) => found < 3)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, SHOWN)
    .map(({ reply }) => reply);
}

/**
 * @param {string} text with {{customer_name}} and {{operator_name}}
 * @param {string} customer as the server names them, empty for nobody we know
 * @param {string} operator
 */
export function filled(text, customer, operator) {
  const first = (/** @type {string} */ name) => name.split(' ')[0];
  const named = customer
    ? text.replaceAll('{{customer_name}}', first(customer))
    : text.replace(/,?\s*\{\{customer_name\}\}/g, '');
  return named.replaceAll('{{operator_name}}', first(operator));
}
