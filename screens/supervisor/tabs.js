// @ts-check
// The tabs of the supervisor's page. Each registers itself, in the tab.js of its folder; shell.js imports those and
// draws what is registered.

/**
 * @typedef {object} Page What tabs draw from.
 * @property {import('../kit/desk-store.js').DeskStore} store
 * @property {import('./intents/store.js').IntentsStore} inbox
 *
 * @typedef {object} Tab
 * @property {string} id its address: "#id", and whatever begins with "#id/"
 * @property {string} name
 * @property {import('../kit/icons.js').IconName} icon
 * @property {number} order the smallest stands first, and is shown where the address names no tab
 * @property {boolean} [isFull] it fills the window with panes of its own, instead of being a page that scrolls
 * @property {(page: Page) => unknown} show
 * @property {(page: Page) => unknown} [badge] drawn beside its name
 * @property {(page: Page) => boolean} [tellsTrouble] it says itself, just now, that what is seen may be old
 */

/** @type {Tab[]} In their order. */
export const tabs = [];

/** @param {Tab} tab */
export function registerTab(tab) {
  tabs.push(tab);
  tabs.sort((a, b) => a.order - b.order);
}

/** The tab of an address: "#intents/p17" is a proposal in the tab "intents". @param {string} hash */
export const tabOf = (hash) => tabs.find(({ id }) => id === hash.slice(1).split('/')[0]) ?? tabs[0];
