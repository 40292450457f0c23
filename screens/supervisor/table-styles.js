// @ts-check
// Tables of the supervisor page: dense, with the header in sight and whole rows to press.

import { css } from '../kit/vendor/lit.js';

export const tableStyles = css`
  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    margin-bottom: 10px;
  }
  .tools h2 {
    margin-inline-end: auto;
    font-size: 15px;
    font-weight: 650;
  }
  .search {
    position: relative;
    width: 240px;
  }
  .search .icon {
    position: absolute;
    inset: 9px auto auto 9px;
    color: var(--ink-faint);
  }
  .search .input {
    padding-inline-start: 31px;
  }
  .sheet {
    border: 1px solid var(--line);
    border-radius: var(--radius-l);
    background: var(--surface);
    overflow: auto;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: var(--text-m);
  }
  th {
    position: sticky;
    top: 0;
    z-index: 1;
    padding: 0;
    border-bottom: 1px solid var(--line);
    background: var(--surface);
    text-align: start;
    font-size: var(--text-s);
    font-weight: 550;
    color: var(--ink-faint);
    white-space: nowrap;
  }
  th > span,
  th > button {
    display: inline-flex;
    align-items: center;
    gap: 3px;
    padding: 8px 12px;
  }
  th > button {
    border: 0;
    background: none;
    font-weight: inherit;
  }
  th > button:hover,
  th[aria-sort] > button {
    color: var(--ink);
  }
  th[aria-sort='descending'] .icon {
    rotate: 0deg;
  }
  th[aria-sort='ascending'] .icon {
    rotate: 180deg;
  }
  td {
    padding: 8px 12px;
    border-bottom: 1px solid var(--line);
    vertical-align: middle;
  }
  tbody tr:last-child td {
    border-bottom: 0;
  }
  tbody tr.row {
    cursor: pointer;
  }
  tbody tr.row:hover {
    background: var(--hover);
  }
  tbody tr[aria-selected='true'] {
    background: var(--accent-soft);
  }
  tbody tr:focus-visible {
    outline-offset: -2px;
  }
  td.wide {
    width: 40%;
    max-width: 0;
  }
  .end {
    text-align: end;
  }
  .name {
    display: flex;
    align-items: center;
    gap: 6px;
    font-weight: 600;
    white-space: nowrap;
  }
  .verified {
    color: var(--good);
  }
  .late {
    color: var(--bad);
    font-weight: 600;
  }
  .empty {
    padding: 36px 20px;
    text-align: center;
    color: var(--ink-faint);
  }
  .stage {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    white-space: nowrap;
  }
  .stage i {
    width: 8px;
    height: 8px;
    border-radius: 2px;
    background: var(--idle);
  }
  .stage.agent i {
    background: var(--agent);
  }
  .stage.operator i {
    background: var(--accent);
  }
  .stage.queued i,
  .stage.offered i {
    background: var(--warn);
  }
  .stage.operator_lost i {
    background: var(--bad);
  }
  @media (max-width: 720px) {
    .tools h2:has(~ .search) {
      flex-basis: 100%;
    }
    .search {
      flex: 1 1 calc(100% - 96px);
      width: auto;
    }
    .optional {
      display: none;
    }
    th > span,
    th > button,
    td {
      padding-inline: 8px;
    }
    td.wide {
      width: 100%;
    }
    .stage.brief {
      font-size: 0;
      gap: 0;
    }
  }
`;
