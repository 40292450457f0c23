// @ts-check
// <sb-desk-composer>: reply or private note. "/" opens the quick replies, Tab takes the suggested reply, Enter sends.

import { html, live, nothing } from '../../kit/vendor/lit.js';
import { StoreElement } from '../../kit/store-element.js';
import { icon } from '../../kit/icons.js';
import { characters } from '../../kit/rich-text.js';
import { base, buttons, parts } from '../../kit/styles.js';
import { composerStyles } from './composer-styles.js';
import { filled, matching } from './quick-replies.js';
import { strings } from './strings.js';

const words = strings.composer;

const TYPING_EVERY_MS = 3_000;
const TYPING_ENDS_MS = 4_000;

/** A touch screen has no Tab key: all suggestions are buttons there. */
const hasNoTab = window.matchMedia('(hover: none)');

export class DeskComposer extends StoreElement {
  static properties = {
    ...StoreElement.properties,
    followed: { attribute: false },
    mode: { state: true },
    text: { state: true },
    chosen: { state: true },
  };
  static styles = [base, buttons, parts, composerStyles];

  constructor() {
    super();
    /** @type {import('../../kit/followed.js').Followed} */ this.followed;
    /** @type {'say' | 'note'} */ this.mode = 'say';
    this.text = '';
    /** Highlighted row of the quick replies. */
    this.chosen = 0;
    this.toldTypingAt = 0;
    /** @type {number | undefined} */ this.typingTimer = undefined;
    this.isMenuDismissed = false;
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (!changed.has('followed')) return;
    const before = /** @type {import('../../kit/followed.js').Followed | undefined} */ (changed.get('followed'));
    if (before) this.#typing(false, before.id);
    this.mode = 'say';
    this.text = this.followed.draftOf('say');
  }

