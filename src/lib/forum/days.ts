/** Day before month in English too: an international forum, not an American one. */
const ordered = (locale: string): string => (locale === 'en' ? 'en-GB' : locale);

/** `from`–`to` (ISO days, inclusive) as people write them: "30 October 2025", "30–31 October 2025". */
export function daysText(from: string, to: string, locale: string): string {
  const day = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  const format = new Intl.DateTimeFormat(ordered(locale), day);
  const [first, last] = [new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`)];
  if (Number.isNaN(first.valueOf())) return from;
  return from === to || Number.isNaN(last.valueOf()) ? format.format(first) : format.formatRange(first, last);
}

/** Epoch milliseconds as day and time in the reader's own zone. */
export const momentText = (at: number, locale: string): string =>
  new Intl.DateTimeFormat(ordered(locale), { dateStyle: 'medium', timeStyle: 'short' }).format(at);

/** The time of day alone. */
export const timeText = (at: number, locale: string): string =>
  new Intl.DateTimeFormat(ordered(locale), { timeStyle: 'short' }).format(at);

/** Epoch milliseconds as a day in the reader's own zone. */
export const dayText = (at: number, locale: string): string =>
  new Intl.DateTimeFormat(ordered(locale), { dateStyle: 'medium' }).format(at);
