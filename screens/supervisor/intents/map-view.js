// @ts-check
// Where the map's points stand on the screen: fit, zoom, pan, and which point is under the pointer. Pure sums.

/** @typedef {{width: number, height: number}} Size in pixels */
/** @typedef {{scale: number, x: number, y: number}} View pixels per unit of the map, and where its corner stands */
/** @typedef {{x: number, y: number}} Place */

const MARGIN_PX = 46;
const MOST_ZOOM = 40;

/** Everything in sight. @param {Place[]} places @param {Size} size @returns {View} */
export function fit(places, { width, height }) {
  if (!places.length) return { scale: Math.min(width, height), x: 0, y: 0 };
  const xs = places.map(({ x }) => x);
  const ys = places.map(({ y }) => y);
  const [left, right, top, bottom] = [least(xs), most(xs), least(ys), most(ys)];
  const across = Math.max(right - left, 0.02);
  const down = Math.max(bottom - top, 0.02);
  const scale = Math.min(Math.max(1, width - 2 * MARGIN_PX) / across, Math.max(1, height - 2 * MARGIN_PX) / down);
  return { scale, x: width / 2 - ((left + right) / 2) * scale, y: height / 2 - ((top + bottom) / 2) * scale };
}

/**
 * Nearer or farther by `factor`, with the place under `at` standing still.
 * @param {View} view
 * @param {Place} at in pixels
 * @param {number} factor
 * @param {number} fitted the scale at which all is in sight
 * @returns {View}
 */
export function zoom(view, at, factor, fitted) {
  const scale = Math.min(Math.max(view.scale * factor, fitted * 0.5), fitted * MOST_ZOOM);
  const by = scale / view.scale;
  return { scale, x: at.x - (at.x - view.x) * by, y: at.y - (at.y - view.y) * by };
}

/** @param {View} view @param {Place} place @returns {Place} in pixels */
export const onScreen = ({ scale, x, y }, place) => ({ x: place.x * scale + x, y: place.y * scale + y });

/**
 * The point nearest to the pointer, at most `reach` pixels away, or null.
 *
 * @template {Place} T
 * @param {View} view
 * @param {T[]} points
 * @param {Place} at
 * @param {number} [reach]
 * @returns {T | null}
 */
export function under(view, points, at, reach = 14) {
  let best = null;
  let nearest = reach * reach;
  for (const point of points) {
    const { x, y } = onScreen(view, point);
    const away = (x - at.x) ** 2 + (y - at.y) ** 2;
    if (away < nearest) [best, nearest] = [point, away];
  }
  return best;
}

/** The two places nearest to `of`. @template {Place} T @param {T} of @param {T[]} places */
export const neighbours = (of, places) =>
  places
    .filter((place) => place !== of)
    .sort((a, b) => (a.x - of.x) ** 2 + (a.y - of.y) ** 2 - ((b.x - of.x) ** 2 + (b.y - of.y) ** 2))
    .slice(0, 2);

/** @param {number[]} values */
const least = (values) => values.reduce((a, b) => Math.min(a, b));
/** @param {number[]} values */
const most = (values) => values.reduce((a, b) => Math.max(a, b));
