// @ts-check
// How the launcher and the panel look. A page may set --switchboard-accent, --switchboard-on-accent,
// --switchboard-inset.

import { css } from '../kit/vendor/lit.js';

export const panelStyles = css`
  :host {
    --accent: var(--switchboard-accent, light-dark(#0b5d6b, #56b8c6));
    --on-accent: var(--switchboard-on-accent, light-dark(#ffffff, #04222a));
    --mine: var(--switchboard-accent, light-dark(#0b5d6b, #1d5b67));
    --on-mine: var(--switchboard-on-accent, light-dark(#ffffff, #ecf7f8));
    --accent-strong: var(--switchboard-accent, light-dark(#084853, #7bcdd8));
    --accent-soft: color-mix(in srgb, var(--accent) 13%, var(--surface));
    all: initial;
    color-scheme: light dark;
    position: fixed;
    inset-block-end: var(--switchboard-inset, 22px);
    inset-inline-end: var(--switchboard-inset, 22px);
    z-index: 2147483000;
    color: var(--ink);
    font: 400 var(--text-l, 15px) / 1.45 var(--sans);
    -webkit-font-smoothing: antialiased;
  }
  :host(:not([ready])) {
    visibility: hidden;
  }
  .launcher {
    position: relative;
    display: grid;
    place-items: center;
    width: 60px;
    height: 60px;
    margin: 0;
    border: 0;
    border-radius: 50%;
    background: var(--accent);
    color: var(--on-accent);
    box-shadow: var(--shadow-2);
    transition:
      transform var(--quick) var(--ease),
      box-shadow var(--quick);
  }
  .launcher:hover {
    transform: translateY(-2px);
    box-shadow: var(--shadow-3);
  }
  .launcher.in-call {
    animation: in-call 2s ease-in-out infinite;
  }
  @keyframes in-call {
    50% {
      box-shadow: 0 0 0 10px color-mix(in srgb, var(--accent) 26%, transparent);
    }
  }
  .badge {
    position: absolute;
    inset-block-start: -2px;
    inset-inline-end: -2px;
    display: grid;
    place-items: center;
    min-width: 22px;
    height: 22px;
    padding: 0 6px;
    border: 2px solid var(--surface);
    border-radius: var(--radius-round);
    background: var(--bad-fill);
    color: var(--on-bad);
    font-size: var(--text-s);
    font-weight: 700;
  }
  .panel {
    display: flex;
    flex-direction: column;
    width: 396px;
    height: min(680px, calc(var(--chat-height, 100vh) - 44px));
    border: 1px solid var(--line);
    border-radius: var(--radius-xl);
    background: var(--surface);
    box-shadow: var(--shadow-3);
    overflow: hidden;
    outline: 0;
    animation: rise var(--calm) var(--ease);
  }
  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(14px) scale(0.985);
    }
  }
  .head {
    position: relative;
    z-index: 1;
    display: flex;
    align-items: center;
    gap: 4px;
    padding: 12px 10px 12px 16px;
    border-bottom: 1px solid var(--line);
  }
  .avatar {
    display: grid;
    place-items: center;
    width: 38px;
    height: 38px;
    flex: none;
    margin-inline-end: 8px;
    border-radius: 50%;
    font-size: 14px;
    font-weight: 650;
  }
  .avatar.agent {
    background: var(--agent-soft);
    color: var(--agent);
  }
  .avatar.person {
    background: var(--accent);
    color: var(--on-accent);
  }
  .who h2 {
    font-size: 16px;
    font-weight: 650;
    line-height: 1.3;
  }
  .who p {
    font-size: var(--text-s);
    color: var(--ink-soft);
  }
  .head .icon-button {
    width: 38px;
    height: 38px;
  }
  .menu {
    position: absolute;
    inset-block-start: calc(100% - 6px);
    inset-inline-end: 12px;
    display: grid;
    min-width: 210px;
    padding: 5px;
    border: 1px solid var(--line);
    border-radius: var(--radius-l);
    background: var(--raised);
    box-shadow: var(--shadow-3);
  }
  .menu button {
    display: flex;
    align-items: center;
    gap: 9px;
    padding: 9px 10px;
    border: 0;
    border-radius: var(--radius-m);
    background: none;
    font-size: 14px;
    text-align: start;
  }
  .menu button:hover {
    background: var(--hover);
  }
  .menu .bad {
    color: var(--bad);
  }
  .connection {
    display: flex;
    align-items: center;
    gap: 10px;
    padding: 8px 12px 8px 16px;
    background: var(--warn-soft);
    color: var(--warn);
    font-size: var(--text-m);
    line-height: 1.35;
  }
  .spinner {
    width: 14px;
    height: 14px;
    flex: none;
    border: 2px solid currentColor;
    border-inline-end-color: transparent;
    border-radius: 50%;
    animation: spin 0.9s linear infinite;
  }
  @keyframes spin {
    to {
      rotate: 1turn;
    }
  }
  .problem-bar {
    display: flex;
    gap: 8px;
    padding: 9px 16px;
    background: var(--bad-soft);
    color: var(--bad);
    font-size: var(--text-m);
  }
  .foot {
    padding: 8px 12px calc(12px + env(safe-area-inset-bottom, 0px));
  }
  .call-offer {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 7px;
    width: 100%;
    min-height: 40px;
    margin-bottom: 8px;
    padding: 0 14px;
    border: 1px solid var(--line);
    border-radius: var(--radius-round);
    background: var(--accent-soft);
    color: var(--accent-strong);
    font-size: 14px;
    font-weight: 600;
  }
  .call-offer:hover {
    border-color: var(--accent);
  }
  .under {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: 12px;
    padding: 8px 6px 0;
    font-size: var(--text-s);
    line-height: 1.35;
    color: var(--ink-faint);
  }
  .under button {
    flex: none;
    padding: 0;
    border: 0;
    background: none;
    color: var(--accent);
    font-weight: 600;
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 0.2em;
  }
  .waiting {
    display: flex;
    gap: 10px;
    margin-bottom: 8px;
    padding: 10px 12px;
    border-radius: var(--radius-l);
    background: var(--accent-soft);
    color: var(--accent-strong);
    font-size: var(--text-m);
  }
  .waiting b {
    font-weight: 650;
  }
  .waiting p {
    color: var(--ink-soft);
  }
  .question {
    display: grid;
    gap: 10px;
    padding-top: 14px;
    border-top: 1px solid var(--line);
    text-align: center;
  }
  .question b {
    font-weight: 600;
  }
  .question div {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 8px;
  }
  .question .button {
    min-height: 40px;
    font-size: 14px;
  }
  @media (max-width: 520px), (max-height: 480px) and (pointer: coarse) {
    :host([open]) {
      inset: var(--chat-top, 0) 0 auto 0;
    }
    .panel {
      width: 100%;
      height: var(--chat-height, 100dvh);
      padding-inline: env(safe-area-inset-left, 0px) env(safe-area-inset-right, 0px);
      border: 0;
      border-radius: 0;
    }
    .head {
      padding-top: calc(10px + env(safe-area-inset-top, 0px));
    }
  }
`;
