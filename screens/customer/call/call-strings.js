// @ts-check
// Every sentence of a call; a part of strings.js, which other languages fill in under `call`.

export const callWords = {
  start: 'Call us',
  offer: 'Rather talk? Call us',
  panel: 'Call',
  again: 'Call again',
  dismiss: 'Dismiss',
  launcher: (/** @type {string} */ time) => `In a call, ${time}. Open it`,
  started: (/** @type {string} */ time) => `Call, ${time}`,
  ended: 'Call ended',
  /** What happens now, where the server says nothing better. */
  lines: {
    loading: 'Connecting',
    listening: 'Listening',
    thinking: 'One moment',
    speaking: 'Speaking',
    holding: 'Waiting for a person',
    bridged: 'Connected',
    on_hold: 'On hold',
  },
  held: (/** @type {string} */ name) => (name ? `${name} will be right back` : 'Somebody will be right back'),
  withAgent: (/** @type {string} */ name) => `${name}, an AI`,
  /** Whose first letter stands for a person without a name. */
  operator: 'Operator',
  muted: 'You are muted',
  recording: 'Recorded',
  recordingTitle: 'This call is being recorded',
  quality: { unknown: '', good: 'Good line', fair: 'Fair line', poor: 'Poor line' },
  poorAdvice: 'The connection is slow; words may arrive late.',
  mute: 'Mute',
  unmute: 'Unmute',
  keypad: 'Keypad',
  captions: 'Live captions',
  volume: 'Volume',
  hangUp: 'End',
  hangUpTitle: 'End the call and the conversation',
  toChat: 'Continue in chat',
  cancel: 'Cancel',
  chatInstead: 'Chat instead',
  tryAgain: 'Try again',
  you: 'You',
  keypadTitle: 'Keypad',
  keypadClose: 'Close the keypad',
  key: (/** @type {string} */ key) => ({ '*': 'star', '#': 'hash' })[key] ?? key,
  pressed: 'Keys pressed',
  lost: 'The line was lost',
  lostHint: 'Reconnecting. Stay here: the conversation goes on where it was.',
  back: 'You are connected again. Nothing that was said is lost.',
  blocked: 'Your browser holds the sound back.',
  unblock: 'Play the sound',
  asking: 'May we hear you?',
  askingHint: 'Your browser asks for the microphone. Allow it, and the call begins.',
  trouble: {
    denied: {
      title: 'The microphone is blocked',
      hint:
        'Press the sign beside the address at the top of the browser, allow the microphone for this site, ' +
        'and the call begins. Or write to us.',
    },
    missing: {
      title: 'No microphone was found',
      hint: 'Plug one in, or a headset, and the call begins. Or write to us.',
    },
    busy: { title: 'The microphone is in use', hint: 'Another program may be holding it. Close that, then try again.' },
    lost: {
      title: 'Your microphone was disconnected',
      hint: 'Plug it in again. You can still hear us, and write below.',
    },
    insecure: {
      title: 'Calls need a secure page',
      hint: 'The browser opens the microphone on https pages only. You can write to us here.',
    },
    unsupported: {
      title: 'This browser can’t make calls',
      hint: 'A current Chrome, Edge, Firefox or Safari can. You can write to us here.',
    },
  },
  refused: 'The call could not be placed',
  closed: 'The call was cut off',
  /** Why it ended, where that needs saying. @type {Record<string, string>} */
  reasons: {
    silence: 'It was quiet for a long time.',
    too_long: 'Calls have a longest length, and this one reached it.',
    line_lost: 'The connection was lost.',
    taken_over: 'The call goes on in another window or on another device.',
    moved_to_chat: 'The conversation goes on here in writing.',
  },
  goesOn: 'The conversation goes on here in writing.',
};
