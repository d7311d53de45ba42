import { expect, test } from 'vitest';
import { COUNTRIES } from '#domain/forum/countries.ts';
import { nameOfCountry } from '#domain/languages/country-names.ts';
import { countryOf } from '#domain/languages/country-of.ts';
import { LOCALES } from '#lib/i18n/locales.ts';
import { countriesByName, countryName } from './country-names.ts';

test.each(Object.keys(LOCALES))('[S55] the interface in %s calls each country what the document calls it', (locale) => {
  for (const code of COUNTRIES) {
    const own = nameOfCountry(code, locale);
    if (own !== undefined) expect([code, countryName(code, locale)]).toEqual([code, own]);
  }
});

test.each(Object.keys(LOCALES))('[S54] every name that the list offers in %s is understood', (locale) => {
  for (const { code, name } of countriesByName(locale)) expect([name, countryOf(name)]).toEqual([name, code]);
});

test('[S54] what somebody wrote instead of a country is shown as it is', () => {
  expect(countryName('Земля', 'ru')).toBe('Земля');
  expect(countryName('de', 'en')).toBe('de');
});
