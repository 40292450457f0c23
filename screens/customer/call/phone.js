// @ts-check
// On a phone the panel is the screen: it follows the visible part above the on-screen keyboard, the page behind stays
// put.

const phone = window.matchMedia('(max-width: 520px), (max-height: 480px) and (pointer: coarse)');

export const isPhone = () => phone.matches;

/**
 * Keep `--chat-height` and `--chat-top` of `element` at the visible viewport while the panel is open.
 *
 * @param {HTMLElement} element
 * @returns {() => void} ends it and gives the page its scrolling back
 */
export function followViewport(element) {
  const view = window.visualViewport;
  const root = document.documentElement;
  const overflow = root.style.overflow;
  const measure = () => {
    element.style.setProperty('--chat-height', `${view?.height ?? window.innerHeight}px`);
    element.style.setProperty('--chat-top', `${view?.offsetTop ?? 0}px`);
    root.style.overflow = isPhone() ? 'hidden' : overflow;
  };
  measure();
  view?.addEventListener('resize', measure);
  view?.addEventListener('scroll', measure);
  return () => {
    view?.removeEventListener('resize', measure);
    view?.removeEventListener('scroll', measure);
    root.style.overflow = overflow;
  };
}
