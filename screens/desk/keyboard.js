// @ts-check
// Every shortcut of the desk, once: the keys act on it, the "?" sheet and docs/reference/keyboard.md are written from
// it. What each does is said in keyboard-strings.js.

/**
 * @typedef {object} Shortcut
 * @property {string} keys as printed; "Alt+J" is compared by physical key, since Alt changes letters on some keyboards
 * @property {keyof import('./keyboard-strings.js').Strings['does']} does with Alt and for "?" the name of the command
 *   it runs; the field in focus handles the others
 *
 * @typedef {{title: keyof import('./keyboard-strings.js').Strings['titles'], shortcuts: Shortcut[]}} Group
 */

/** @type {Group[]} */
export const shortcutGroups = [
  {
    title: 'offers',
    shortcuts: [
      { keys: 'Alt+A', does: 'accept' },
      { keys: 'Alt+G', does: 'acceptAndGreet' },
      { keys: 'Alt+X', does: 'decline' },
    ],
  },
  {
    title: 'moving',
    shortcuts: [
      { keys: 'Alt+J', does: 'next' },
      { keys: 'Alt+K', does: 'previous' },
      { keys: 'Alt+S', does: 'search' },
      { keys: 'Alt+I', does: 'workings' },
      { keys: 'Alt+O', does: 'context' },
      { keys: '?', does: 'help' },
      { keys: 'Esc', does: 'shut' },
    ],
  },
  {
    title: 'writing',
    shortcuts: [
      { keys: 'Alt+L', does: 'reply' },
      { keys: 'Alt+P', does: 'note' },
      { keys: '/', does: 'quickReplies' },
      { keys: 'Tab', does: 'takeSuggested' },
      { keys: 'Enter', does: 'send' },
      { keys: 'Shift+Enter', does: 'newLine' },
    ],
  },
  {
    title: 'conversation',
    shortcuts: [
      { keys: 'Alt+H', does: 'handBack' },
      { keys: 'Alt+T', does: 'transfer' },
      { keys: 'Alt+R', does: 'release' },
      { keys: 'Alt+E', does: 'end' },
      { keys: 'Alt+W', does: 'wrapUp' },
    ],
  },
  {
    title: 'call',
    shortcuts: [
      { keys: 'Alt+C', does: 'answer' },
      { keys: 'Alt+U', does: 'mute' },
      { keys: 'Alt+Q', does: 'hold' },
      { keys: 'Alt+N', does: 'consult' },
      { keys: 'Alt+Y', does: 'record' },
      { keys: 'Alt+B', does: 'skipBrief' },
    ],
  },
  {
    title: 'me',
    shortcuts: [
      { keys: 'Alt+1', does: 'available' },
      { keys: 'Alt+2', does: 'busy' },
      { keys: 'Alt+3', does: 'away' },
      { keys: 'Alt+M', does: 'sound' },
    ],
  },
];

/** @type {Map<string, string>} */
const commandOfCode = new Map(
  shortcutGroups.flatMap(({ shortcuts }) =>
    shortcuts
      .filter(({ keys }) => keys.startsWith('Alt+'))
      .map(({ keys, does }) => /** @type {[string, string]} */ ([codeOf(keys.slice(4)), does])),
  ),
);

/** "J" -> "KeyJ", "1" -> "Digit1" @param {string} letter */
function codeOf(letter) {
  return /\d/.test(letter) ? `Digit${letter}` : `Key${letter}`;
}

/** The command a key press asks for, or undefined. @param {KeyboardEvent} event */
export function commandOf(event) {
  if (event.ctrlKey || event.metaKey) return undefined;
  if (event.altKey && !event.shiftKey) return commandOfCode.get(event.code);
  return event.key === '?' && !isWriting(event) ? 'help' : undefined;
}

/** @param {KeyboardEvent} event */
function isWriting(event) {
  const target = /** @type {HTMLElement} */ (event.composedPath()[0]);
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}
