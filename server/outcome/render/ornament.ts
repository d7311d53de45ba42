/**
 * One tile of the woven band, 48 × 24: ikat steps in lapis left and right of a suzani rosette in pomegranate. Drawn for this
 * project; tiles without a seam.
 */
const POMEGRANATE = '#b03a2e';
const LAPIS = '#2f5597';
const SAFFRON = '#dba53a';

export const WOVEN_TILE =
  `<path fill="${LAPIS}" d="M0 0h6v3h3v3h3v3h3v6h-3v3h-3v3h-3v3h-6zM48 0h-6v3h-3v3h-3v3h-3v6h3v3h3v3h3v3h6z"/>` +
  `<path fill="${SAFFRON}" d="M0 9h3v2h3v2h-3v2h-3zM48 9h-3v2h-3v2h3v2h3z"/>` +
  `<path fill="${POMEGRANATE}" d="M24 2l3 5 5-3-1 6 6 2-6 2 1 6-5-3-3 5-3-5-5 3 1-6-6-2 6-2-1-6 5 3z"/>` +
  `<circle cx="24" cy="12" r="3.4" fill="#fbf7ef"/><circle cx="24" cy="12" r="1.7" fill="${LAPIS}"/>`;

/** A band of so many tiles as a picture of its own. */
export const wovenBandSvg = (tiles: number): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${48 * tiles} 24">${Array.from(
    { length: tiles },
    (_, index) => `<g transform="translate(${48 * index})">${WOVEN_TILE}</g>`,
  ).join('')}</svg>`;
