// @ts-check
// Every shortcut of the desk, once: the keys act on it, the "?" sheet and docs/reference/keyboard.md are written from
// it.

/**
 * @typedef {object} Shortcut
 * @property {string} keys as printed; "Alt+J" is compared by physical key, since Alt changes letters on some keyboards
 * @property {string} does
 * @property {string} [command] name of the command it runs; none when the field in focus handles it
 *
 * @typedef {{title: string, shortcuts: Shortcut[]}} Group
 */

/** @type {Group[]} */
export const shortcutGroups = [
  {
    title: 'Offers',
    shortcuts: [
      { keys: 'Alt+A', does: 'Accept the offer, or answer a colleague', command: 'accept' },
      { keys: 'Alt+G', does: 'Accept and greet the customer', command: 'acceptAndGreet' },
      { keys: 'Alt+X', does: 'Decline the offer, or the colleague', command: 'decline' },
    ],
  },
  {
    title: 'Moving about',
    shortcuts: [
      { keys: 'Alt+J', does: 'Next conversation', command: 'next' },
      { keys: 'Alt+K', does: 'Previous conversation', command: 'previous' },
      { keys: 'Alt+S', does: 'Search the articles', command: 'search' },
      { keys: 'Alt+I', does: "Show or hide the agent's workings", command: 'workings' },
      { keys: 'Alt+O', does: 'Show or hide the side panel', command: 'context' },
      { keys: '?', does: 'This sheet', command: 'help' },
      { keys: 'Esc', does: 'Close a menu or dialog' },
    ],
  },
  {
    title: 'Writing',
    shortcuts: [
      { keys: 'Alt+L', does: 'Write a reply', command: 'reply' },
      { keys: 'Alt+P', does: 'Write a private note', command: 'note' },
      { keys: '/', does: 'Quick replies, in an empty field' },
      { keys: 'Tab', does: 'Take the suggested reply, in an empty field' },
      { keys: 'Enter', does: 'Send' },
      { keys: 'Shift+Enter', does: 'New line' },
    ],
  },
  {
    title: 'The conversation',
    shortcuts: [
      { keys: 'Alt+H', does: 'Hand back to the agent', command: 'handBack' },
      { keys: 'Alt+T', does: 'Transfer to another queue or a colleague', command: 'transfer' },
      { keys: 'Alt+R', does: 'Put back in the queue', command: 'release' },
      { keys: 'Alt+E', does: 'End the conversation', command: 'end' },
      { keys: 'Alt+W', does: 'Go to the wrap-up form', command: 'wrapUp' },
    ],
  },
  {
    title: 'The call',
    shortcuts: [
      { keys: 'Alt+C', does: 'Answer the call', command: 'answer' },
      { keys: 'Alt+U', does: 'Mute or unmute', command: 'mute' },
      { keys: 'Alt+Q', does: 'Put the customer on hold, or take them back', command: 'hold' },
      { keys: 'Alt+N', does: 'Ask a colleague in', command: 'consult' },
      { keys: 'Alt+Y', does: 'Record, or pause the recording', command: 'record' },
      { keys: 'Alt+B', does: 'Skip the spoken brief', command: 'skipBrief' },
    ],
  },
  {
    title: 'Me',
    shortcuts: [
      { keys: 'Alt+1', does: 'Available', command: 'available' },
      { keys: 'Alt+2', does: 'Busy', command: 'busy' },
      { keys: 'Alt+3', does: 'Away', command: 'away' },
      { keys: 'Alt+M', does: 'Sound on or off', command: 'sound' },
    ],
  },
];

/** @type {Map<string, string>} */
const commandOfCode = new Map(
  shortcutGroups.flatMap(({ shortcuts }) =>
    shortcuts
      .filter(({ keys, command }) => command && keys.startsWith('Alt+'))
      .map(
        ({ keys, command }) =>
          /** @type {[string, string]} */ ([codeOf(keys.slice(4)), /** @type {string} */ (command)]),
      ),
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
