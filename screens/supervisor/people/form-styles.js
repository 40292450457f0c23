// @ts-check
// How the forms of a person look.

import { css } from '../../kit/vendor/lit.js';

export const formStyles = css`
  form {
    display: grid;
    gap: 13px;
  }
  .pair {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 12px;
  }
  .checks {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 14px;
  }
  .checks label {
    display: inline-flex;
    align-items: center;
    gap: 6px;
  }
  input[type='checkbox'] {
    margin: 0;
    accent-color: var(--accent);
  }
  .apart {
    display: grid;
    gap: 9px;
    margin-top: 18px;
    padding-top: 16px;
    border-top: 1px solid var(--line);
  }
  .actions {
    display: flex;
    justify-content: flex-end;
    gap: 8px;
  }
`;
