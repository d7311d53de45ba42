import { COUNTRIES } from '#domain/forum/countries.ts';

/** The name of an ISO 3166-1 alpha-2 country in a language; what is not a code comes back as it is. */
export function countryName(code: string, locale: string): string {
  if (!isCode(code)) return code;
  return new Intl.DisplayNames([locale, 'en'], { type: 'region', fallback: 'code' }).of(code) ?? code;
}

/** All countries by name, in the alphabet of the language. */
export function countriesByName(locale: string): { code: string; name: string }[] {
  const names = new Intl.DisplayNames([locale, 'en'], { type: 'region', fallback: 'code' });
  const order = new Intl.Collator(locale);
  return COUNTRIES.map((code) => ({ code, name: names.of(code) ?? code })).sort((a, b) =>
    order.compare(a.name, b.name),
  );
}

/** The code for what somebody typed: a code, or a name in the page's language or in English. Otherwise what was typed. */
export function countryTyped(typed: string, locale: string): string {
  const wanted = typed.trim();
  if (!wanted || isCode(wanted.toUpperCase())) return wanted.toUpperCase();
  const { compare } = comparing(locale);
  for (const language of new Set([locale, 'en'])) {
    const found = namesIn(language).find(({ name }) => compare(name, wanted) === 0);
    if (found) return found.code;
  }
  return wanted;
}

/** A form may name a thousand people's countries: names and their order are made once a language of the interface. */
const namesIn = once(countriesByName);
const comparing = once((locale: string) => new Intl.Collator(locale, { sensitivity: 'base' }));

function once<Value>(make: (locale: string) => Value): (locale: string) => Value {
  const made = new Map<string, Value>();
  return (locale) => {
    const known = made.get(locale) ?? make(locale);
    made.set(locale, known);
    return known;
  };
}

const CODES: ReadonlySet<string> = new Set(COUNTRIES);
const isCode = (text: string): boolean => CODES.has(text);
