// @ts-check
// How the middle of the desk looks.

import { css } from '../../kit/vendor/lit.js';

export const conversationStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
  }
  header {
    display: flex;
    align-items: center;
    gap: 6px;
    min-height: 58px;
    padding: 8px 12px 8px 20px;
    border-bottom: 1px solid var(--line);
  }
  h1 {
    display: flex;
    align-items: center;
    gap: 8px;
    min-width: 0;
    font-size: 16px;
    font-weight: 650;
    line-height: 1.3;
  }
  .who p {
    font-size: var(--text-s);
    color: var(--ink-soft);
  }
  .warn {
    color: var(--warn);
  }
  .workings[aria-pressed='true'] {
    background: var(--agent-soft);
    color: var(--agent);
  }
  .verbs {
    display: flex;
    gap: 6px;
    padding-inline-start: 6px;
  }
  .verbs .end {
    margin-inline-start: 14px;
  }
  .narrow,
  .narrow-context {
    display: none;
  }
  .foot {
    display: flex;
    align-items: center;
    gap: 10px;
    margin: 0 16px 14px;
    padding: 10px 14px;
    border-radius: var(--radius-l);
    background: var(--sunken);
    color: var(--ink-soft);
  }
  .foot.warn {
    background: var(--warn-soft);
    color: var(--warn);
  }
  .empty {
    display: grid;
    justify-items: center;
    align-content: center;
    gap: 8px;
    flex: 1;
    padding: 40px;
    text-align: center;
  }
  .empty h1 {
    margin-top: 18px;
    font-size: var(--text-xl);
  }
  .empty p {
    max-width: 42ch;
    color: var(--ink-soft);
  }
  .empty .button {
    margin-top: 8px;
  }
  .jacks {
    color: var(--ink-faint);
    max-width: 100%;
  }
  .loading {
    display: grid;
    align-content: start;
    gap: 14px;
    flex: 1;
    padding: 28px 22px;
  }
  .loading i {
    width: 46%;
    height: 48px;
    border-radius: var(--radius-l);
    background: var(--sunken);
    animation: pulse 1.3s infinite alternate;
  }
  .loading .end {
    justify-self: end;
  }
  @keyframes pulse {
    to {
      opacity: 0.4;
    }
  }
  @media (max-width: 1180px) {
    .narrow-context {
      display: inline-grid;
    }
    .verbs .word {
      display: none;
    }
    .verbs .button {
      padding: 0 7px;
    }
  }
  @media (max-width: 720px) {
    .narrow {
      display: inline-grid;
      margin-inline-start: -12px;
    }
    header {
      flex-wrap: wrap;
      padding: 6px 10px 8px 16px;
    }
    .who {
      flex: 1 1 55%;
    }
    .verbs {
      display: grid;
      flex: 1 1 100%;
      grid-template-columns: repeat(auto-fit, minmax(150px, 1fr));
      min-width: 0;
      padding: 0;
    }
    .verbs .button {
      justify-content: center;
      min-height: 34px;
    }
    .verbs .word {
      display: inline;
      font-size: var(--text-s);
    }
  }
`;
