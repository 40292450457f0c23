// @ts-check
// How the desk divides the window: three panes, two, or one.

import { css } from '../kit/vendor/lit.js';

export const deskStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    height: 100dvh;
    background: var(--ground);
    font: 400 var(--text-m) / 1.45 var(--sans);
    color: var(--ink);
  }
  main {
    display: grid;
    grid-template-columns: 272px minmax(0, 1fr) 372px;
    flex: 1;
    min-height: 0;
  }
  main.no-context {
    grid-template-columns: 272px minmax(0, 1fr);
  }
  sb-rail {
    border-inline-end: 1px solid var(--line);
  }
  sb-context {
    border-inline-start: 1px solid var(--line);
    background: var(--surface);
  }
  .no-context sb-context {
    display: none;
  }
  .banner {
    padding: 7px 16px;
    background: var(--warn-soft);
    color: var(--warn);
    text-align: center;
    font-weight: 550;
  }
  @media (max-width: 1180px) {
    main,
    main.no-context {
      grid-template-columns: 250px minmax(0, 1fr);
    }
    sb-context {
      display: none;
    }
    main[data-view='context'] sb-context,
    main.no-context[data-view='context'] sb-context {
      display: flex;
    }
    main[data-view='context'] sb-conversation {
      display: none;
    }
  }
  @media (max-width: 720px) {
    main,
    main.no-context {
      grid-template-columns: minmax(0, 1fr);
    }
    sb-rail {
      border: 0;
    }
    main[data-view='list'] sb-conversation,
    main[data-view='conversation'] sb-rail,
    main[data-view='context'] sb-rail {
      display: none;
    }
  }
`;
