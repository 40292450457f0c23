// @ts-check
// How a replay looks: its figures, and its two tables, which stand as blocks on a narrow screen.

import { css } from '../../kit/vendor/lit.js';

export const replayStyles = css`
  .tiles {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(150px, 1fr));
    gap: 8px;
  }
  .tile {
    display: grid;
    align-content: start;
    gap: 1px;
    padding: 9px 12px 10px;
    border-radius: var(--radius-m);
    background: var(--ground);
  }
  .tile b {
    font-size: 19px;
    font-weight: 650;
    letter-spacing: -0.01em;
  }
  .tile .good {
    color: var(--good);
  }
  .tile .bad {
    color: var(--bad);
  }
  .tile span {
    font-size: var(--text-s);
    color: var(--ink-soft);
  }
  .sheet {
    overflow-x: auto;
  }
  table {
    width: 100%;
    border-collapse: collapse;
  }
  th {
    padding: 4px 10px 4px 0;
    border-bottom: 1px solid var(--line);
    text-align: start;
    font-size: var(--text-s);
    font-weight: 550;
    color: var(--ink-faint);
    white-space: nowrap;
  }
  td {
    padding: 6px 10px 6px 0;
    border-bottom: 1px solid var(--line);
    vertical-align: top;
  }
  tr:last-child td {
    border-bottom: 0;
  }
  td.num {
    text-align: end;
    font-weight: 600;
  }
  th.num {
    text-align: end;
  }
  .said {
    color: var(--ink-soft);
    overflow-wrap: anywhere;
  }
  .turn {
    padding: 0;
    border: 0;
    background: none;
    text-align: start;
    overflow-wrap: anywhere;
  }
  .turn:hover {
    color: var(--accent);
    text-decoration: underline;
  }
  .waiting {
    display: grid;
    gap: 7px;
  }
  progress {
    width: 100%;
    height: 5px;
    accent-color: var(--accent);
  }
  @media (max-width: 760px) {
    thead {
      position: absolute;
      clip-path: inset(50%);
    }
    thead th {
      position: absolute;
    }
    tbody,
    tr,
    table {
      display: block;
    }
    tr {
      display: grid;
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) auto;
      gap: 3px 10px;
      padding: 8px 0;
      border-bottom: 1px solid var(--line);
    }
    tr:last-child {
      border-bottom: 0;
    }
    td {
      padding: 0;
      border: 0;
    }
    .to::before {
      content: '→ ';
      color: var(--ink-faint);
    }
    .across {
      grid-column: 1 / -1;
    }
    [data-testid='worst']::before {
      content: 'Worst mistakes';
      font-size: var(--text-s);
      font-weight: 550;
      color: var(--ink-faint);
    }
  }
  .clean {
    display: flex;
    align-items: center;
    gap: 6px;
  }
  .none {
    color: var(--ink-faint);
    font-style: italic;
  }
`;
