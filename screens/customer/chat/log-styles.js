// @ts-check
// How the messages look.

import { css } from '../../kit/vendor/lit.js';

export const logStyles = css`
  :host {
    position: relative;
    display: flex;
    flex-direction: column;
    flex: 1;
    min-height: 0;
  }
  .scroller {
    flex: 1;
    min-height: 0;
    padding: 18px 16px 10px;
    outline-offset: -3px;
  }
  .lines {
    display: flex;
    flex-direction: column;
    gap: 3px;
    min-height: 100%;
  }
  .turn {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    gap: 5px;
    max-width: 100%;
    animation: arrive var(--calm) var(--ease);
  }
  .turn.first {
    margin-top: 12px;
  }
  .lines > .turn:first-child {
    margin-top: 0;
  }
  .turn.customer {
    align-items: flex-end;
  }
  @keyframes arrive {
    from {
      opacity: 0;
      transform: translateY(6px);
    }
  }
  .byline {
    display: flex;
    align-items: center;
    gap: 7px;
    font-size: var(--text-s);
    color: var(--ink-soft);
  }
  .byline b {
    font-weight: 600;
  }
  .ai {
    display: inline-flex;
    align-items: center;
    gap: 3px;
    padding: 0 7px 0 5px;
    border-radius: var(--radius-round);
    background: var(--agent-soft);
    color: var(--agent);
    font-size: var(--text-xs);
    font-weight: 650;
    line-height: 17px;
  }
  .bubble {
    max-width: 86%;
    padding: 9px 13px;
    border-radius: 16px;
    font-size: var(--text-l);
    line-height: 1.45;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    unicode-bidi: plaintext;
  }
  .agent .bubble {
    background: var(--agent-soft);
    border-start-start-radius: 5px;
  }
  .operator .bubble {
    background: var(--theirs);
    border-start-start-radius: 5px;
  }
  .customer .bubble {
    background: var(--mine);
    color: var(--on-mine);
    border-end-end-radius: 5px;
  }
  .customer .bubble a {
    color: inherit;
  }
  .bubble.pending {
    opacity: 0.72;
  }
  .bubble.failed {
    opacity: 1;
    background: var(--bad-soft);
    color: var(--ink);
    box-shadow: inset 0 0 0 1px var(--bad);
  }
  .meta,
  .sources {
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    gap: 6px;
    padding: 0 3px;
    font-size: var(--text-s);
    color: var(--ink-faint);
    font-variant-numeric: tabular-nums;
  }
  .sources {
    gap: 4px;
    color: var(--ink-soft);
  }
  .delivery {
    display: inline-flex;
    align-items: center;
    gap: 3px;
  }
  .failure {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    align-items: center;
    gap: 4px 8px;
    font-size: var(--text-s);
    color: var(--bad);
  }
  .failure button {
    padding: 2px 0;
    border: 0;
    background: none;
    color: var(--ink);
    font-weight: 600;
    text-decoration: underline;
    text-underline-offset: 0.18em;
  }
  .notice {
    display: flex;
    align-items: center;
    gap: 10px;
    margin: 14px 0 4px;
    font-size: var(--text-s);
    color: var(--ink-soft);
    text-align: center;
  }
  .notice::before,
  .notice::after {
    content: '';
    flex: 1;
    min-width: 12px;
    height: 1px;
    background: var(--line);
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin-top: 3px;
  }
  .choice {
    min-height: 36px;
    padding: 6px 13px;
    border: 1px solid var(--accent);
    border-radius: var(--radius-round);
    background: var(--surface);
    color: var(--accent-strong);
    font-size: 14px;
    font-weight: 550;
    text-align: start;
    transition: background var(--quick);
  }
  .choice:hover {
    background: var(--accent-soft);
  }
  .card {
    width: 100%;
    margin-top: 4px;
    padding: 13px 14px 14px;
    border: 1px solid var(--agent-line);
    border-radius: var(--radius-l);
    background: var(--raised);
    box-shadow: var(--shadow-1);
  }
  .card h3 {
    display: flex;
    align-items: center;
    gap: 6px;
    margin-bottom: 8px;
    font-size: var(--text-s);
    font-weight: 650;
    color: var(--agent);
  }
  .card .headline {
    margin-bottom: 8px;
    font-size: var(--text-l);
    font-weight: 600;
    line-height: 1.35;
    overflow-wrap: anywhere;
  }
  .card dl {
    display: grid;
    gap: 7px;
    font-size: 14px;
    line-height: 1.4;
  }
  .card dt {
    font-size: var(--text-s);
    color: var(--ink-faint);
  }
  .card dd {
    overflow-wrap: anywhere;
  }
  .card-actions {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-top: 13px;
  }
  .card-actions .button {
    min-height: 38px;
    flex: 1 1 auto;
  }
  .card .auto,
  .card-replaced {
    margin-top: 9px;
    font-size: var(--text-s);
    color: var(--ink-faint);
  }
  .card .passed {
    display: flex;
    align-items: center;
    gap: 5px;
    margin-top: 11px;
    font-size: var(--text-m);
    font-weight: 600;
    color: var(--good);
  }
  .typing {
    display: flex;
    align-items: center;
    gap: 9px;
    padding: 2px 18px 8px;
    font-size: var(--text-s);
    color: var(--ink-soft);
  }
  .dots {
    display: inline-flex;
    gap: 3px;
    padding: 6px 9px;
    border-radius: var(--radius-round);
    background: var(--sunken);
  }
  .dots i {
    width: 5px;
    height: 5px;
    border-radius: 50%;
    background: var(--ink-faint);
    animation: breathe 1.2s ease-in-out infinite;
  }
  .dots i:nth-child(2) {
    animation-delay: 0.16s;
  }
  .dots i:nth-child(3) {
    animation-delay: 0.32s;
  }
  @keyframes breathe {
    0%,
    60%,
    100% {
      opacity: 0.35;
    }
    30% {
      opacity: 1;
      transform: translateY(-2px);
    }
  }
  .new-below {
    position: absolute;
    left: 50%;
    bottom: 10px;
    display: flex;
    align-items: center;
    gap: 4px;
    padding: 5px 12px 5px 8px;
    border: 0;
    border-radius: var(--radius-round);
    background: var(--accent);
    color: var(--on-accent);
    font-size: var(--text-s);
    font-weight: 600;
    box-shadow: var(--shadow-2);
    translate: -50% 0;
  }
  .skeleton {
    display: grid;
    gap: 8px;
  }
  .skeleton i {
    width: 78%;
    height: 62px;
    border-radius: 5px 16px 16px;
    background: var(--sunken);
    animation: pulse 1.4s ease-in-out infinite;
  }
  .skeleton i + i {
    width: 46%;
    height: 38px;
  }
  @keyframes pulse {
    50% {
      opacity: 0.5;
    }
  }
`;
