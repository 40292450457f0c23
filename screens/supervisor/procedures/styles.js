// @ts-check
// How the procedures are laid out: a list, and the file that is open beside it.

import { css } from '../../kit/vendor/lit.js';

export const procedureStyles = css`
  :host {
    display: flex;
    flex: 1;
    min-width: 0;
  }
  .panes {
    display: grid;
    grid-template-columns: 290px minmax(0, 1fr);
    flex: 1;
    min-width: 0;
    min-height: 0;
  }
  .list {
    padding: 14px 10px 30px;
    border-inline-end: 1px solid var(--line);
    background: var(--surface);
  }
  .list h2 {
    display: flex;
    align-items: center;
    gap: 6px;
    margin: 14px 6px 4px;
    font-size: var(--text-s);
    font-weight: 650;
    color: var(--ink-faint);
  }
  .entry {
    display: flex;
    align-items: baseline;
    gap: 8px;
    width: 100%;
    min-height: 34px;
    padding: 6px 8px;
    border: 0;
    border-radius: var(--radius-m);
    background: none;
    text-align: start;
    cursor: pointer;
  }
  .entry:hover {
    background: var(--hover);
  }
  .entry[aria-current='true'] {
    background: var(--accent-soft);
    color: var(--accent);
  }
  .entry .faint {
    margin-inline-start: auto;
    white-space: nowrap;
    font-size: var(--text-s);
  }
  .work {
    display: flex;
    flex-direction: column;
    gap: 10px;
    min-width: 0;
    min-height: 0;
    padding: 14px 18px 18px;
  }
  .head,
  .foot,
  .trial {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }
  .head h2 {
    margin-inline-end: auto;
    font-size: 15px;
    font-weight: 650;
  }
  .trial {
    padding: 10px 14px;
    border: 1px solid var(--line);
    border-radius: var(--radius-l);
    background: var(--accent-soft);
  }
  .trial p {
    flex: 1 1 320px;
  }
  sb-text-editor {
    flex: 1;
    min-height: 240px;
  }
  .foot .reason {
    flex: 1 1 200px;
  }
  .foot select {
    width: auto;
  }
  .tabs {
    display: flex;
    gap: 4px;
    padding: 0 2px 6px;
  }
  .tabs button {
    flex: 1;
    padding: 6px 8px;
    border: 0;
    border-radius: var(--radius-m);
    background: none;
    font-weight: 550;
    color: var(--ink-soft);
    cursor: pointer;
  }
  .tabs button[aria-selected='true'] {
    background: var(--hover);
    color: var(--ink);
  }
  .ok {
    color: var(--good);
  }
  @media (max-width: 860px) {
    .panes {
      grid-template-columns: minmax(0, 1fr);
      grid-template-rows: auto minmax(0, 1fr);
      overflow: auto;
    }
    .list {
      max-height: 34dvh;
      border-inline-end: 0;
      border-bottom: 1px solid var(--line);
    }
    .work {
      padding: 12px;
    }
    sb-text-editor {
      min-height: 46dvh;
    }
  }
`;
