// @ts-check
// <sb-undo-bar>: what was just done, and the button that takes it back.

import { css, html, nothing } from '../../kit/vendor/lit.js';
import { icon } from '../../kit/icons.js';
import { base, buttons } from '../../kit/styles.js';
import { strings as shared } from '../strings.js';
import { InboxElement } from './inbox-element.js';
import { strings } from './strings.js';

export class UndoBar extends InboxElement {
  static styles = [
    base,
    buttons,
    css`
      .undo {
        position: fixed;
        inset: auto auto 18px 18px;
        z-index: 30;
        display: flex;
        align-items: center;
        gap: 10px;
        max-width: min(520px, calc(100vw - 24px));
        padding: 8px 8px 8px 16px;
        border-radius: var(--radius-m);
        background: var(--ink);
        color: var(--surface);
        box-shadow: var(--shadow-3);
        animation: rise var(--calm) var(--ease);
      }
      span {
        flex: 1;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .button {
        border-color: color-mix(in srgb, var(--surface) 45%, transparent);
        background: transparent;
        color: inherit;
      }
      .button:hover:not(:disabled) {
        background: color-mix(in srgb, var(--surface) 16%, transparent);
      }
      .icon-button,
      .icon-button:hover:not(:disabled) {
        background: transparent;
        color: inherit;
      }
      @keyframes rise {
        from {
          opacity: 0;
          transform: translateY(8px);
        }
      }
      @media (max-width: 760px) {
        .undo {
          inset: auto 12px calc(74px + env(safe-area-inset-bottom, 0px));
          max-width: none;
        }
      }
    `,
  ];

  #takeBack = async () => {
    await this.inbox.takeBack();
    this.tell('unfocused');
  };

  /** Fires `unfocused` when the button that had the focus is gone. */
  render() {
    const { undoable, isBusy } = this.inbox;
    if (!undoable) return nothing;
    return html`<div class="undo" role="status" data-testid="undo-bar">
      <span>${undoable.words}</span>
      <button class="button small" ?disabled=${isBusy} data-testid="undo" @click=${this.#takeBack}>
        ${isBusy ? strings.takingBack : shared.undo}
      </button>
      <button
        class="icon-button"
        aria-label=${strings.dismiss}
        @click=${() => (this.inbox.forgetUndo(), this.tell('unfocused'))}
      >
        ${icon('close', 15)}
      </button>
    </div>`;
  }
}

customElements.define('sb-undo-bar', UndoBar);
