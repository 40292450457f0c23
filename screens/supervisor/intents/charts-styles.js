// @ts-check
// How the small plots look.

import { css } from '../../kit/vendor/lit.js';

export const chartStyles = css`
  .bars {
    display: block;
    max-width: 100%;
    overflow: visible;
  }
  .bars.whole {
    width: 100%;
  }
  .scale {
    display: flex;
    justify-content: space-between;
    margin-top: 3px;
    font-size: var(--text-xs);
  }
  .share-bar {
    position: relative;
    display: inline-block;
    width: 100%;
    height: 6px;
    border-radius: 3px;
    background: var(--sunken);
    vertical-align: middle;
  }
  .share-bar i {
    position: absolute;
    inset: 0 auto 0 0;
    border-radius: 3px;
  }
  .share-bar u {
    position: absolute;
    inset-block: 2px;
    height: 2px;
    background: var(--ink);
    opacity: 0.55;
    text-decoration: none;
  }
`;
