import { COUNTRIES, isCountry } from '#domain/forum/countries.ts';

/**
 * Where the language data of browsers has another name than the country itself uses (the whole table, for documents in any language,
 * is `domain/languages/country-names.ts`; the interface speaks two).
 */
const OWN_WORDING: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  en: { KR: 'Republic of Korea', PS: 'Palestine', US: 'United States of America' },
  ru: { AE: 'Объединённые Арабские Эмираты', KG: 'Кыргызстан', PS: 'Палестина', US: 'США' },
};

/** The name of an ISO 3166-1 alpha-2 country in a language of the interface; what is not a code comes back as it is. */
export function countryName(code: string, locale: string): string {
  return isCountry(code) ? nameIn(locale)(code) : code;
}

/** All countries by name, in the alphabet of the language. */
export function countriesByName(locale: string): { code: string; name: string }[] {
  const name = nameIn(locale);
  const order = new Intl.Collator(locale);
  return COUNTRIES.map((code) => ({ code, name: name(code) })).sort((a, b) => order.compare(a.name, b.name));
}

function nameIn(locale: string): (code: string) => string {
  const own = OWN_WORDING[locale] ?? {};
  const names = new Intl.DisplayNames([locale, 'en'], { type: 'region', fallback: 'code' });
  return (code) => own[code] ?? names.of(code) ?? code;
}
