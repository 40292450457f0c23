// @ts-check
// How the operator's composer looks; a private note turns the whole field amber, so that nobody mistakes it.

import { css } from '../../kit/vendor/lit.js';

export const composerStyles = css`
  :host {
    display: block;
    padding: 0 16px 14px;
  }
  .composer {
    position: relative;
    max-width: 860px;
    margin: 0 auto;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-l);
    background: var(--surface);
  }
  .composer:focus-within {
    border-color: var(--accent);
    box-shadow: 0 0 0 1px var(--accent);
  }
  .composer.note {
    border-color: var(--note);
    background: var(--note-soft);
  }
  .composer.note:focus-within {
    box-shadow: 0 0 0 1px var(--note);
  }
  .tabs {
    display: flex;
    align-items: center;
    gap: 2px;
    padding: 4px 6px 0;
  }
  .tabs button {
    padding: 4px 9px;
    border: 0;
    border-radius: var(--radius-s);
    background: none;
    font-size: var(--text-s);
    font-weight: 550;
    color: var(--ink-faint);
  }
  .tabs button:hover {
    color: var(--ink);
  }
  .tabs [aria-selected='true'] {
    color: var(--accent);
    box-shadow: inset 0 -2px var(--accent);
    border-radius: 0;
  }
  .note .tabs button,
  .note .hint {
    color: var(--note);
  }
  .note .tabs [aria-selected='true'] {
    box-shadow: inset 0 -2px var(--note);
  }
  .hint {
    display: flex;
    align-items: center;
    gap: 4px;
    padding-inline-end: 6px;
    font-size: var(--text-s);
  }
  .write {
    position: relative;
    display: flex;
    align-items: flex-end;
    gap: 8px;
    padding: 4px 8px 8px 12px;
  }
  textarea,
  textarea:focus-visible {
    flex: 1;
    min-width: 0;
    padding: 4px 0;
    border: 0;
    outline: 0;
    background: none;
    font-size: 14px;
    line-height: 1.45;
    resize: none;
    scrollbar-width: thin;
  }
  textarea::placeholder {
    color: var(--ink-faint);
    opacity: 1;
  }
  .note textarea::placeholder {
    color: var(--note);
  }
  .note .button.primary {
    background: var(--note);
    color: var(--note-soft);
  }
  .ghost {
    position: absolute;
    inset: 8px 108px auto 12px;
    display: flex;
    gap: 7px;
    align-items: flex-start;
    max-height: 40px;
    overflow: hidden;
    font-size: 14px;
    line-height: 20px;
    color: var(--ink-faint);
    pointer-events: none;
  }
  .ghost span {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
  }
  .over {
    display: flex;
    gap: 5px;
    padding: 0 12px 8px;
    font-size: var(--text-s);
    color: var(--bad);
  }
  .suggestions {
    display: flex;
    gap: 6px;
    padding: 7px 8px 2px;
    overflow-x: auto;
    scrollbar-width: none;
  }
  .suggestion {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    min-width: 0;
    padding: 3px 10px;
    border: 1px solid var(--agent-line);
    border-radius: var(--radius-round);
    background: var(--agent-soft);
    color: var(--agent);
    font-size: var(--text-s);
  }
  .suggestion:hover {
    border-color: var(--agent);
  }
  .menu {
    position: absolute;
    inset: auto -1px calc(100% + 6px);
    z-index: 2;
    max-height: 300px;
    overflow: auto;
    padding: 5px;
    border: 1px solid var(--line);
    border-radius: var(--radius-l);
    background: var(--raised);
    box-shadow: var(--shadow-3);
  }
  .menu button {
    display: flex;
    align-items: baseline;
    gap: 9px;
    width: 100%;
    padding: 6px 8px;
    border: 0;
    border-radius: var(--radius-m);
    background: none;
    text-align: start;
  }
  .menu b {
    flex: none;
    font-weight: 550;
  }
  .menu span {
    color: var(--ink-faint);
    font-size: var(--text-s);
  }
  .menu [aria-selected='true'],
  .menu button:hover {
    background: var(--accent-soft);
  }
`;