  get #field() {
    return /** @type {HTMLTextAreaElement} */ (this.renderRoot.querySelector('textarea'));
  }

  focus() {
    this.#field?.focus();
  }

  /** @param {'say' | 'note'} mode */
  write(mode) {
    if (mode !== this.mode) this.#typing(false);
    this.mode = mode;
    this.text = this.followed.draftOf(mode);
    this.focus();
  }

  /** Put text where the cursor is, or replace what is there when it was only a "/" word. @param {string} text */
  insert(text) {
    const { selectionStart: from, selectionEnd: to } = this.#field;
    const isCommand = this.text.startsWith('/');
    this.#keep(isCommand ? text : this.text.slice(0, from) + text + this.text.slice(to));
    this.updateComplete.then(() => {
      const at = isCommand ? text.length : from + text.length;
      this.focus();
      this.#field.setSelectionRange(at, at);
    });
  }

  get #menu() {
    if (!this.text.startsWith('/') || this.text.includes('\n') || this.isMenuDismissed) return [];
    return matching(this.store.quickReplies, this.text.slice(1));
  }

  /** @param {string} text */
  #keep(text) {
    this.text = text;
    this.followed.keepDraft(this.mode, text);
    this.chosen = 0;
  }

  #written() {
    this.isMenuDismissed = false;
    this.#keep(this.#field.value);
    this.#typing(this.mode === 'say' && Boolean(this.text.trim()) && !this.text.startsWith('/'));
  }

  /**
   * The customer sees it only for a reply, never while a private note is written.
   * @param {boolean} isTyping
   * @param {string} [id]
   */
  #typing(isTyping, id = this.followed.id) {
    clearTimeout(this.typingTimer);
    if (isTyping) {
      this.typingTimer = window.setTimeout(() => this.#typing(false, id), TYPING_ENDS_MS);
      if (Date.now() - this.toldTypingAt < TYPING_EVERY_MS) return;
    } else if (!this.toldTypingAt) return;
    this.toldTypingAt = isTyping ? Date.now() : 0;
    this.store.send({ type: 'typing', conversation_id: id, is_typing: isTyping });
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    if (event.isComposing) return;
    const menu = this.#menu;
    if (menu.length && this.#pressedInMenu(event, menu)) return event.preventDefault();
    const reply = this.followed.replies[0];
    if (event.key === 'Tab' && !event.shiftKey && !this.text && reply && this.mode === 'say') {
      event.preventDefault();
      this.insert(reply);
    } else if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      this.#send();
    }
  }

  /**
   * True when the key was for the menu.
   * @param {KeyboardEvent} event
   * @param {import('../../kit/protocol.js').QuickReply[]} menu
   */
  #pressedInMenu({ key }, menu) {
    if (key === 'ArrowDown') this.chosen = (this.chosen + 1) % menu.length;
    else if (key === 'ArrowUp') this.chosen = (this.chosen + menu.length - 1) % menu.length;
    else if (key === 'Enter' || key === 'Tab') this.#take(menu[this.chosen] ?? menu[0]);
    else if (key === 'Escape') this.isMenuDismissed = true;
    else return false;
    this.requestUpdate();
    return true;
  }

  /** @param {import('../../kit/protocol.js').QuickReply} reply */
  #take(reply) {
    this.insert(this.#filled(reply));
  }

  /** @param {import('../../kit/protocol.js').QuickReply} reply */
  #filled({ text }) {
    return filled(text, this.followed.item?.customer ?? '', this.store.me.name);
  }

  #send() {
    const text = this.text.trim();
    if (!text || characters(text) > this.store.maxText) return;
    this.store.outbox.post({ type: this.mode, conversationId: this.followed.id, text });
    this.#typing(false);
    this.#keep('');
    // After a note the next line is most likely for the customer again.
    this.write('say');
  }

  updated() {
    const field = this.#field;
    field.style.height = 'auto';
    field.style.height = `${Math.max(44, Math.min(field.scrollHeight, 180))}px`;
  }

  render() {
    const isNote = this.mode === 'note';
    const over = characters(this.text.trim()) - this.store.maxText;
    const [suggested] = isNote || this.text || hasNoTab.matches ? [] : this.followed.replies;
    return html`<div class="composer ${isNote ? 'note' : ''}">
      ${this.#quickReplies()} ${this.#suggestions(isNote)}
      <div class="tabs" role="tablist" aria-label=${words.kind}>
        ${this.#tab('say', words.reply)} ${this.#tab('note', words.note)} <span class="grow"></span>${isNote
          ? html`<span class="hint">${icon('lock', 13)} ${words.notePrivate}</span>`
          : nothing}
      </div>
      <div class="write">
        ${this.#textarea(isNote, over, suggested)}
        ${suggested ? html`<p class="ghost" aria-hidden="true"><kbd>Tab</kbd> <span>${suggested}</span></p>` : nothing}
        <button
          class="button primary send"
          data-testid="send"
          ?disabled=${!this.text.trim() || over > 0}
          @click=${this.#send}
        >
          ${isNote ? html`${icon('note', 16)} ${words.save}` : html`${icon('send', 16)} ${words.send}`}
        </button>
      </div>
      ${over > 0 ? html`<p class="over" role="alert">${icon('alert', 14)} ${words.tooLong(over)}</p>` : nothing}
    </div>`;
  }

  /** @param {boolean} isNote @param {number} over characters too many @param {string} [suggested] stands in it */
  #textarea(isNote, over, suggested) {
    return html`<textarea
      rows="2"
      dir="auto"
      data-testid="composer"
      .value=${live(this.text)}
      aria-label=${isNote ? words.note : words.reply}
      aria-invalid=${over > 0}
      placeholder=${isNote ? words.noteHint : suggested ? '' : words.replyHint}
      @input=${this.#written}
      @keydown=${this.#pressed}
    ></textarea>`;
  }

  /** @param {'say' | 'note'} mode @param {string} name */
  #tab(mode, name) {
    return html`<button
      role="tab"
      aria-selected=${this.mode === mode}
      data-testid=${mode === 'say' ? 'tab-reply' : 'tab-note'}
      @click=${() => this.write(mode)}
    >
      ${name}
    </button>`;
  }

  /** The first is a ghost in the field, taken with Tab; the others are buttons above. @param {boolean} isNote */
  #suggestions(isNote) {
    const more = isNote || this.text ? [] : this.followed.replies.slice(hasNoTab.matches ? 0 : 1, 4);
    if (!more.length) return nothing;
    return html`<div class="suggestions">
      ${more.map(
        (reply) =>
          html`<button
            class="suggestion one-line"
            title=${reply}
            data-testid="suggestion"
            @click=${() => this.insert(reply)}
          >
            ${icon('agent', 13)} <span class="one-line">${reply}</span>
          </button>`,
      )}
    </div>`;
  }

  #quickReplies() {
    const menu = this.#menu;
    if (!menu.length) return nothing;
    return html`<ul class="menu" role="listbox" aria-label=${words.quickReplies} data-testid="quick-replies">
      ${menu.map(
        (reply, at) =>
          html`<li>
            <button
              role="option"
              aria-selected=${at === this.chosen}
              @mousedown=${(/** @type {Event} */ event) => event.preventDefault()}
              @click=${() => this.#take(reply)}
            >
              <kbd>/${reply.shortcut}</kbd> <b>${reply.title}</b> <span class="one-line">${this.#filled(reply)}</span>
            </button>
          </li>`,
      )}
    </ul>`;
  }
}

customElements.define('sb-desk-composer', DeskComposer);
