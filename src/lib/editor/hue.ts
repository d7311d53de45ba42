/** Eight hues spread evenly at one lightness and chroma (`--hue` in oklch). People are told apart by initials too, never by colour alone. */
const HUES = 8;

/** A seat has the same hue on every screen. Degrees. */
export function hueOf(seat: string): number {
  let hash = 0;
  for (const char of seat) hash = (hash * 31 + char.charCodeAt(0)) >>> 0;
  return 22 + (hash % HUES) * (360 / HUES);
}
