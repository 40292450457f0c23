// @ts-check
// The top of the panel: who the customer is talking to, and whether that is an AI or a person.

import { html, nothing } from '../kit/vendor/lit.js';
import { icon } from '../kit/icons.js';
import { initials } from '../kit/words.js';
import { strings } from './strings.js';

/**
 * @param {import('./session.js').ChatSession} session
 * @param {boolean} isMenuOpen
 * @param {{menu: () => void, close: () => void, download: () => void, end: () => void, call: (() => void)
 *   | null}} actions `call` null: not now
 */
export function panelHeader(session, isMenuOpen, actions) {
  const isPerson = session.isWithPerson && session.operatorName;
  // A call that stands before its first word has no conversation yet.
  const isBefore = session.socket.state === 'idle';
  const name = isPerson
    ? session.operatorName
    : session.agentName || (isBefore ? strings.call.panel : strings.title(session.brand));
  const role = session.agentName
    ? [isPerson ? strings.operatorRole : strings.agentRole, session.brand].filter(Boolean).join(' · ')
    : isBefore
      ? ''
      : strings.connecting;
  return html`<div class="head">
    <span class="avatar ${isPerson ? 'person' : 'agent'}" aria-hidden="true"
      >${isPerson ? initials(name) : icon('agent', 20)}</span
    >
    <div class="who grow">
      <h2 class="one-line" data-testid="talking-to">${name}</h2>
      <p class="one-line">${role}</p>
    </div>
    ${actions.call ? button('call-us', strings.call.start, 'phone', 20, actions.call) : nothing}
    <button
      class="icon-button"
      aria-label=${strings.menu}
      title=${strings.menu}
      aria-haspopup="menu"
      aria-expanded=${isMenuOpen}
      data-testid="chat-menu"
      @click=${actions.menu}
    >
      ${icon('menu', 20)}
    </button>
    ${button('close', strings.close, 'chevron', 22, actions.close)} ${isMenuOpen ? menu(session, actions) : nothing}
  </div>`;
}

/**
 * @param {string} id for tests
 * @param {string} words
 * @param {import('../kit/icons.js').IconName} sign
 * @param {number} size
 * @param {() => void} act
 */
const button = (id, words, sign, size, act) =>
  html`<button class="icon-button" aria-label=${words} title=${words} data-testid=${id} @click=${act}>
    ${icon(sign, size)}
  </button>`;

/**
 * @param {import('./session.js').ChatSession} session
 * @param {{download: () => void, end: () => void}} actions
 */
const menu = (session, actions) =>
  html`<div class="menu" role="menu">
    <button role="menuitem" data-testid="download" @click=${actions.download}>
      ${icon('download')} ${strings.download}
    </button>
    ${session.hasEnded || !session.isWelcomed
      ? nothing
      : html`<button role="menuitem" class="bad" data-testid="end" @click=${actions.end}>
          ${icon('close')} ${strings.end}
        </button>`}
  </div>`;
