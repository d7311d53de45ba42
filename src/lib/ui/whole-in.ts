export interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** The allowed whole number that is nearest to what stands in a field; null: no number stands in it. */
export function wholeIn(text: string, { least, most }: Bounds): number | null {
  const written = text.trim();
  const number = Number(written.replace(',', '.'));
  return written === '' || Number.isNaN(number) ? null : Math.min(most, Math.max(least, Math.round(number)));
}
