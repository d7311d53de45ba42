/** Eight hues spread evenly at one lightness and chroma (`--hue` in oklch). People are told apart by initials too, never by colour alone. */
const HUES = 8;
/** Neighbours at a table differ by three eighths of the circle, and no hue comes twice before all came once. */
const STRIDE = 3;

/**
 * The hue of a seat, in degrees, the same on every screen: by its place at the table, so that up to eight people differ;
 * whoever has no place there (a facilitator who dropped in) has one by the seat's id.
 */
export function hueOf(seat: string, table: readonly string[] = []): number {
  const place = table.indexOf(seat);
  return 22 + (((place < 0 ? hashOf(seat) : place) * STRIDE) % HUES) * (360 / HUES);
}

function hashOf(seat: string): number {
  let hash = 0;
  for (const char of seat) hash = (hash * 31 + char.charCodeAt(0)) >>> 0;
  return hash % HUES;
}
