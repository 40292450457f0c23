// @ts-check
// The map: a canvas as large as the pane, words over it.

import { css } from '../../kit/vendor/lit.js';

export const mapStyles = css`
  :host {
    position: relative;
    display: flex;
    flex-direction: column;
    flex: 1;
    min-height: 0;
  }
  header {
    display: flex;
    align-items: center;
    gap: 4px 8px;
    padding: 9px 14px 9px 20px;
    border-bottom: 1px solid var(--line);
    background: var(--surface);
  }
  header .icon-button {
    margin-inline: -3px;
  }
  h3 {
    font-size: 14px;
    font-weight: 650;
    white-space: nowrap;
  }
  canvas {
    flex: 1;
    width: 100%;
    min-height: 0;
    background: var(--ground);
    color: var(--ink);
    font-family: var(--sans);
    cursor: crosshair;
    touch-action: none;
    outline-offset: -3px;
  }
  canvas:active {
    cursor: grabbing;
  }
  .pad {
    padding: 28px 24px;
  }
  .tip {
    position: absolute;
    z-index: 2;
    display: grid;
    gap: 2px;
    max-width: 300px;
    padding: 8px 11px;
    border: 1px solid var(--line);
    border-radius: var(--radius-m);
    background: var(--raised);
    box-shadow: var(--shadow-2);
    translate: 14px -50%;
    pointer-events: none;
    overflow-wrap: anywhere;
  }
  .tip.left {
    translate: calc(-100% - 14px) -50%;
  }
  .tip .soft {
    font-size: var(--text-s);
  }
  .chosen {
    position: absolute;
    inset: auto auto 16px 50%;
    display: flex;
    align-items: center;
    gap: 12px;
    max-width: calc(100% - 24px);
    padding: 8px 8px 8px 16px;
    border: 1px solid var(--line);
    border-radius: var(--radius-l);
    background: var(--raised);
    box-shadow: var(--shadow-2);
    white-space: nowrap;
    translate: -50% 0;
  }
  .sheet {
    flex: 1;
    min-height: 0;
    padding: 8px 20px 40px;
  }
  table {
    width: 100%;
    border-collapse: collapse;
  }
  th {
    padding: 8px 12px 8px 0;
    text-align: start;
    font-size: var(--text-s);
    font-weight: 550;
    color: var(--ink-faint);
  }
  td {
    padding: 8px 12px 8px 0;
    border-top: 1px solid var(--line);
  }
  .end {
    text-align: end;
  }
  .name {
    padding: 0;
    border: 0;
    background: none;
    font-weight: 600;
    text-align: start;
  }
  .name:hover {
    color: var(--accent);
    text-decoration: underline;
  }
  @media (max-width: 760px) {
    .wide-only {
      display: none;
    }
  }
  @media (max-width: 1100px) {
    .hint {
      display: none;
    }
  }
`;
