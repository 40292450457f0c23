// @ts-check
// The doors of the house, sign-in and first run: one quiet card before a board of jacks.

import { css } from '../kit/vendor/lit.js';

export const doorStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1.1fr);
    min-height: 100dvh;
    font: 400 var(--text-l) / 1.5 var(--sans);
    color: var(--ink);
    background: var(--ground);
  }
  .board {
    position: relative;
    display: flex;
    flex-direction: column;
    justify-content: space-between;
    padding: 40px 44px;
    background: light-dark(#0b3f49, #0a1f25);
    color: #dcebec;
    overflow: hidden;
  }
  .board .brand {
    display: flex;
    align-items: center;
    gap: 10px;
    font-size: 18px;
    font-weight: 650;
  }
  .board .claim {
    position: relative;
    max-width: 22ch;
    font: 400 30px/1.25 var(--serif);
    letter-spacing: -0.01em;
    text-wrap: balance;
  }
  .board .jacks {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    color: #ffffff;
    mask-image: linear-gradient(transparent 9%, #000 17%, #000 62%, transparent 82%);
  }
  main {
    display: grid;
    align-content: center;
    justify-items: center;
    padding: 32px 24px;
  }
  .card {
    width: min(460px, 100%);
    display: grid;
    gap: 18px;
  }
  h1 {
    font-size: 24px;
    font-weight: 650;
    letter-spacing: -0.015em;
    line-height: 1.25;
  }
  .lead {
    margin-top: 4px;
    color: var(--ink-soft);
  }
  form {
    display: grid;
    gap: 14px;
  }
  .field > label {
    font-size: var(--text-m);
  }
  .input {
    min-height: 42px;
    font-size: 16px;
  }
  .button.primary.wide {
    min-height: 44px;
    font-size: var(--text-l);
  }
  .logins {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(216px, 1fr));
    gap: 6px;
    padding-top: 16px;
    border-top: 1px solid var(--line);
  }
  .logins > p {
    grid-column: 1 / -1;
    font-size: var(--text-m);
    color: var(--ink-soft);
    margin-bottom: 2px;
  }
  .login {
    display: flex;
    align-items: center;
    gap: 10px;
    width: 100%;
    min-width: 0;
    padding: 7px 9px;
    border: 1px solid var(--line);
    border-radius: var(--radius-m);
    background: var(--surface);
    text-align: start;
    line-height: 1.3;
  }
  .login:hover {
    border-color: var(--accent);
    background: var(--accent-soft);
  }
  .login .face {
    display: grid;
    place-items: center;
    width: 32px;
    height: 32px;
    flex: none;
    border-radius: 50%;
    background: var(--accent-soft);
    color: var(--accent-strong);
    font-size: var(--text-s);
    font-weight: 650;
  }
  .login b {
    font-weight: 600;
    font-size: 14px;
  }
  .login small {
    display: block;
    font-size: var(--text-s);
    color: var(--ink-faint);
  }
  .steps {
    display: grid;
    gap: 14px;
    counter-reset: step;
  }
  .steps li {
    display: grid;
    grid-template-columns: 30px 1fr;
    counter-increment: step;
  }
  .steps li::before {
    content: counter(step);
    display: grid;
    place-items: center;
    width: 22px;
    height: 22px;
    border-radius: 50%;
    background: var(--accent-soft);
    color: var(--accent-strong);
    font-size: var(--text-s);
    font-weight: 650;
  }
  .steps p {
    font-size: 14px;
    color: var(--ink-soft);
  }
  code {
    padding: 1px 5px;
    border-radius: 4px;
    background: var(--sunken);
    font: 13px var(--mono);
    overflow-wrap: anywhere;
  }
  .theme,
  .language {
    position: absolute;
    inset: 14px 14px auto auto;
  }
  .language {
    inset-inline-end: 48px;
  }
  @media (max-width: 820px) {
    :host {
      grid-template-columns: minmax(0, 1fr);
      grid-template-rows: auto 1fr;
    }
    .board {
      padding: 18px 20px;
    }
    .board .claim,
    .board .jacks {
      display: none;
    }
    .theme,
    .language {
      --ink: #ffffff;
      --ink-soft: #dcebec;
      --hover: #ffffff24;
    }
    main {
      align-content: start;
    }
  }
`;
