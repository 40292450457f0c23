// @ts-check
// How the waterfall looks: one bar a turn on one scale, the last sound of speech at the left edge.

import { css } from './vendor/lit.js';

export const waterfallStyles = css`
  :host {
    display: block;
    --decided: light-dark(#94a3a8, #5d6c74);
    --transcript: light-dark(#4d8fa0, #4a8c9c);
    --decision: var(--agent);
    --first-audio: light-dark(#c58a2a, #d9a94c);
    --played: light-dark(#6f9a55, #86b46b);
  }
  .head {
    display: flex;
    align-items: flex-end;
    justify-content: space-between;
    gap: 12px;
  }
  .head dl {
    display: flex;
    gap: 26px;
  }
  dt {
    font-size: var(--text-s);
    color: var(--ink-faint);
  }
  dd {
    font-size: var(--text-2xl);
    font-weight: 650;
    line-height: 1.15;
    letter-spacing: -0.02em;
  }
  dd small {
    font-size: var(--text-m);
    font-weight: 500;
    letter-spacing: 0;
    color: var(--ink-faint);
  }
  .what,
  .empty {
    margin-top: 4px;
    font-size: var(--text-s);
    color: var(--ink-faint);
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 14px;
    margin: 14px 0 10px;
    font-size: var(--text-s);
    color: var(--ink-soft);
  }
  .legend li {
    display: flex;
    align-items: center;
    gap: 5px;
  }
  .legend i {
    width: 10px;
    height: 10px;
    border-radius: 3px;
  }
  i.decided {
    background: var(--decided);
  }
  i.transcript {
    background: var(--transcript);
  }
  i.decision {
    background: var(--decision);
  }
  i.first_audio {
    background: var(--first-audio);
  }
  i.played {
    background: var(--played);
  }
  .chart {
    position: relative;
    isolation: isolate;
    margin-bottom: 18px;
    padding-top: 20px;
  }
  .axis {
    position: absolute;
    inset: 0 14px auto 0;
    height: 16px;
    font-size: var(--text-xs);
    color: var(--ink-faint);
  }
  .axis span {
    position: absolute;
    translate: -50% 0;
  }
  .axis span:first-child {
    translate: 0 0;
  }
  .axis span:last-child {
    translate: -100% 0;
  }
  ol {
    padding: 2px 0;
    border-inline-start: 1px solid var(--line-strong);
  }
  li button {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 1px 10px;
    width: 100%;
    padding: 5px 14px 6px 0;
    border: 0;
    background: none;
    text-align: start;
  }
  li button:hover {
    background: var(--hover);
  }
  li button:focus-visible {
    outline-offset: -2px;
  }
  .text {
    padding-inline-start: 7px;
    font-size: var(--text-s);
    color: var(--ink-soft);
  }
  .ms {
    padding-inline-start: 4px;
    background: var(--surface);
    font-size: var(--text-s);
    font-weight: 600;
  }
  .bar {
    position: relative;
    grid-column: 1 / -1;
    height: 13px;
  }
  .bar i {
    position: absolute;
    inset-block: 0;
    min-width: 1.5px;
    box-shadow: 1px 0 var(--surface);
  }
  .bar i:last-child {
    border-start-end-radius: 4px;
    border-end-end-radius: 4px;
  }
  .marks {
    position: absolute;
    inset: 18px 14px 0 0;
    z-index: -1;
    pointer-events: none;
  }
  .marks i {
    position: absolute;
    inset-block: 0;
    border-inline-start: 1px dashed var(--ink-faint);
  }
  .marks b {
    position: absolute;
    bottom: -15px;
    font-size: var(--text-xs);
    font-weight: 600;
    font-style: normal;
    color: var(--ink-faint);
    translate: -50% 0;
  }
  .sheet {
    margin-top: 12px;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: var(--text-s);
  }
  th,
  td {
    padding: 5px 8px;
    border-bottom: 1px solid var(--line);
    text-align: start;
    font-weight: 450;
  }
  th:first-child {
    padding-inline-start: 0;
    max-width: 190px;
  }
  thead th {
    color: var(--ink-faint);
    font-weight: 550;
  }
  .num {
    text-align: end;
  }
  dd.num,
  .axis.num {
    text-align: start;
  }
  tfoot th,
  tfoot td {
    font-weight: 650;
  }
  .link {
    display: block;
    max-width: 100%;
    padding: 0;
    border: 0;
    background: none;
    color: inherit;
    text-align: start;
  }
  .link:hover {
    color: var(--accent);
    text-decoration: underline;
  }
`;
