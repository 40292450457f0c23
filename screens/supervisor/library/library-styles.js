// @ts-check
// The library's panes: the table, and beside it the open intent.

import { css } from '../../kit/vendor/lit.js';

export const libraryStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    flex: 1;
    min-height: 0;
    min-width: 0;
  }
  .panes {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    flex: 1;
    min-height: 0;
  }
  .panes.open {
    grid-template-columns: minmax(0, 1fr) minmax(420px, 46%);
  }
  .main {
    padding: 16px 20px 60px;
    min-width: 0;
  }
  .tabs {
    display: flex;
    gap: 2px;
    margin-inline-end: auto;
  }
  .tabs button {
    padding: 5px 10px;
    border: 0;
    border-radius: var(--radius-m);
    background: none;
    font-size: 15px;
    font-weight: 600;
    color: var(--ink-faint);
  }
  .tabs [aria-selected='true'] {
    background: var(--surface);
    color: var(--ink);
    box-shadow: var(--shadow-1);
  }
  .filters {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-bottom: 10px;
  }
  .filters .input {
    width: auto;
    max-width: 220px;
  }
  .filters .search .input {
    width: 100%;
    max-width: none;
  }
  .canary {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 12px;
    margin-bottom: 10px;
    padding: 9px 14px;
    border: 1px solid var(--note-line);
    border-radius: var(--radius-l);
    background: var(--note-soft);
  }
  .canary p {
    flex: 1 1 340px;
  }
  td .share-bar {
    width: 64px;
  }
  td .cell {
    display: flex;
    align-items: center;
    gap: 8px;
    white-space: nowrap;
  }
  td.wide {
    width: auto;
    max-width: none;
    min-width: 170px;
  }
  td .sub {
    font-size: var(--text-s);
    color: var(--ink-faint);
  }
  .chips {
    display: flex;
    gap: 4px;
  }
  .chip.note {
    background: var(--note-soft);
    color: var(--note);
  }
  tr.quiet td {
    color: var(--ink-faint);
  }
  .side {
    display: flex;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
    border-inline-start: 1px solid var(--line);
    background: var(--surface);
  }
  .menu {
    position: relative;
  }
  .menu ul {
    position: absolute;
    inset: calc(100% + 4px) 0 auto auto;
    z-index: 5;
    width: 210px;
    padding: 4px;
    border: 1px solid var(--line);
    border-radius: var(--radius-m);
    background: var(--raised);
    box-shadow: var(--shadow-2);
  }
  .menu a {
    display: block;
    padding: 7px 10px;
    border-radius: var(--radius-s);
    color: var(--ink);
    text-decoration: none;
  }
  .menu a:hover {
    background: var(--hover);
  }
  summary.button {
    list-style: none;
    cursor: pointer;
  }
  summary.button::-webkit-details-marker {
    display: none;
  }
  .open .narrow-gone {
    display: none;
  }
  @media (max-width: 1100px) {
    .panes.open {
      grid-template-columns: minmax(0, 1fr);
    }
    .panes.open > .main {
      display: none;
    }
    .side {
      border-inline-start: 0;
    }
  }
  @media (max-width: 760px) {
    .main {
      padding: 12px 12px 60px;
    }
    .narrow-gone {
      display: none;
    }
    .tabs {
      flex: 1 0 100%;
    }
    .filters .search {
      flex: 1 0 100%;
    }
    .filters select.input {
      flex: 1;
      min-width: 0;
    }
    td.wide {
      min-width: 0;
    }
  }
`;
