// @ts-check
// One proposal: what it is in the middle, figures at the side, what to do at the top.

import { css } from '../../kit/vendor/lit.js';

export const proposalStyles = css`
  :host {
    container-type: inline-size;
    display: flex;
    flex-direction: column;
    flex: 1;
    min-height: 0;
  }
  .actions {
    display: flex;
    align-items: center;
    gap: 6px;
    padding: 9px 20px;
    border-bottom: 1px solid var(--line);
    background: var(--surface);
  }
  .actions kbd {
    border-color: color-mix(in srgb, currentColor 35%, transparent);
    background: transparent;
    color: inherit;
    opacity: 0.8;
  }
  .actions .back {
    display: none;
  }
  .saved {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    min-width: 0;
    font-size: var(--text-s);
    color: var(--ink-faint);
  }
  .saved.failed {
    color: var(--bad);
  }
  .scroll {
    container-type: inline-size;
    flex: 1;
    min-height: 0;
  }
  .columns {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 312px;
    gap: 18px;
    align-items: start;
    max-width: 1240px;
    padding: 18px 20px 90px;
  }
  .middle,
  aside {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
  }
  aside {
    position: sticky;
    top: 18px;
  }
  .top {
    display: grid;
    gap: 3px;
  }
  .top .badges {
    margin-bottom: 3px;
  }
  .badges {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
  }
  .chip.note {
    background: var(--note-soft);
    color: var(--note);
  }
  .unread {
    display: grid;
    justify-items: center;
    gap: 10px;
    padding: 40px 24px;
    text-align: center;
  }
  .unread .icon {
    color: var(--bad);
  }
  .unread .button .icon {
    color: inherit;
  }
  .title {
    width: 100%;
    margin-inline: -9px;
    padding: 2px 8px;
    border: 1px solid transparent;
    border-radius: var(--radius-m);
    background: transparent;
    resize: none;
    field-sizing: content;
    overflow-wrap: anywhere;
    line-height: 1.3;
    font-size: 22px;
    font-weight: 650;
    letter-spacing: -0.015em;
  }
  .about {
    width: 100%;
    margin-inline: -9px;
    padding: 4px 8px;
    border: 1px solid transparent;
    border-radius: var(--radius-m);
    background: transparent;
    line-height: 1.45;
    color: var(--ink-soft);
    resize: none;
    field-sizing: content;
  }
  .title:hover:not(:read-only),
  .about:hover:not(:read-only) {
    border-color: var(--line-strong);
  }
  .title:focus-visible,
  .about:focus-visible {
    border-color: transparent;
    outline-offset: -1px;
    background: var(--surface);
  }
  .facts {
    margin-top: 3px;
    display: flex;
    flex-wrap: wrap;
    gap: 3px 14px;
    color: var(--ink-soft);
  }
  .facts b {
    font-weight: 650;
    color: var(--ink);
  }
  .card {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 10px;
    padding: 14px 16px 16px;
    border: 1px solid var(--line);
    border-radius: var(--radius-l);
    background: var(--surface);
  }
  .card > header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }
  h3 {
    font-size: 14px;
    font-weight: 650;
  }
  .card > header h3 {
    margin-inline-end: auto;
  }
  .flag {
    display: flex;
    gap: 8px;
    color: var(--warn);
  }
  .figures {
    display: grid;
    gap: 9px;
  }
  .figures div {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 3px 8px;
  }
  .figures dt {
    color: var(--ink-soft);
  }
  .figures dd {
    font-weight: 600;
  }
  .figures .bar {
    line-height: 0.6;
    grid-column: 1 / -1;
  }
  .near {
    display: grid;
    gap: 11px;
  }
  .near li {
    display: grid;
    gap: 3px;
  }
  .near a {
    font-weight: 550;
    text-decoration: none;
  }
  .near a:hover {
    text-decoration: underline;
  }
  .past {
    display: grid;
    gap: 8px;
    font-size: var(--text-s);
    color: var(--ink-soft);
  }
  @container (max-width: 640px) {
    .actions kbd {
      display: none;
    }
    /* All five decisions in sight, a sign above each word. */
    .decide {
      position: relative;
      gap: 0;
      padding-inline: 4px;
    }
    .decide .grow {
      display: none;
    }
    .decide .button {
      flex: 1 1 0;
      flex-direction: column;
      gap: 2px;
      min-width: 0;
      min-height: 46px;
      padding: 0 2px;
      font-size: var(--text-s);
    }
    .decide .button:not(.primary) {
      border-color: transparent;
      background: transparent;
    }
    .decide .saved:not(.failed) {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .decide .saved.failed {
      position: absolute;
      inset: 100% 0 auto;
      z-index: 1;
      padding: 7px 12px;
      background: var(--bad-soft);
      white-space: normal;
    }
  }
  @container (max-width: 860px) {
    .columns {
      grid-template-columns: minmax(0, 1fr);
      padding-inline: 16px;
    }
    aside {
      position: static;
    }
  }
  @media (max-width: 760px) {
    .actions {
      order: 2;
      gap: 5px;
      padding: 8px 10px calc(8px + env(safe-area-inset-bottom, 0px));
      border-top: 1px solid var(--line);
      border-bottom: 0;
    }
    .actions .back {
      display: inline-grid;
    }
    .decide .saved.failed {
      inset: auto 0 100%;
    }
    .columns {
      padding: 14px 12px 24px;
    }
    .card {
      padding-inline: 12px;
    }
  }
`;
