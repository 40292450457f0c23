// @ts-check
// Parts of a proposal and of an intent: a heading, a list of rows, a way to add one.

import { css } from '../../kit/vendor/lit.js';

export const sectionStyles = css`
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }
  h3 {
    margin-inline-end: auto;
    font-size: 14px;
    font-weight: 650;
  }
  h3 .count {
    margin-inline-start: 4px;
    vertical-align: 1px;
  }
  header .input {
    width: auto;
    min-height: 28px;
    padding: 2px 8px;
    font-size: var(--text-s);
  }
  .quiet-input {
    width: 100%;
    min-height: 30px;
    padding: 4px 8px;
    border: 1px solid transparent;
    border-radius: var(--radius-m);
    background: transparent;
  }
  .quiet-input:hover:not(:read-only):not(:disabled) {
    border-color: var(--line-strong);
  }
  .quiet-input:focus-visible {
    border-color: transparent;
    outline-offset: -1px;
    background: var(--surface);
  }
  .more {
    justify-self: start;
  }
  @media (max-width: 560px) {
    header h3 {
      flex-basis: 100%;
    }
    header .input {
      flex: 1;
    }
  }
  .icon-button.slight {
    width: 28px;
    height: 28px;
    color: var(--ink-faint);
  }
`;
