/** Year, month and day where the document says a real one: what a file's own date is, so that it does not depend on the clock. */
export function dayOf(iso: string): readonly [year: number, month: number, day: number] | null {
  const [, year, month, day] = (/^(\d{4})-(\d\d)-(\d\d)/.exec(iso) ?? []).map(Number);
  if (!year || !month || !day) return null;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? [year, month, day] : null;
}
