// @ts-check
// How a call looks in the panel: calm, one picture for who speaks, buttons a thumb can hit.

import { css } from '../../kit/vendor/lit.js';

export const callStyles = css`
  :host {
    display: block;
    flex: none;
    --level: 0;
  }
  :host([alone]) {
    display: grid;
    flex: 1;
  }
  :host([alone]) .call {
    display: grid;
    align-content: center;
    border-bottom: 0;
    padding-bottom: 60px;
  }
  .call {
    position: relative;
    padding: 14px 16px 8px;
    border-bottom: 1px solid var(--line);
    isolation: isolate;
    background: linear-gradient(var(--accent-soft), var(--surface) 130%);
  }
  .state {
    display: flex;
    align-items: center;
    gap: 14px;
    min-height: 68px;
  }
  h3 {
    font-size: 16px;
    font-weight: 650;
    line-height: 1.3;
  }
  .under {
    font-size: var(--text-m);
    line-height: 1.35;
    color: var(--ink-soft);
  }
  .under.muted {
    color: var(--warn);
    font-weight: 600;
  }
  .clock {
    display: grid;
    justify-items: end;
    align-self: flex-start;
    gap: 4px;
    font-size: var(--text-m);
    color: var(--ink-soft);
  }
  .rec {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    padding: 0 7px;
    border-radius: var(--radius-round);
    background: var(--bad-soft);
    color: var(--bad);
    font-size: var(--text-xs);
    font-weight: 650;
    line-height: 18px;
  }
  .rec i {
    width: 7px;
    height: 7px;
    border-radius: 50%;
    background: currentColor;
  }
  .quality {
    display: inline-flex;
    align-items: flex-end;
    gap: 2px;
    margin-top: 3px;
    font-size: var(--text-xs);
    line-height: 12px;
    color: var(--ink-faint);
  }
  .quality i {
    width: 3px;
    height: 4px;
    border-radius: 1px;
    background: var(--good);
  }
  .quality i:nth-child(2) {
    height: 7px;
  }
  .quality i:nth-child(3) {
    height: 10px;
    margin-inline-end: 4px;
  }
  .quality.fair i {
    background: var(--warn);
  }
  .quality.fair i:nth-child(3),
  .quality.poor i:nth-child(n + 2) {
    background: var(--line-strong);
    opacity: 0.5;
  }
  .quality.poor {
    color: var(--bad);
  }
  .quality.poor i:first-child {
    background: var(--bad);
  }

  .captions {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
    height: 40px;
    margin-top: 10px;
    font-size: 14px;
    line-height: 20px;
    color: var(--ink);
  }
  .captions b {
    font-weight: 600;
    color: var(--ink-faint);
  }
  .captions.draft {
    color: var(--ink-soft);
  }
  .warning {
    display: flex;
    align-items: center;
    gap: 9px;
    margin-top: 10px;
    padding: 8px 8px 8px 11px;
    border-radius: var(--radius-m);
    background: var(--warn-soft);
    color: var(--warn);
    font-size: var(--text-m);
    line-height: 1.35;
  }
  .warning.good {
    background: var(--good-soft);
    color: var(--good);
  }
  .spinner {
    width: 14px;
    height: 14px;
    flex: none;
    border: 2px solid currentColor;
    border-inline-end-color: transparent;
    border-radius: 50%;
    animation: turn 0.9s linear infinite;
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }

  .controls {
    display: flex;
    align-items: center;
    gap: 8px;
    margin-top: 12px;
  }
  .round {
    display: grid;
    place-items: center;
    width: 44px;
    height: 44px;
    flex: none;
    padding: 0;
    border: 1px solid var(--line);
    border-radius: 50%;
    background: var(--raised);
    color: var(--ink);
    transition: background var(--quick);
  }
  .round:hover:not(:disabled) {
    background: var(--hover);
  }
  .round[aria-pressed='true'] {
    border-color: transparent;
    background: var(--accent);
    color: var(--on-accent);
  }
  .round.mute[aria-pressed='true'] {
    background: var(--warn);
    color: var(--surface);
  }
  .hang-up {
    display: inline-flex;
    align-items: center;
    gap: 7px;
    min-height: 44px;
    padding: 0 18px 0 14px;
    border: 0;
    border-radius: var(--radius-round);
    background: var(--bad-fill);
    color: var(--on-bad);
    font-size: 15px;
    font-weight: 600;
  }
  .hang-up:hover {
    filter: brightness(0.92);
  }
  .to-chat {
    display: flex;
    align-items: center;
    gap: 5px;
    margin: 6px 0 0 auto;
    padding: 5px 4px;
    border: 0;
    background: none;
    color: var(--accent);
    font-size: var(--text-m);
    font-weight: 600;
  }
  .to-chat:hover {
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }
  .volume {
    position: relative;
  }
  .slider {
    position: absolute;
    inset-block-start: 50px;
    inset-inline-start: -66px;
    z-index: 3;
    padding: 10px 14px;
    border: 1px solid var(--line);
    border-radius: var(--radius-round);
    background: var(--raised);
    box-shadow: var(--shadow-2);
  }
  .slider input {
    display: block;
    width: 150px;
    accent-color: var(--accent);
  }

  .before {
    display: grid;
    justify-items: center;
    gap: 8px;
    padding: 26px 14px 24px;
    text-align: center;
  }
  .before p {
    max-width: 34ch;
    font-size: 14px;
    line-height: 1.45;
    color: var(--ink-soft);
  }
  .before .row {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 8px;
    margin-top: 8px;
  }
  .before .button {
    min-height: 40px;
    font-size: 14px;
  }
  .big {
    display: grid;
    place-items: center;
    width: 76px;
    height: 76px;
    margin-bottom: 6px;
    border-radius: 50%;
    background: var(--warn-soft);
    color: var(--warn);
  }
  .big.asking {
    background: var(--accent);
    color: var(--on-accent);
    animation: call 1.8s ease-in-out infinite;
  }
  @keyframes call {
    50% {
      box-shadow: 0 0 0 12px color-mix(in srgb, var(--accent) 18%, transparent);
    }
  }
  .over {
    display: flex;
    align-items: center;
    gap: 10px;
    padding: 10px 10px 10px 16px;
    background: var(--sunken);
    font-size: var(--text-m);
    line-height: 1.4;
    color: var(--ink-soft);
  }
  .over b {
    font-weight: 600;
    color: var(--ink);
  }
  .small-orb {
    color: var(--ink-faint);
  }
`;
