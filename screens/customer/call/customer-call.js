// @ts-check
// The customer's call and their chat as one conversation: the call takes up the chat's conversation, or begins one the
// chat then follows; after hanging up it goes on in writing, or ends.

import { VoiceLine } from '../../voice/line.js';

/** Fires `change` whenever the screen should look again. */
export class CustomerCall extends EventTarget {
  /** The call now, or the one just over until it is dismissed. @type {VoiceLine | null} */ line = null;

  /** @param {import('../session.js').ChatSession} session */
  constructor(session) {
    super();
    this.session = session;
  }

  get isOpen() {
    return Boolean(this.line?.isOpen);
  }

  /** Call, from a press. */
  begin() {
    if (this.isOpen) return;
    if (this.session.hasEnded) this.session.leave();
    const url = new URL('/ws/voice', this.session.socket.url);
    const line = new VoiceLine({ url, start: () => this.#start() });
    this.line = line;
    line.addEventListener('change', () => this.#changed());
    line.addEventListener('started', (event) => this.#started(/** @type {CustomEvent} */ (event).detail));
    window.addEventListener('pagehide', this.#leave);
    line.begin();
    this.#changed();
  }

  /** Hang up; the conversation goes on in writing, or ends with the call. @param {boolean} keepsChat */
  hangUp(keepsChat) {
    const { line, session } = this;
    if (!line) return;
    const wasTalking = line.since > 0;
    const isTold = line.hangUp({ keepsChat });
    // The server was away: the chat ends it as soon as it can.
    if (wasTalking && !isTold && !keepsChat) session.end();
    if (!wasTalking) this.dismiss();
  }

  /** Put the call's panel away. */
  dismiss() {
    if (this.isOpen) this.line?.hangUp({ keepsChat: true });
    this.line = null;
    window.removeEventListener('pagehide', this.#leave);
    this.#changed();
  }

  #start() {
    const { conversationId, token, preChat } = this.session;
    const known = conversationId && token ? { conversation_id: conversationId, token } : {};
    return { ...known, captions: true, ...(preChat.name ? { name: preChat.name.slice(0, 120) } : {}) };
  }

  /** @param {{conversation_id: string, token: string | null}} started */
  #started({ conversation_id: id, token }) {
    this.session.adopt(id, token ?? this.session.token);
  }

  /** A page that goes away takes its call along; the chat can be taken up again. */
  #leave = () => {
    if (this.isOpen) this.line?.hangUp({ keepsChat: true });
  };

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}
