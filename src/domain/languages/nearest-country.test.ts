import { describe, expect, test } from 'vitest';
import { COUNTRIES } from '../forum/countries.ts';
import { COUNTRY_ALIASES } from './country-aliases.ts';
import { namesOfCountry } from './country-names.ts';
import { INTERFACE_LANGUAGES } from './language.ts';
import { nearestCountry } from './nearest-country.ts';

describe('the country that somebody meant', () => {
  test.each([
    ['Pakstan', 'PK'],
    ['Turkmenstan', 'TM'],
    ['Turkmeniston', 'TM'],
    ['uzbekstan', 'UZ'],
    ['Тадж.', 'TJ'],
    ['тадж. ', 'TJ'],
    ['پاکستاں', 'PK'],
    ['Pakitsan', 'PK'],
    ['Kazahstann', 'KZ'],
    ['Кыргыстан', 'KG'],
    ['Казакстн', 'KZ'],
    ['Respublika Tojikstan', 'TJ'],
    ['Узб.', 'UZ'],
    ['Mongollia', 'MN'],
    ['ازبکستاں', 'UZ'],
    ['Афганстн', 'AF'],
    ['Lahore, Pakistan', 'PK'],
    ['Кыргызстн (Бишкек)', 'KG'],
    ['Lativa', 'LV'],
    ['Slovokia', 'SK'], // Slovenia is two slips away
  ])('[S57] %s is asked as %s', (typed, code) => expect(nearestCountry(typed)).toBe(code));

  test.each([
    'Atlantis',
    'ЕАЭС',
    'ОБСЕ',
    'OSCE',
    'Тур.',
    'Aus.',
    'K.',
    '.',
    '',
    '—',
    'Press',
    'Бишкек',
    'Ilan',
    'Central Asia',
    'Kazakhstan, Kyrgyzstan',
    'Kazakstn, Kyrgyzstan',
    '__proto__',
  ])('[S57] “%s” is near none, or two', (typed) => expect(nearestCountry(typed)).toBeNull());

  test('[S57] a country is never asked as another', () => {
    for (const typed of [
      'Niger',
      'Nigeria',
      'Iran',
      'Iraq',
      'Австрия',
      'Австралия',
      'Guinea',
      'Mali',
      'Malta',
      'Индия',
    ]) {
      expect([typed, nearestCountry(typed)]).toEqual([typed, null]);
    }
    for (const code of COUNTRIES) {
      const cldr = INTERFACE_LANGUAGES.map((language) =>
        new Intl.DisplayNames([language], { type: 'region' }).of(code)!,
      );
      for (const name of [code, ...cldr, ...namesOfCountry(code), ...(COUNTRY_ALIASES[code]?.split(' · ') ?? [])]) {
        expect([name, nearestCountry(name)]).toEqual([name, null]);
      }
    }
  });

  test('[S57] a megabyte is asked as nothing', () => expect(nearestCountry('а'.repeat(1_000_000))).toBeNull());
});
