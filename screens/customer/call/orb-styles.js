// @ts-check
// How the picture of a call's state looks and moves; `--level` is the loudness now, 0 to 1.

import { css } from '../../kit/vendor/lit.js';

export const orbStyles = css`
  .orb {
    position: relative;
    display: grid;
    place-items: center;
    flex: none;
    width: 60px;
    height: 60px;
    border-radius: 50%;
    background: var(--accent);
    color: var(--on-accent);
    font-size: 19px;
    transition: background var(--calm);
  }
  .orb::before {
    content: '';
    position: absolute;
    inset: 0;
    z-index: -1;
    border-radius: 50%;
    background: var(--accent);
    opacity: 0.22;
    scale: calc(1 + 0.42 * var(--level));
    transition: scale 110ms linear;
  }
  .orb.speaking,
  .orb.thinking {
    background: var(--agent);
    color: var(--surface);
  }
  .orb.speaking::before,
  .orb.thinking::before {
    background: var(--agent);
  }
  .orb.muted {
    background: var(--warn-soft);
    color: var(--warn);
  }
  .orb.muted::before {
    opacity: 0;
  }
  .orb.holding,
  .orb.on_hold,
  .orb.loading {
    background: var(--raised);
    color: var(--accent);
    box-shadow: inset 0 0 0 1px var(--line);
  }
  .orb.holding::before,
  .orb.on_hold::before,
  .orb.loading::before {
    inset: -4px;
    background: none;
    border: 3px solid var(--accent);
    border-inline-end-color: transparent;
    opacity: 0.75;
    scale: 1;
    animation: turn 2.2s linear infinite;
  }
  .orb.on_hold::before {
    animation: none;
    border-color: var(--line-strong);
    border-style: dashed;
  }
  .wave {
    display: flex;
    align-items: center;
    gap: 3.5px;
    height: 30px;
  }
  .wave i {
    width: 4px;
    height: calc(5px + 22px * var(--level) * var(--share, 1));
    border-radius: 2px;
    background: currentColor;
    transition: height 110ms linear;
  }
  .wave i:nth-child(1),
  .wave i:nth-child(5) {
    --share: 0.45;
  }
  .wave i:nth-child(2),
  .wave i:nth-child(4) {
    --share: 0.8;
  }
  .dots {
    display: flex;
    gap: 5px;
  }
  .dots i {
    width: 7px;
    height: 7px;
    border-radius: 50%;
    background: currentColor;
    animation: breathe 1.1s ease-in-out infinite;
  }
  .dots i:nth-child(2) {
    animation-delay: 0.15s;
  }
  .dots i:nth-child(3) {
    animation-delay: 0.3s;
  }
  @keyframes breathe {
    30% {
      opacity: 0.3;
      translate: 0 -3px;
    }
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
`;
