// @ts-check
// Keeps the end of a growing list in sight, unless the reader has scrolled up; then it only says that more came.

/** Closer to the end than this counts as being there. */
const NEAR_PX = 48;

export class StickToEnd {
  /** The reader is at the end. */
  isAtEnd = true;
  /** Something came while the reader was further up. */
  hasNewBelow = false;
  #top = 0;
  #newest = '';
  /** @type {ResizeObserver | undefined} */ #watcher;

  /**
   * @param {import('lit').LitElement} host whose `.scroller` scrolls its first child
   */
  constructor(host) {
    this.host = host;
    host.addController(this);
  }

  get #scroller() {
    return /** @type {HTMLElement | null} */ (this.host.renderRoot?.querySelector('.scroller') ?? null);
  }

  toEnd = () => {
    const scroller = this.#scroller;
    if (!scroller) return;
    scroller.scrollTop = scroller.scrollHeight;
    this.#top = scroller.scrollTop;
    this.isAtEnd = true;
  };

  /** Leave the end on purpose, to show something further up. */
  leave() {
    this.isAtEnd = false;
  }

  /** Tell it the key of the newest row, before the rows are drawn. @param {string} key */
  newest(key) {
    if (key !== this.#newest && !this.isAtEnd) this.hasNewBelow = true;
    this.#newest = key;
  }

  hostUpdated() {
    const scroller = this.#scroller;
    if (scroller && !this.#watcher) {
      // A growing card, a shrinking panel or the keyboard of a phone must not hide the newest row.
      this.#watcher = new ResizeObserver(() => this.isAtEnd && this.toEnd());
      this.#watcher.observe(scroller);
      if (scroller.firstElementChild) this.#watcher.observe(scroller.firstElementChild);
      scroller.addEventListener('scroll', () => this.#scrolled(scroller), { passive: true });
    }
    if (this.isAtEnd) this.toEnd();
  }

  hostDisconnected() {
    this.#watcher?.disconnect();
    this.#watcher = undefined;
  }

  /** @param {HTMLElement} scroller */
  #scrolled(scroller) {
    const { scrollTop, scrollHeight, clientHeight } = scroller;
    const isNear = scrollHeight - scrollTop - clientHeight < NEAR_PX;
    // Only moving up leaves the end: rows that arrive, or a pane that shrinks, scroll nothing up.
    this.isAtEnd = isNear || (this.isAtEnd && scrollTop >= this.#top);
    this.#top = scrollTop;
    if (!this.isAtEnd || !this.hasNewBelow) return;
    this.hasNewBelow = false;
    this.host.requestUpdate();
  }
}
