// @ts-check
// Small values kept in the browser. Private windows and blocked storage behave as if nothing was kept.

/**
 * A named shelf in localStorage or sessionStorage holding JSON values.
 *
 * @param {string} prefix put before every key, so that servers and screens do not meet
 * @param {'local' | 'session'} [where]
 */
export function shelf(prefix, where = 'local') {
  const storage = () => (where === 'local' ? window.localStorage : window.sessionStorage);
  return {
    prefix,
    /** The value kept under `key`, or undefined. @param {string} key @returns {any} */
    get(key) {
      try {
        const text = storage().getItem(prefix + key);
        return text === null ? undefined : JSON.parse(text);
      } catch {
        return undefined;
      }
    },
    /** Keep `value`; undefined or null forgets the key. @param {string} key @param {unknown} value */
    set(key, value) {
      try {
        if (value === undefined || value === null) storage().removeItem(prefix + key);
        else storage().setItem(prefix + key, JSON.stringify(value));
      } catch {
        // Storage is full or refused: the page works on, it only forgets.
      }
    },
  };
}
