// @ts-check
// Styles every component starts from: reset, focus, buttons, fields, small parts. Sizes and colours are in tokens.css.

import { css } from './vendor/lit.js';

export const base = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  [hidden] {
    display: none !important;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd,
  figure {
    margin: 0;
    padding: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  button,
  input,
  select,
  textarea {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }
  a {
    color: var(--accent);
    text-underline-offset: 0.18em;
    text-decoration-thickness: 1px;
  }
  .icon,
  .mark {
    flex: none;
    display: block;
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
  .quiet-scroll {
    overflow: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--line-strong) transparent;
  }
  .sr-only {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .num {
    font-variant-numeric: tabular-nums;
  }
  .soft {
    color: var(--ink-soft);
  }
  .faint {
    color: var(--ink-faint);
  }
  .grow {
    flex: 1;
    min-width: 0;
  }
  .one-line {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .eyebrow {
    font-size: var(--text-xs);
    font-weight: 600;
    letter-spacing: 0.06em;
    text-transform: uppercase;
    color: var(--ink-faint);
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation-duration: 1ms !important;
      animation-iteration-count: 1 !important;
      transition-duration: 1ms !important;
      scroll-behavior: auto !important;
    }
  }
`;

export const buttons = css`
  button {
    cursor: pointer;
  }
  button:disabled,
  button[aria-disabled='true'] {
    cursor: not-allowed;
    opacity: 0.5;
  }
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-height: 32px;
    padding: 0 12px;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-m);
    background: var(--raised);
    color: var(--ink);
    font-size: var(--text-m);
    font-weight: 550;
    text-decoration: none;
    white-space: nowrap;
    transition:
      background var(--quick),
      border-color var(--quick);
  }
  .button:hover:not(:disabled) {
    background: var(--hover);
  }
  .button:active:not(:disabled) {
    transform: translateY(0.5px);
  }
  .button.primary {
    border-color: transparent;
    background: var(--accent);
    color: var(--on-accent);
  }
  .button.primary:hover:not(:disabled) {
    background: var(--accent-strong);
  }
  .button.danger {
    border-color: transparent;
    background: var(--bad-fill);
    color: var(--on-bad);
  }
  .button.danger:hover:not(:disabled) {
    filter: brightness(0.92);
  }
  .button.plain {
    border-color: transparent;
    background: transparent;
    color: var(--ink-soft);
  }
  .button.plain:hover:not(:disabled) {
    background: var(--hover);
    color: var(--ink);
  }
  .button.small {
    min-height: 26px;
    padding: 0 8px;
    font-size: var(--text-s);
    border-radius: var(--radius-s);
  }
  .icon-button {
    display: inline-grid;
    place-items: center;
    width: 32px;
    height: 32px;
    flex: none;
    padding: 0;
    border: 0;
    border-radius: var(--radius-m);
    background: transparent;
    color: var(--ink-soft);
    transition: background var(--quick);
  }
  .icon-button:hover:not(:disabled) {
    background: var(--hover);
    color: var(--ink);
  }
  .icon-button[aria-pressed='true'] {
    background: var(--accent-soft);
    color: var(--accent-strong);
  }
`;

export const fields = css`
  .field {
    display: grid;
    gap: 4px;
  }
  .field > label,
  .field > .label {
    font-size: var(--text-s);
    font-weight: 550;
    color: var(--ink-soft);
  }
  .input {
    width: 100%;
    min-height: 34px;
    padding: 6px 10px;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-m);
    background: var(--surface);
    color: var(--ink);
  }
  textarea.input {
    line-height: 1.45;
    resize: vertical;
  }
  .input::placeholder {
    color: var(--ink-faint);
    opacity: 1;
  }
  .input:focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: -1px;
    border-color: transparent;
  }
  .input[aria-invalid='true'] {
    border-color: var(--bad);
  }
  .problem {
    display: flex;
    align-items: flex-start;
    gap: 6px;
    color: var(--bad);
    font-size: var(--text-m);
  }
  .hint {
    font-size: var(--text-s);
    color: var(--ink-faint);
  }
`;

export const parts = css`
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    max-width: 100%;
    padding: 1px 7px;
    border-radius: var(--radius-round);
    background: var(--sunken);
    color: var(--ink-soft);
    font-size: var(--text-s);
    font-weight: 500;
    line-height: 18px;
    white-space: nowrap;
  }
  .chip.agent {
    background: var(--agent-soft);
    color: var(--agent);
  }
  .chip.accent {
    background: var(--accent-soft);
    color: var(--accent-strong);
  }
  .chip.good {
    background: var(--good-soft);
    color: var(--good);
  }
  .chip.warn {
    background: var(--warn-soft);
    color: var(--warn);
  }
  .chip.bad {
    background: var(--bad-soft);
    color: var(--bad);
  }
  .count {
    display: inline-grid;
    place-items: center;
    min-width: 18px;
    height: 18px;
    padding: 0 5px;
    border-radius: var(--radius-round);
    background: var(--accent);
    color: var(--on-accent);
    font-size: var(--text-xs);
    font-weight: 650;
    font-variant-numeric: tabular-nums;
  }
  .count.calm {
    background: var(--sunken);
    color: var(--ink-soft);
  }
  .dot {
    width: 9px;
    height: 9px;
    flex: none;
    border-radius: 50%;
    background: var(--idle);
  }
  .dot.available {
    background: var(--good);
  }
  .dot.busy {
    background: var(--bad);
  }
  .dot.away,
  .dot.inactive {
    background: var(--warn);
  }
  .dot.offline {
    background: transparent;
    box-shadow: inset 0 0 0 2px var(--idle);
  }
  kbd {
    display: inline-block;
    min-width: 18px;
    padding: 0 5px;
    border: 1px solid var(--line);
    border-bottom-width: 2px;
    border-radius: 4px;
    background: var(--surface);
    color: var(--ink-soft);
    font: 500 var(--text-xs) / 16px var(--sans);
    text-align: center;
  }
`;
