// @ts-check
// The inside of the inbox's dialogs.

import { css } from '../../kit/vendor/lit.js';

export const questionStyles = css`
  form {
    display: grid;
    gap: 14px;
  }
  .foot {
    display: flex;
    justify-content: flex-end;
    gap: 8px;
  }
  .foot .button {
    min-height: 36px;
    padding: 0 14px;
  }
  .choices {
    display: grid;
    gap: 6px;
  }
  .choices label {
    display: flex;
    align-items: flex-start;
    gap: 10px;
    padding: 9px 12px;
    border: 1px solid var(--line);
    border-radius: var(--radius-m);
    cursor: pointer;
  }
  .choices label:hover {
    background: var(--hover);
  }
  .choices label:has(:checked) {
    border-color: var(--accent);
    background: var(--accent-soft);
  }
  .choices b {
    font-weight: 600;
  }
  input[type='radio'],
  input[type='checkbox'] {
    margin: 2px 0 0;
    accent-color: var(--accent);
  }
  .flag {
    display: flex;
    gap: 7px;
    color: var(--warn);
  }
`;
