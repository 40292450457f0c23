// @ts-check
// How the left rail looks.

import { css } from '../../kit/vendor/lit.js';

export const railStyles = css`
  .on-call {
    color: var(--accent);
    font-weight: 600;
  }
  :host {
    display: flex;
    min-height: 0;
  }
  nav {
    flex: 1;
    padding: 12px 8px 20px;
  }
  section + section {
    margin-top: 18px;
  }
  h2 {
    display: flex;
    gap: 6px;
    padding: 0 8px 5px;
  }
  h2 .num {
    color: var(--ink-soft);
  }
  .item {
    position: relative;
    display: grid;
    gap: 3px;
    width: 100%;
    padding: 8px 10px 8px 12px;
    border: 0;
    border-radius: var(--radius-m);
    background: none;
    text-align: start;
    font-size: var(--text-m);
    line-height: 1.35;
  }
  .item:hover {
    background: var(--hover);
  }
  .item[aria-current='true'] {
    background: var(--accent-soft);
  }
  .item[aria-current='true']::before {
    content: '';
    position: absolute;
    inset: 8px auto 8px 0;
    width: 3px;
    border-radius: 2px;
    background: var(--accent);
  }
  .head {
    display: flex;
    align-items: center;
    gap: 6px;
    min-width: 0;
    color: var(--ink-faint);
  }
  .head b {
    color: var(--ink);
    font-weight: 550;
  }
  .unread .head b {
    font-weight: 700;
  }
  .verified {
    color: var(--good);
  }
  .away {
    font-size: var(--text-xs);
  }
  .time {
    font-size: var(--text-s);
    color: var(--ink-faint);
  }
  .time.warn {
    color: var(--warn);
    font-weight: 600;
  }
  .time.bad {
    color: var(--bad);
    font-weight: 600;
  }
  .preview {
    display: block;
    color: var(--ink-soft);
  }
  .unread .preview {
    color: var(--ink);
  }
  em {
    color: var(--accent);
    font-style: normal;
  }
  .tags {
    display: flex;
    align-items: center;
    gap: 5px;
    min-height: 20px;
    font-size: var(--text-s);
  }
  .waiting {
    position: relative;
  }
  .take {
    position: absolute;
    inset: auto 8px 7px auto;
    opacity: 0;
  }
  .waiting:hover .take,
  .waiting:focus-within .take {
    opacity: 1;
  }
  .callback {
    display: grid;
    gap: 3px;
    padding: 8px 10px;
    border-radius: var(--radius-m);
  }
  .callback:hover {
    background: var(--hover);
  }
  .callback .name {
    display: flex;
    align-items: center;
    gap: 6px;
    color: var(--ink-faint);
  }
  .callback b {
    color: var(--ink);
    font-weight: 550;
  }
  .actions {
    display: flex;
    align-items: center;
    gap: 6px;
    margin-top: 2px;
  }
  .empty {
    padding: 2px 8px;
    font-size: var(--text-s);
    color: var(--ink-faint);
  }
  .skeleton {
    display: grid;
    gap: 8px;
    padding: 2px 8px;
  }
  .skeleton i {
    height: 52px;
    border-radius: var(--radius-m);
    background: var(--sunken);
    animation: pulse 1.3s infinite alternate;
  }
  @keyframes pulse {
    to {
      opacity: 0.45;
    }
  }
  @media (hover: none) {
    .take {
      opacity: 1;
    }
  }
`;
