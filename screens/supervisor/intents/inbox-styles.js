// @ts-check
// The inbox's panes: list, proposal, figures; on a phone one at a time.

import { css } from '../../kit/vendor/lit.js';

export const inboxStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    flex: 1;
    min-height: 0;
  }
  .strip {
    display: flex;
    align-items: center;
    gap: 10px;
    padding: 8px 16px;
    background: var(--bad-soft);
    color: var(--ink);
  }
  .strip .icon {
    color: var(--bad);
  }
  .strip + .strip {
    border-top: 1px solid var(--line);
  }
  .strip.calm {
    background: var(--warn-soft);
  }
  .strip.calm .icon {
    color: var(--warn);
  }
  .panes {
    display: grid;
    grid-template-columns: 330px minmax(0, 1fr);
    flex: 1;
    min-height: 0;
  }
  .list {
    display: flex;
    flex-direction: column;
    min-height: 0;
    border-inline-end: 1px solid var(--line);
    background: var(--surface);
  }
  .list > header {
    display: grid;
    gap: 10px;
    padding: 14px 14px 10px;
  }
  .head {
    display: flex;
    align-items: center;
    gap: 2px;
  }
  .head h2 {
    display: flex;
    align-items: center;
    gap: 8px;
    margin-inline-end: auto;
    font-size: 16px;
    font-weight: 650;
    letter-spacing: -0.01em;
  }
  .look {
    display: flex;
    align-items: center;
    gap: 8px;
  }
  .look p {
    font-size: var(--text-s);
    color: var(--ink-faint);
  }
  .look .button {
    margin-inline-start: auto;
  }
  .progress {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
    gap: 6px 10px;
    font-size: var(--text-s);
  }
  progress {
    grid-column: 1 / -1;
    width: 100%;
    height: 5px;
    border: 0;
    border-radius: 3px;
    background: var(--sunken);
    appearance: none;
    overflow: hidden;
  }
  progress::-webkit-progress-bar {
    background: var(--sunken);
  }
  progress::-webkit-progress-value {
    background: var(--accent);
    transition: inline-size var(--calm);
  }
  progress::-moz-progress-bar {
    background: var(--accent);
  }
  sb-proposal-list {
    flex: 1;
  }
  .detail {
    position: relative;
    display: flex;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
  }
  .hint-pane {
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 10px;
    flex: 1;
    padding: 24px;
    color: var(--ink-faint);
    text-align: center;
  }
  .problem-pane {
    display: grid;
    justify-items: center;
    gap: 10px;
    padding: 40px 24px;
    text-align: center;
  }
  .problem-pane .icon {
    color: var(--bad);
  }
  .problem-pane .button .icon {
    color: inherit;
  }
  @media (max-width: 1100px) {
    .panes {
      grid-template-columns: 280px minmax(0, 1fr);
    }
  }
  @media (max-width: 760px) {
    .panes {
      grid-template-columns: minmax(0, 1fr);
    }
    .panes[data-view='detail'] > .list,
    .panes[data-view='list'] > .detail {
      display: none;
    }
    .strips[data-view='detail'] .strip:not(.calm) {
      display: none;
    }
    .list {
      border-inline-end: 0;
    }
    .needs-keys {
      display: none;
    }
  }
`;
