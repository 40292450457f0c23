// @ts-check
// How a transcript looks: the customer at the start side, us at the end side, what the agent did in violet.

import { css } from '../vendor/lit.js';

export const transcriptStyles = css`
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
    outline-offset: -3px;
  }
  .entries {
    display: flex;
    flex-direction: column;
    gap: 4px;
    max-width: 860px;
    margin: 0 auto;
    padding: 14px 20px 18px;
  }
  .turn {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    gap: 4px;
    max-width: 78%;
    border-radius: var(--radius-l);
  }
  .turn.first {
    margin-top: 10px;
  }
  .turn.agent,
  .turn.operator,
  .turn.note {
    align-self: flex-end;
    align-items: flex-end;
  }
  .byline {
    display: flex;
    align-items: center;
    gap: 6px;
    font-size: var(--text-s);
    color: var(--ink-faint);
  }
  .byline b {
    font-weight: 600;
    color: var(--ink-soft);
  }
  .byline time {
    font-variant-numeric: tabular-nums;
  }
  .byline .chip {
    padding: 0 6px 0 4px;
    font-size: var(--text-xs);
    line-height: 16px;
  }
  .chip.private {
    background: var(--note-soft);
    color: var(--note);
  }
  .bubble {
    max-width: 100%;
    padding: 7px 11px;
    border-radius: 12px;
    font-size: 14px;
    line-height: 1.45;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    unicode-bidi: plaintext;
  }
  .customer .bubble {
    border: 1px solid var(--line);
    background: var(--raised);
    border-start-start-radius: 4px;
  }
  .agent .bubble {
    background: var(--agent-soft);
    border-start-end-radius: 4px;
  }
  .operator .bubble {
    background: var(--mine);
    color: var(--on-mine);
    border-start-end-radius: 4px;
  }
  .operator .bubble a {
    color: inherit;
  }
  .note .bubble {
    border: 1px dashed var(--note-line);
    background: var(--note-soft);
  }
  .bubble.sending {
    opacity: 0.7;
  }
  .bubble.failed {
    background: var(--bad-soft);
    color: var(--ink);
    box-shadow: inset 0 0 0 1px var(--bad);
  }
  .bubble .unheard {
    opacity: 0.62;
    text-decoration: line-through;
    text-decoration-thickness: 1px;
  }
  .bubble .word-now {
    border-radius: 3px;
    background: color-mix(in srgb, var(--warn) 34%, transparent);
    box-shadow: 0 0 0 2px color-mix(in srgb, var(--warn) 34%, transparent);
  }
  .bubble.playable {
    cursor: pointer;
  }
  .at {
    display: inline-flex;
    align-items: center;
    gap: 3px;
    padding: 0 5px;
    border: 0;
    border-radius: var(--radius-s);
    background: none;
    font-size: var(--text-xs);
    line-height: 18px;
    color: var(--ink-faint);
  }
  .at:hover {
    background: var(--hover);
    color: var(--accent);
  }
  .ghost .bubble {
    border: 1px dashed var(--line-strong);
    background: none;
    color: var(--ink-soft);
    font-style: italic;
  }
  .understood,
  .shown,
  .state,
  .failure {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px;
    font-size: var(--text-s);
    color: var(--ink-faint);
  }
  .failure {
    color: var(--bad);
  }
  .chip.slot {
    background: transparent;
    box-shadow: inset 0 0 0 1px var(--line);
    color: var(--ink);
    white-space: normal;
  }
  .dim {
    opacity: 0.85;
    font-weight: 450;
  }
  .chip.slot .dim {
    opacity: 1;
    color: var(--ink-faint);
  }
  .divider {
    display: flex;
    align-items: center;
    gap: 10px;
    margin: 14px 0 6px;
    font-size: var(--text-s);
    font-weight: 550;
    color: var(--ink-faint);
    font-variant-numeric: tabular-nums;
  }
  .divider::before,
  .divider::after {
    content: '';
    flex: 1;
    height: 1px;
    background: var(--line);
  }
  .divider.accent {
    color: var(--accent);
  }
  .divider.accent::before,
  .divider.accent::after {
    background: var(--accent);
    opacity: 0.4;
  }
  .divider.agent {
    color: var(--agent);
  }
  .line {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 5px;
    padding: 1px 6%;
    font-size: var(--text-s);
    color: var(--ink-faint);
    text-align: center;
    overflow-wrap: anywhere;
  }
  .tool {
    align-self: flex-end;
    width: min(78%, 560px);
    margin-top: 2px;
    border: 1px solid var(--agent-line);
    border-radius: var(--radius-m);
    font-size: var(--text-s);
    color: var(--ink-soft);
  }
  .tool summary {
    display: flex;
    align-items: center;
    gap: 6px;
    padding: 4px 8px;
    border-radius: var(--radius-m);
    cursor: pointer;
    list-style: none;
    color: var(--agent);
  }
  .tool summary::-webkit-details-marker {
    display: none;
  }
  .tool summary:hover {
    background: var(--agent-soft);
  }
  .tool summary b {
    font-weight: 600;
    white-space: nowrap;
  }
  .tool summary span.one-line {
    color: var(--ink-soft);
  }
  .tool[open] summary .icon:last-child {
    rotate: 180deg;
  }
  .tool[open] summary .one-line {
    visibility: hidden;
  }
  .tool.bad {
    border-color: var(--bad);
  }
  .tool.bad summary {
    color: var(--bad);
  }
  .tool p,
  .tool dl {
    padding: 2px 10px 8px 29px;
  }
  .tool dl > div {
    display: grid;
    grid-template-columns: 120px 1fr;
    gap: 10px;
    padding: 2px 0;
  }
  .tool dt {
    color: var(--ink-faint);
  }
  .tool dd {
    color: var(--ink);
    overflow-wrap: anywhere;
  }
  .typing {
    display: flex;
    align-items: center;
    gap: 8px;
    margin-top: 8px;
    font-size: var(--text-s);
    color: var(--ink-faint);
  }
  .dots {
    display: inline-flex;
    gap: 3px;
    padding: 5px 8px;
    border-radius: var(--radius-round);
    background: var(--theirs);
  }
  .dots i {
    width: 4px;
    height: 4px;
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
    30% {
      opacity: 0.3;
      transform: translateY(-2px);
    }
  }
  .marked {
    animation: mark 2.2s ease-out;
  }
  @keyframes mark {
    0%,
    40% {
      outline: 3px solid var(--accent);
      outline-offset: 4px;
    }
    100% {
      outline: 3px solid transparent;
      outline-offset: 4px;
    }
  }
  .new-below {
    position: absolute;
    left: 50%;
    bottom: 10px;
    display: flex;
    align-items: center;
    gap: 4px;
    padding: 4px 12px 4px 8px;
    border: 0;
    border-radius: var(--radius-round);
    background: var(--accent);
    color: var(--on-accent);
    font-size: var(--text-s);
    font-weight: 600;
    box-shadow: var(--shadow-2);
    translate: -50% 0;
  }
`;
