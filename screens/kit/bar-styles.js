// @ts-check
// The bar at the top of the desk and the supervisor page.

import { css } from './vendor/lit.js';

export const barStyles = css`
  :host {
    display: block;
    flex: none;
  }
  header {
    display: flex;
    align-items: center;
    gap: 16px;
    height: 48px;
    padding: 0 12px 0 16px;
    border-bottom: 1px solid var(--line);
    background: var(--surface);
  }
  .brand {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    color: var(--accent);
    text-decoration: none;
  }
  .brand b {
    color: var(--ink);
    font-size: 15px;
    font-weight: 650;
    letter-spacing: -0.01em;
  }
  .connection {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    font-size: var(--text-s);
    color: var(--ink-faint);
  }
  .connection i {
    width: 7px;
    height: 7px;
    border-radius: 50%;
    background: var(--good);
  }
  .connection.lost {
    padding: 3px 9px;
    border-radius: var(--radius-round);
    background: var(--warn-soft);
    color: var(--warn);
    font-weight: 600;
  }
  .connection.lost i {
    background: var(--warn);
    animation: pulse 1s infinite alternate;
  }
  @keyframes pulse {
    to {
      opacity: 0.25;
    }
  }
  .icon-button {
    margin-inline: -6px;
  }
  .icon-button[aria-pressed='true'] {
    background: transparent;
    color: var(--ink-soft);
  }
  .icon-button[aria-pressed='false'] {
    color: var(--ink-faint);
  }
  .me {
    max-width: 160px;
    padding-inline-start: 14px;
    border-inline-start: 1px solid var(--line);
    font-weight: 550;
  }
  @media (max-width: 1100px) {
    .brand b,
    .me,
    .health .quiet {
      display: none;
    }
    header {
      gap: 12px;
    }
  }
  @media (max-width: 720px) {
    header {
      gap: 10px;
      padding: 0 10px;
      height: calc(48px + env(safe-area-inset-top, 0px));
      padding-top: env(safe-area-inset-top, 0px);
    }
    .connection:not(.lost),
    header .health,
    header .pips,
    sb-language-switch,
    [data-testid='notices'],
    [data-testid='help'] {
      display: none;
    }
  }
`;
