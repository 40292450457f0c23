// @ts-check
// How the phone bar looks: the call stays in sight above the transcript, calm while all is well.

import { css } from '../../kit/vendor/lit.js';

export const phoneBarStyles = css`
  :host {
    display: block;
    flex: none;
    --mine: 0;
    --theirs: 0;
  }
  .bar {
    border-bottom: 1px solid var(--line);
    background: var(--accent-soft);
  }
  .bar.none {
    background: var(--sunken);
  }
  .bar.lost {
    background: var(--warn-soft);
  }
  .row {
    display: flex;
    align-items: center;
    gap: 10px;
    min-height: 50px;
    padding: 5px 12px 5px 20px;
  }
  .consult {
    min-height: 42px;
    border-top: 1px solid color-mix(in srgb, var(--accent) 22%, transparent);
  }
  .sign {
    position: relative;
    display: grid;
    place-items: center;
    width: 32px;
    height: 32px;
    flex: none;
    border-radius: 50%;
    background: var(--raised);
    color: var(--ink-soft);
  }
  .sign.warn {
    color: var(--warn);
  }
  .sign.live {
    background: var(--accent);
    color: var(--on-accent);
  }
  .sign.live::before,
  .sign.live::after {
    content: '';
    position: absolute;
    inset: 0;
    border-radius: 50%;
    box-shadow: 0 0 0 calc(6px * var(--theirs)) color-mix(in srgb, var(--accent) 30%, transparent);
    transition: box-shadow 90ms linear;
  }
  .sign.live::after {
    box-shadow: 0 0 0 calc(6px * var(--mine)) color-mix(in srgb, var(--good) 26%, transparent);
  }
  .sign.ringing {
    background: var(--accent);
    color: var(--on-accent);
    animation: shake 1.6s ease-in-out infinite;
  }
  @keyframes shake {
    0%,
    60%,
    100% {
      rotate: 0deg;
    }
    10%,
    30%,
    50% {
      rotate: -12deg;
    }
    20%,
    40% {
      rotate: 12deg;
    }
  }
  .status p {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 8px;
    line-height: 1.35;
  }
  .status .num {
    font-weight: 650;
  }
  .leg + .leg::before {
    content: ' · ';
    color: var(--ink-faint);
  }
  .leg .icon {
    display: inline-block;
    vertical-align: -2px;
    color: var(--warn);
  }
  .small {
    font-size: var(--text-s);
  }
  .warn {
    color: var(--warn);
  }
  .bad {
    color: var(--bad);
  }
  .rec i,
  .dot-rec {
    display: inline-block;
    width: 8px;
    height: 8px;
    border-radius: 50%;
    background: var(--bad);
  }
  .dot-rec {
    width: 12px;
    height: 12px;
    margin: 3px;
  }
  .buttons {
    display: flex;
    align-items: center;
    gap: 4px;
  }
  .tool {
    display: grid;
    justify-items: center;
    align-content: center;
    gap: 1px;
    min-width: 52px;
    min-height: 40px;
    padding: 3px 6px;
    border: 0;
    border-radius: var(--radius-m);
    background: none;
    color: var(--ink-soft);
    font-size: var(--text-xs);
    font-weight: 550;
    white-space: nowrap;
  }
  .tool:hover:not(:disabled) {
    background: color-mix(in srgb, var(--accent) 12%, transparent);
    color: var(--ink);
  }
  .tool[aria-pressed='true'] {
    background: var(--raised);
    color: var(--accent-strong);
  }
  .tool.warn[aria-pressed='true'] {
    background: var(--warn);
    color: var(--surface);
  }
  .end {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: 36px;
    margin-inline-start: 8px;
    padding: 0 14px 0 11px;
    border: 0;
    border-radius: var(--radius-round);
    background: var(--bad-fill);
    color: var(--on-bad);
    font-weight: 600;
  }
  .end:hover {
    filter: brightness(0.92);
  }
  .switch {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    color: var(--ink-soft);
    white-space: nowrap;
    cursor: pointer;
  }
  .switch input,
  .menu input {
    accent-color: var(--accent);
    margin: 0;
  }
  .more {
    position: relative;
  }
  .more summary {
    cursor: pointer;
    list-style: none;
  }
  .more summary::-webkit-details-marker {
    display: none;
  }
  .menu {
    position: absolute;
    inset: calc(100% + 6px) 0 auto auto;
    z-index: 5;
    display: grid;
    gap: 10px;
    width: 250px;
    padding: 12px 14px;
    border: 1px solid var(--line);
    border-radius: var(--radius-l);
    background: var(--raised);
    box-shadow: var(--shadow-3);
  }
  .menu label {
    display: flex;
    align-items: center;
    gap: 8px;
  }
  .menu input[type='range'] {
    flex: 1;
    min-width: 0;
  }
  .menu .button {
    justify-content: flex-start;
    margin-inline-start: -8px;
  }
  @media (max-width: 720px) {
    .row {
      flex-wrap: wrap;
      padding: 7px 10px 7px 16px;
    }
    .buttons {
      flex: 1 1 100%;
      justify-content: space-between;
    }
    .tool {
      min-width: 46px;
      padding: 3px 2px;
    }
    .end {
      margin-inline-start: 0;
    }
  }
`;
