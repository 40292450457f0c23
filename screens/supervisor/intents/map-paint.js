// @ts-check
// Paints the map of what was said onto a canvas.

import { onScreen } from './map-view.js';

/** @typedef {import('./api.js').ClusterMap} ClusterMap */
/** @typedef {ClusterMap['points'][number]} Point */

/** Letters of a title that is not lit. */
const LABEL = 34;

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {{map: ClusterMap, view: import('./map-view.js').View, size: import('./map-view.js').Size, ratio: number,
 *   ink: string, ground: string, faint: string, font: string, selectedId: string | null, hovered: Point
 *   | null}} scene
 */
export function paint(pen, { map, view, size, ratio, ink, ground, faint, font, selectedId, hovered }) {
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, size.width, size.height);
  const isDark = brightness(ink) > 128;
  const lit = hovered?.proposal ?? selectedId;
  for (const point of map.points) {
    const { x, y } = onScreen(view, point);
    if (x < -8 || y < -8 || x > size.width + 8 || y > size.height + 8) continue;
    pen.globalAlpha = !point.proposal ? 0.4 : lit && lit !== point.proposal ? 0.28 : 0.85;
    pen.fillStyle = point.proposal ? hueOf(map, point.proposal, isDark) : faint;
    pen.beginPath();
    pen.arc(x, y, point === hovered ? 6.5 : point.proposal === selectedId ? 4.5 : 3.6, 0, 7);
    pen.fill();
  }
  pen.globalAlpha = 1;
  if (hovered) {
    const { x, y } = onScreen(view, hovered);
    pen.strokeStyle = ink;
    pen.lineWidth = 1.5;
    pen.beginPath();
    pen.arc(x, y, 8.5, 0, 7);
    pen.stroke();
  }
  label(pen, { map, view, size, ink, ground, font, lit });
}

/**
 * Titles, the largest first, each only where it covers no other.
 * @param {CanvasRenderingContext2D} pen
 * @param {any} scene
 */
function label(pen, { map, view, size, ink, ground, font, lit }) {
  /** @type {{left: number, right: number, top: number, bottom: number}[]} */ const taken = [];
  const order = [...map.proposals].sort((a, b) => Number(b.id === lit) - Number(a.id === lit) || b.turns - a.turns);
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  for (const { id, title: whole, x: px, y: py } of order) {
    const { x, y } = onScreen(view, { x: px, y: py });
    const title = whole.length > LABEL && id !== lit ? `${whole.slice(0, LABEL - 1).trimEnd()}…` : whole;
    pen.font = `${id === lit ? 650 : 550} 12px ${font}`;
    const half = pen.measureText(title).width / 2 + 5;
    const middle = Math.min(Math.max(x, half + 2), size.width - half - 2);
    const box = { left: middle - half, right: middle + half, top: y - 10, bottom: y + 10 };
    if (
      taken.some(
        (other) => box.left < other.right && box.right > other.left && box.top < other.bottom && box.bottom > other.top,
      )
    )
      continue;
    taken.push(box);
    pen.globalAlpha = lit && id !== lit ? 0.5 : 1;
    pen.lineJoin = 'round';
    pen.lineWidth = 4;
    pen.strokeStyle = ground;
    pen.strokeText(title, middle, y);
    pen.fillStyle = ink;
    pen.fillText(title, middle, y);
  }
  pen.globalAlpha = 1;
}

/**
 * A proposal's colour; the golden angle keeps neighbours in the list apart.
 * @param {ClusterMap} map
 * @param {string} id
 * @param {boolean} isDark
 */
export function hueOf(map, id, isDark) {
  const at = map.proposals.findIndex((proposal) => proposal.id === id);
  const hue = Math.round((190 + at * 137.5) % 360);
  return `hsl(${hue} ${isDark ? '52% 64%' : '58% 42%'})`;
}

/** Of a computed colour, "rgb(22, 32, 35)". @param {string} colour */
export const brightness = (colour) => {
  const [red, green, blue] = (colour.match(/[\d.]+/g) ?? ['0', '0', '0']).map(Number);
  return 0.3 * red + 0.59 * green + 0.11 * blue;
};
