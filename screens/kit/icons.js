// @ts-check
// The icon set: 20 by 20, drawn with one 1.6 px line in the colour of the text around.

import { html, svg } from './vendor/lit.js';

const paths = {
  accept: svg`<path d="M4.5 10.6 8.3 14.4 15.8 6.2"/>`,
  agent: svg`<path d="M10 3.2c.6 3.9 2.6 5.9 6.6 6.6-4 .7-6 2.7-6.6 6.7-.6-4-2.6-6-6.6-6.7 4-.7 6-2.7 6.6-6.6Z"/>`,
  alert: svg`<path d="M10 3.4 17.5 16.2H2.5Z"/><path d="M10 8.3v3.6"/><path d="M10 14h.01"/>`,
  archive: svg`<path d="M3 5.5h14v3H3z"/><path d="M4.3 8.5v8h11.4v-8"/><path d="M8.2 11.5h3.6"/>`,
  back: svg`<path d="M11.8 4.8 6.6 10l5.2 5.2"/>`,
  bars: svg`<path d="M4.5 15v-3M10 15V8.5M15.5 15V5" stroke-width="2.2"/>`,
  bell: svg`<path d="M5.2 13.8V9a4.8 4.8 0 0 1 9.6 0v4.8l1.4 1.2H3.8Z"/><path d="M8.3 17.2c1 .9 2.4.9 3.4 0"/>`,
  bellOff: svg`<path d="M7.1 4.9A4.8 4.8 0 0 1 14.8 9v3.2M5.2 8.4v5.4L3.8 15h11.4"/>
    <path d="M8.3 17.2c1 .9 2.4.9 3.4 0"/>
    <path d="m3.2 3.2 13.6 13.6"/>`,
  book: svg`<path d="M4 4.3c2.3-.9 4.3-.7 6 .6v11.3c-1.7-1.2-3.7-1.4-6-.6Z"/>
    <path d="M16 4.3c-2.3-.9-4.3-.7-6 .6v11.3c1.7-1.2 3.7-1.4 6-.6Z"/>`,
  chat: svg`<path d="M3.2 9.6c0-3.4 3-6 6.8-6s6.8 2.6 6.8 6-3 6-6.8 6c-.9
      0-1.7-.1-2.5-.4L4 16.6l.9-3C3.8 12.6 3.2 11.2 3.2 9.6Z"/>`,
  captions: svg`<path d="M3 4.8h14v10.4H3Z"/><path d="M9 8.7a2 2 0 1 0 0 2.6M14.4 8.7a2 2 0 1 0 0 2.6"/>`,
  check: svg`<path d="M4.5 10.6 8.3 14.4 15.8 6.2"/>`,
  checks: svg`<path d="m2.2 10.8 3.4 3.4 7-7.6"/><path d="m8.9 13.4.9.8 7.6-7.6"/>`,
  chevron: svg`<path d="m6 8 4 4 4-4"/>`,
  circle: svg`<circle cx="10" cy="10" r="5.5"/>`,
  clock: svg`<circle cx="10" cy="10" r="6.8"/><path d="M10 6.3V10l2.6 1.7"/>`,
  close: svg`<path d="m5.2 5.2 9.6 9.6M14.8 5.2l-9.6 9.6"/>`,
  download: svg`<path d="M10 3.5v8.6M6.5 8.9 10 12.4l3.5-3.5"/><path d="M3.8 16.2h12.4"/>`,
  end: svg`<path d="M3.3 11.9c4-3.6 9.4-3.6 13.4 0l-1.5 2.4-3-1.2v-2.2M7.8 10.9v2.2l-3 1.2-1.5-2.4"/>`,
  filter: svg`<path d="M3.5 5.5h13M6 10h8M8.5 14.5h3"/>`,
  ear: svg`<path d="M6 8.2a4 4 0 1 1 7.4 2.1c-.9 1.5-2.2 2-2.2 3.9a2.3 2.3 0 0 1-4.4.8"/>
    <path d="M8.3 8.3a1.8 1.8 0 1 1 2.6 1.6"/>`,
  handBack: svg`<path d="M7.4 4.8 3.6 8.6l3.8 3.8"/><path d="M3.9 8.6h7.3c3.2 0 5.2 1.8 5.2 4.7v1.9"/>`,
  help: svg`<circle cx="10" cy="10" r="6.8"/>
    <path d="M8 8.2c.1-1.2.9-1.9 2-1.9s2 .7 2 1.8c0 1.5-2 1.7-2 3.2"/>
    <path d="M10 13.8h.01"/>`,
  inbox: svg`<path d="m3.4 11 2-6.6h9.2l2 6.6v4.9H3.4Z"/>
    <path d="M3.4 11h3.9c.3 1.5 1.2 2.2 2.7 2.2s2.4-.7 2.7-2.2h3.9"/>`,
  info: svg`<circle cx="10" cy="10" r="6.8"/><path d="M10 9.2v4.3M10 6.6h.01"/>`,
  hold: svg`<path d="M7.5 5v10M12.5 5v10" stroke-width="2"/>`,
  key: svg`<circle cx="6.8" cy="12.9" r="3.2"/><path d="m9.2 10.7 6.6-6.6M12.9 7l2.1 2.1"/>`,
  hangUp: svg`<path d="M2.9 12.6c-.5-1.3-.1-2.2.9-2.9 3.7-2.5 8.7-2.5 12.4 0 1 .7 1.4 1.6.9
      2.9l-.4.9-3.4-.8v-1.9c-2.1-.7-4.5-.7-6.6 0v1.9l-3.4.8Z"/>`,
  leave: svg`<path d="M8.2 3.8H4.3v12.4h3.9"/><path d="M8.3 10h8.2M13.3 6.8l3.2 3.2-3.2 3.2"/>`,
  keypad: svg`<path d="M5.5 5h.01M10 5h.01M14.5 5h.01M5.5 9.5h.01M10 9.5h.01M14.5
      9.5h.01M5.5 14h.01M10 14h.01M14.5 14h.01" stroke-width="2.6"/>`,
  lock: svg`<path d="M4.8 9.2h10.4v7H4.8Z"/><path d="M7 9.2V6.7a3 3 0 0 1 6 0v2.5"/>`,
  map: svg`<circle cx="6.2" cy="7" r="2.6"/>
    <circle cx="13.8" cy="12.6" r="3.2"/>
    <path d="M13.2 4.6h.01M16 6.2h.01M5.2 13.2h.01M7.4 15.6h.01M4 16h.01" stroke-width="2"/>`,
  menu: svg`<path d="M10 5h.01M10 10h.01M10 15h.01" stroke-width="2.4"/>`,
  merge: svg`<path d="M4 5.2c4 0 4.2 4.8 7 4.8M4 14.8c4 0 4.2-4.8 7-4.8h5M13.4 7.4 16 10l-2.6 2.6"/>`,
  mic: svg`<path d="M10 3.2a2.4 2.4 0 0 0-2.4 2.4v4a2.4 2.4 0 0 0 4.8 0v-4A2.4 2.4 0 0 0 10 3.2Z"/>
    <path d="M5 9.4a5 5 0 0 0 10 0M10 14.4v2.6"/>`,
  micOff: svg`<path d="M12.4 8.6v-3a2.4 2.4 0 0 0-4.6-.9M7.6 7.9v1.7a2.4 2.4 0 0 0 3.6 2.1"/>
    <path d="M5 9.4a5 5 0 0 0 7.9 4.1M15 9.4a5 5 0 0 1-.6 2.4M10 14.4v2.6"/>
    <path d="m3.2 3.2 13.6 13.6"/>`,
  minus: svg`<path d="M4.8 10h10.4"/>`,
  moon: svg`<path d="M15.8 12.2A6.4 6.4 0 0 1 7.8 4.2a6.4 6.4 0 1 0 8 8Z"/>`,
  note: svg`<path d="m11.9 4.6 3.5 3.5-7.5 7.5-4.2.7.7-4.2Z"/><path d="m10 6.5 3.5 3.5"/>`,
  pause: svg`<path d="M7.2 5v10M12.8 5v10"/>`,
  people: svg`<circle cx="7.6" cy="7" r="2.8"/>
    <path d="M2.7 16.2c.2-3.2 2-5 4.9-5s4.7 1.8 4.9 5"/>
    <path d="M12.6 4.5a2.7 2.7 0 0 1 0 5M14.2 11.6c1.9.6 3 2.2 3.1 4.6"/>`,
  person: svg`<circle cx="10" cy="6.8" r="3.2"/><path d="M4 16.7c.3-3.6 2.5-5.6 6-5.6s5.7 2 6 5.6"/>`,
  phone: svg`<path d="M6.8 3.5 4.3 4.3c-.7 6.5 4.9 12.1 11.4
      11.4l.8-2.5-3.5-2-1.7 1.4c-1.7-.8-3.1-2.2-3.9-3.9l1.4-1.7Z"/>`,
  play: svg`<path d="M6.5 4.5 15 10l-8.5 5.5Z"/>`,
  plus: svg`<path d="M10 4.5v11M4.5 10h11"/>`,
  phoneRing: svg`<path d="M6.8 5.5 4.3 6.3c-.6 5.3 3.9 9.9 9.4
      9.4l.8-2.5-2.8-1.6-1.5 1.2c-1.2-.6-2.4-1.8-3-3l1.2-1.5Z"/>
    <path d="M11.5 3.2a5.3 5.3 0 0 1 5.3 5.3M11.5 6a2.5 2.5 0 0 1 2.5 2.5"/>`,
  queue: svg`<path d="M3.5 5.5h7M3.5 10h5M3.5 14.5h5"/><path d="M14 4.5v10.2M11 11.8l3 3 3-3"/>`,
  record: svg`<path d="M3 4.8h14v10.4H3Z"/>
    <circle cx="7.3" cy="9" r="1.5"/>
    <path d="M4.9 13c.4-1.2 1.2-1.8 2.4-1.8s2 .6 2.4 1.8M12 8.5h2.7M12 11.3h2.7"/>`,
  retry: svg`<path d="M15.9 8.3A6.2 6.2 0 1 0 16 12.6"/><path d="M16.3 4.4v4h-4"/>`,
  search: svg`<circle cx="8.8" cy="8.8" r="5"/><path d="m12.6 12.6 4 4"/>`,
  send: svg`<path d="M3.6 10 16.6 4l-3.5 12.3-3.8-4.7Z"/><path d="M9.3 11.6 16.6 4"/>`,
  shield: svg`<path d="M10 3.2 15.7 5v4.7c0 3.4-2.1 5.8-5.7 7.1-3.6-1.3-5.7-3.7-5.7-7.1V5Z"/>
    <path d="m7.5 9.9 1.9 1.9 3.3-3.6"/>`,
  sliders: svg`<path d="M3.5 6.2h7.2M14.7 6.2h1.8M3.5 13.8h1.8M9.3 13.8h7.2"/>
    <circle cx="12.7" cy="6.2" r="2"/>
    <circle cx="7.3" cy="13.8" r="2"/>`,
  sort: svg`<path d="M6.6 15.5v-11M3.8 7.2l2.8-2.8 2.8 2.8M13.4 4.5v11M10.6 12.8l2.8 2.8 2.8-2.8"/>`,
  sound: svg`<path d="M3.3 8v4h2.6l3.6 3V5L5.9 8Z"/>
    <path d="M12.4 7.7c1.2 1.4 1.2 3.2 0 4.6M14.7 5.6c2.3 2.6 2.3 6.2 0 8.8"/>`,
  soundOff: svg`<path d="M3.3 8v4h2.6l3.6 3V5L5.9 8Z"/><path d="m12.7 8 4 4M16.7 8l-4 4"/>`,
  source: svg`<path d="M5 3.5h6.8L15 6.7v9.8H5Z"/><path d="M11.6 3.5v3.4H15M7.6 10h4.8M7.6 12.8h4.8"/>`,
  split: svg`<path d="M10 15.8v-3c0-4.2-6-4.2-6-8.3"/>
    <path d="M10 12.8c0-4.2 6-4.2 6-8.3"/>
    <path d="M2 6.6 4 4.5l2 2.1M14 6.6l2-2.1 2 2.1"/>`,
  sun: svg`<circle cx="10" cy="10" r="3.1"/>
    <path d="M10 2.8v1.5M10 15.7v1.5M2.8 10h1.5M15.7 10h1.5M4.9 4.9 6 6M14 14l1.1 1.1M15.1 4.9 14 6M6 14l-1.1 1.1"/>`,
  system: svg`<circle cx="10" cy="10" r="6.5"/><path d="M10 3.5v13a6.5 6.5 0 0 0 0-13Z" fill="currentColor"/>`,
  tool: svg`<path d="M16.2 6.5a3.9 3.9 0 0 1-5.2 4.8l-5.2 5.2-2.3-2.3 5.2-5.2a3.9
      3.9 0 0 1 4.8-5.2l-2.3 2.3.3 1.8 1.9.4Z"/>`,
  transfer: svg`<path d="M3.5 7.2h11.8M12.3 4l3.2 3.2-3.2 3.2M16.5 13H4.7M7.7 9.8 4.5 13l3.2 3.2"/>`,
};

/** @typedef {keyof typeof paths} IconName */

/**
 * One icon; hidden from screen readers, since the words beside it or the button's label say what it means.
 *
 * @param {IconName} name
 * @param {number} [size] in pixels
 */
export const icon = (name, size = 18) =>
  html`<svg
    class="icon"
    viewBox="0 0 20 20"
    width=${size}
    height=${size}
    fill="none"
    stroke="currentColor"
    stroke-width="1.6"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
    focusable="false"
  >
    ${paths[name]}
  </svg>`;

/** The mark: a patch cord joining two jacks. */
export const mark = (size = 22) =>
  html`<svg
    class="mark"
    viewBox="0 0 24 24"
    width=${size}
    height=${size}
    fill="none"
    stroke="currentColor"
    stroke-width="2"
    stroke-linecap="round"
    aria-hidden="true"
    focusable="false"
  >
    <circle cx="6" cy="6" r="3.2" />
    <circle cx="18" cy="6" r="3.2" opacity=".38" />
    <circle cx="18" cy="18" r="3.2" />
    <circle cx="6" cy="18" r="3.2" opacity=".38" />
    <path d="M6 6c0 9 12 3 12 12" />
  </svg>`;
