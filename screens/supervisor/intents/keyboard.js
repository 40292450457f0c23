// @ts-check
// Every shortcut of the intent inbox, once: the keys act on it, the "?" sheet and docs/reference/keyboard.md are
// written from it.

/** @type {{keys: string, does: string, command: string}[]} */
export const inboxShortcuts = [
  { keys: 'J', does: 'Next proposal', command: 'next' },
  { keys: 'K', does: 'Previous proposal', command: 'previous' },
  { keys: 'E', does: 'Edit the name', command: 'edit' },
  { keys: 'R', does: 'Replay the past with it', command: 'replay' },
  { keys: 'A', does: 'Approve', command: 'approve' },
  { keys: 'M', does: 'Merge', command: 'merge' },
  { keys: 'S', does: 'Split in two', command: 'split' },
  { keys: 'Z', does: 'Snooze', command: 'snooze' },
  { keys: 'X', does: 'Discard', command: 'discard' },
  { keys: 'U', does: 'Take the last decision back', command: 'undo' },
  { keys: 'P', does: 'List or map', command: 'map' },
  { keys: '?', does: 'This sheet', command: 'help' },
];

const commandOfKey = new Map(inboxShortcuts.map(({ keys, command }) => [keys, command]));

/**
 * The command a key press asks for, or undefined; while someone writes or answers a dialog, none.
 * @param {KeyboardEvent} event
 */
export function inboxCommandOf(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const path = /** @type {HTMLElement[]} */ (event.composedPath());
  if (path[0].isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(path[0].tagName ?? '')) return undefined;
  if (path.some((node) => node.tagName === 'DIALOG' || node.tagName === 'SB-DRAWER')) return undefined;
  return commandOfKey.get(event.key.toUpperCase());
}
