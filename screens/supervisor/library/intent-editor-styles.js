// @ts-check
// One intent beside the table.

import { css } from '../../kit/vendor/lit.js';

export const editorStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    flex: 1;
    min-height: 0;
  }
  .head {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 12px 12px 10px 20px;
    border-bottom: 1px solid var(--line);
  }
  h2 {
    font-size: 16px;
    font-weight: 650;
    letter-spacing: -0.01em;
  }
  code {
    font: 12px var(--mono);
  }
  .body {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    gap: 22px;
    flex: 1;
    min-height: 0;
    padding: 16px 20px 40px;
  }
  .body > sb-examples,
  .body > sb-attributes,
  .body > sb-serving,
  .names {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 10px;
  }
  .pad {
    padding: 24px 20px;
  }
  .calm {
    display: flex;
    align-items: center;
    gap: 7px;
    color: var(--ink-faint);
  }
  .health {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
    padding: 14px 16px;
    border-radius: var(--radius-l);
    background: var(--ground);
  }
  .traffic p {
    margin-bottom: 8px;
  }
  .health dl {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(150px, 1fr));
    gap: 10px 18px;
  }
  .health dt {
    font-size: var(--text-s);
    color: var(--ink-soft);
  }
  .health dd {
    font-weight: 650;
  }
  .health dd .faint {
    font-weight: 400;
    font-size: var(--text-s);
  }
  textarea {
    field-sizing: content;
    max-height: 14lh;
  }
  .save {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    padding: 10px 14px calc(10px + env(safe-area-inset-bottom, 0px)) 20px;
    border-top: 1px solid var(--line);
    background: var(--raised);
    box-shadow: var(--shadow-2);
  }
  .save .input {
    flex: 1 1 160px;
  }
  .save .problem {
    flex: 1 0 100%;
  }
  @media (max-width: 760px) {
    .head {
      padding-inline-start: 14px;
    }
    .body {
      padding-inline: 14px;
    }
  }
`;
