// @ts-check
// How the hand-over card looks.

import { css } from './vendor/lit.js';

export const cardStyles = css`
  :host {
    display: block;
  }
  article {
    display: grid;
    gap: 12px;
  }
  .headline {
    font-size: 16px;
    font-weight: 650;
    line-height: 1.35;
    letter-spacing: -0.005em;
    overflow-wrap: anywhere;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 5px;
    margin-top: -4px;
  }
  button.chip {
    border: 0;
  }
  button.chip:hover {
    text-decoration: underline;
  }
  .summary {
    display: grid;
    gap: 7px;
  }
  .summary > div {
    display: grid;
    grid-template-columns: 56px 1fr;
    gap: 8px;
  }
  dt {
    color: var(--ink-faint);
  }
  dd {
    overflow-wrap: anywhere;
  }
  .summary .said,
  .summary .model {
    grid-template-columns: 1fr;
    gap: 1px;
    padding: 6px 9px;
    border-radius: var(--radius-m);
    background: var(--sunken);
  }
  .summary .said dt,
  .summary .model dt {
    display: flex;
    align-items: center;
    gap: 4px;
    font-size: var(--text-s);
  }
  .summary .model {
    background: var(--agent-soft);
  }
  .summary .model dt {
    color: var(--agent);
  }
  h3 {
    display: flex;
    align-items: center;
    gap: 4px;
    margin-bottom: 3px;
    font-size: var(--text-s);
    font-weight: 600;
    color: var(--ink-faint);
  }
  .row {
    display: flex;
    align-items: flex-start;
    gap: 7px;
    width: calc(100% + 12px);
    margin: 0 -6px;
    padding: 3px 6px;
    border: 0;
    border-radius: var(--radius-s);
    background: none;
    text-align: start;
    overflow-wrap: anywhere;
  }
  .row .icon {
    margin-top: 2px;
  }
  button.row:hover {
    background: var(--hover);
  }
  .attributes .label {
    color: var(--ink-soft);
  }
  .attributes .value {
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  .prompt {
    display: block;
    color: var(--ink-faint);
    font-size: var(--text-s);
  }
  .mark {
    color: var(--ink-faint);
  }
  .good {
    color: var(--good);
  }
  .bad {
    color: var(--bad);
  }
  .warn {
    color: var(--warn);
  }
  .accent {
    color: var(--accent);
  }
  .step {
    padding: 8px 11px;
    border-radius: var(--radius-m);
    background: var(--agent-soft);
  }
  .step h3 {
    color: var(--agent);
  }
  .meta {
    display: flex;
    gap: 7px;
    font-size: var(--text-s);
    color: var(--ink-faint);
    overflow-wrap: anywhere;
  }
`;
