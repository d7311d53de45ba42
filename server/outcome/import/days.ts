import type { Language } from '#domain/languages/language.ts';

/** Days as people write them: "30 October 2025", "October 28–30, 2025", "28 октября – 1 ноября 2025 года", "2025-10-30", "30.10.2025". */
export function daysIn(text: string, languages: readonly Language[]): { from: string; to: string } | null {
  const months = monthNames(languages);
  const month = `(?:${[...months.keys()].map((name) => name.replace('.', '\\.')).join('|')})`;
  const DASH = String.raw`\s*(?:[–—-]|to|and|по|и)\s*`;
  const of = (name: string | undefined) => months.get(name?.toLowerCase() ?? '') ?? 0;
  const patterns: [string, (m: string[]) => [number, number, number, number, number]][] = [
    [
      String.raw`(\d{1,2})\s+(${month})${DASH}(\d{1,2})\s+(${month}),?\s+(\d{4})`,
      ([, a, b, c, d, y]) => [+y!, of(b), +a!, of(d), +c!],
    ],
    [String.raw`(\d{1,2})${DASH}(\d{1,2})\s+(${month}),?\s+(\d{4})`, ([, a, b, m, y]) => [+y!, of(m), +a!, of(m), +b!]],
    [
      String.raw`(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(${month}),?\s+(\d{4})`,
      ([, a, m, y]) => [+y!, of(m), +a!, of(m), +a!],
    ],
    [String.raw`(${month})\s+(\d{1,2})${DASH}(\d{1,2}),?\s+(\d{4})`, ([, m, a, b, y]) => [+y!, of(m), +a!, of(m), +b!]],
    [String.raw`(${month})\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})`, ([, m, a, y]) => [+y!, of(m), +a!, of(m), +a!]],
    [String.raw`(\d{4})-(\d{2})-(\d{2})`, ([, y, m, a]) => [+y!, +m!, +a!, +m!, +a!]],
    [String.raw`(\d{1,2})\.(\d{1,2})\.(\d{4})`, ([, a, m, y]) => [+y!, +m!, +a!, +m!, +a!]],
  ];
  for (const [pattern, read] of patterns) {
    const match = new RegExp(String.raw`(?<![\p{L}\d])${pattern}(?!\d)`, 'iu').exec(text);
    if (!match) continue;
    const [year, month1, day1, month2, day2] = read([...match]);
    const from = isoDay(year, month1, day1);
    const to = isoDay(year, month2, day2);
    if (from && to && from <= to) return { from, to };
  }
  return null;
}

function isoDay(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.toISOString().slice(0, 10) : null;
}

/** Both "октябрь" and "октября": a language has its own form of a month behind a day. */
function monthNames(languages: readonly Language[]): Map<string, number> {
  const names = new Map<string, number>();
  for (const language of languages) {
    const alone = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' });
    const withDay = new Intl.DateTimeFormat(language, { month: 'long', day: 'numeric', timeZone: 'UTC' });
    const short = new Intl.DateTimeFormat(language, { month: 'short', timeZone: 'UTC' });
    for (let month = 1; month <= 12; month += 1) {
      const date = new Date(Date.UTC(2025, month - 1, 15));
      const inflected = withDay.formatToParts(date).find(({ type }) => type === 'month')?.value;
      for (const name of [alone.format(date), inflected, short.format(date)]) {
        if (name && /\p{L}/u.test(name)) names.set(name.toLowerCase(), month);
      }
    }
  }
  // Longest first, so that "mar" never hides "march".
  return new Map([...names].sort(([a], [b]) => b.length - a.length));
}
