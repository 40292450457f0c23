// @ts-check
// How an offer looks: above everything, but never in the way of the composer.

import { css } from '../../kit/vendor/lit.js';

export const offerStyles = css`
  .stack {
    position: fixed;
    inset-block-start: 58px;
    inset-inline-end: 14px;
    z-index: 20;
    display: grid;
    gap: 10px;
    width: min(424px, calc(100vw - 28px));
  }
  .toast {
    display: grid;
    gap: 9px;
    padding: 14px;
    border: 1px solid var(--accent);
    border-radius: var(--radius-l);
    background: var(--raised);
    box-shadow: var(--shadow-3);
    animation: drop var(--calm) var(--ease);
  }
  @keyframes drop {
    from {
      opacity: 0;
      transform: translateY(-14px);
    }
  }
  .head {
    display: flex;
    gap: 11px;
    align-items: center;
  }
  .call-sign {
    display: grid;
    place-items: center;
    width: 40px;
    height: 40px;
    flex: none;
    border-radius: 50%;
    background: var(--accent);
    color: var(--on-accent);
    animation: ring 1.6s ease-in-out infinite;
  }
  @keyframes ring {
    0%,
    60%,
    100% {
      rotate: 0deg;
    }
    10%,
    30%,
    50% {
      rotate: -14deg;
    }
    20%,
    40% {
      rotate: 14deg;
    }
  }
  .name {
    display: flex;
    align-items: center;
    gap: 6px;
    font-size: 16px;
  }
  .verified {
    color: var(--good);
  }
  .what {
    font-size: 14px;
    line-height: 1.4;
    overflow-wrap: anywhere;
  }
  .passed-on {
    display: grid;
    gap: 5px;
  }
  .passed-on p:first-child {
    display: flex;
    align-items: center;
    gap: 6px;
    color: var(--ink-soft);
  }
  .note {
    max-height: 6.4em;
    padding: 6px 9px;
    overflow-y: auto;
    border: 1px solid var(--note-line);
    border-radius: var(--radius-m);
    background: var(--note-soft);
    font-size: 14px;
    line-height: 1.4;
    overflow-wrap: anywhere;
    white-space: pre-line;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 5px;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 7px;
  }
  .actions .button {
    padding: 0 9px;
  }
  .brief {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    justify-self: start;
    font-size: var(--text-s);
    color: var(--ink-soft);
    cursor: pointer;
  }
  .brief input {
    margin: 0;
    accent-color: var(--accent);
  }
  kbd {
    padding: 0 4px;
    border: 0;
    background: color-mix(in srgb, currentColor 16%, transparent);
    color: inherit;
    line-height: 16px;
  }
  @media (hover: none) {
    kbd {
      display: none;
    }
  }
  .ring {
    position: relative;
    display: grid;
    place-items: center;
    flex: none;
  }
  .ring b {
    position: absolute;
    font-size: 14px;
  }
  .track {
    stroke: var(--line);
  }
  .left {
    stroke: var(--accent);
    stroke-linecap: round;
    transform: rotate(-90deg);
    transform-origin: center;
    transition: stroke-dashoffset 1s linear;
  }
  .late .left {
    stroke: var(--bad);
  }
  .late b {
    color: var(--bad);
  }
`;
