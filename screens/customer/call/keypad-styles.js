// @ts-check
// How the keypad looks: keys a thumb can hit.

import { css } from '../../kit/vendor/lit.js';

export const keypadStyles = css`
  .keypad {
    margin-top: 10px;
  }
  .readout {
    display: flex;
    align-items: center;
    min-height: 34px;
    padding-inline-start: 12px;
    border-radius: var(--radius-m);
    background: var(--sunken);
    font-size: 17px;
    letter-spacing: 0.1em;
  }
  .keys {
    display: grid;
    grid-template-columns: repeat(3, 1fr);
    gap: 6px;
    margin-top: 6px;
  }
  .key {
    display: grid;
    align-content: center;
    justify-items: center;
    min-height: 46px;
    padding: 0;
    border: 1px solid var(--line);
    border-radius: var(--radius-m);
    background: var(--raised);
  }
  .key:hover {
    background: var(--hover);
  }
  .key:active {
    background: var(--accent-soft);
  }
  .key b {
    font-size: 18px;
    font-weight: 550;
    line-height: 1.1;
  }
  .key span {
    min-height: 11px;
    font-size: 9px;
    letter-spacing: 0.14em;
    line-height: 11px;
    color: var(--ink-faint);
  }
`;
