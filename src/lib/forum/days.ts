/** `from`–`to` (ISO days, inclusive) as people write them: "30 October 2025", "30–31 October 2025". Day before month in English too. */
export function daysText(from: string, to: string, locale: string): string {
  const format = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const [first, last] = [new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`)];
  if (Number.isNaN(first.valueOf())) return from;
  return from === to || Number.isNaN(last.valueOf()) ? format.format(first) : format.formatRange(first, last);
}
