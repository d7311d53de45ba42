import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { COUNTRIES } from '../forum/countries.ts';
import { nameOfCountry, namesOfCountry } from './country-names.ts';
import { countryOf } from './country-of.ts';
import { INTERFACE_LANGUAGES } from './language.ts';

const REGION = ['KZ', 'KG', 'TJ', 'TM', 'UZ', 'PK', 'AF', 'IN', 'IR', 'MN', 'CN', 'RU', 'TR', 'AZ', 'AM', 'GE'];

/** How the same name comes out of other keyboards, programs and pens. */
const WRITINGS: Readonly<Record<string, (name: string) => string>> = {
  'as it is': (name) => name,
  'in capitals': (name) => name.toUpperCase(),
  'in small letters': (name) => name.toLowerCase(),
  'in parts (NFD)': (name) => name.normalize('NFD'),
  'with spaces around and in between': (name) => `  ${name.replaceAll(' ', ' \u00a0 ')}\u200b `,
  'with the apostrophe of a typewriter': (name) => name.replace(/[ʻʼ‘’]/g, "'"),
  'with a curly apostrophe': (name) => name.replace(/[ʻʼ'`]/g, '’'),
  'with a grave accent': (name) => name.replace(/[ʻʼ’']/g, '`'),
  'without an apostrophe': (name) => name.replace(/[ʻʼ’'`]/g, ''),
  'with ё as е': (name) => name.replaceAll('ё', 'е'),
  'with Arabic letters for the Urdu ones': (name) =>
    name.replaceAll('ی', 'ي').replaceAll('ک', 'ك').replaceAll('ہ', 'ه'),
  'with a mark of direction': (name) => `\u200f${name}\u200e`,
};

describe('a country as people name it', () => {
  test.each(Object.entries(WRITINGS))('[S54] every name in eight languages %s is the country', (_, written) => {
    for (const code of COUNTRIES) {
      for (const name of namesOfCountry(code)) expect([name, countryOf(written(name))]).toEqual([name, code]);
    }
  });

  test('[S54] every country of the world is known by its code and by its name in eight languages', () => {
    for (const language of INTERFACE_LANGUAGES) {
      const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
      for (const code of COUNTRIES) {
        expect(countryOf(code.toLowerCase())).toBe(code);
        expect([code, language, countryOf(names.of(code) ?? code)]).toEqual([code, language, code]);
      }
    }
  });

  test.each([
    ['Kyrgyz Republic', 'KG'],
    ['кыргызская республика', 'KG'],
    ['Киргизия', 'KG'],
    ['Кыргызия', 'KG'],
    ['Qirg`iziston', 'KG'],
    ['Кыргыз Республикасы', 'KG'],
    ['🇰🇬', 'KG'],
    ['🇰🇬 Бишкек', null],
    ['Кыргызстан 🇰🇬', 'KG'],
    ['Kyrgyzstan (KG)', 'KG'],
    ['Kazаkhstan', 'KZ'],
    ['РК', 'KZ'],
    ['PK', 'PK'],
    ['Республика Казахстан', 'KZ'],
    ['The Republic of Kazakhstan', 'KZ'],
    ['Точикистон', 'TJ'],
    ['ҶУМҲУРИИ ТОҶИКИСТОН', 'TJ'],
    ['TÜRKMENİSTAN', 'TM'],
    ['Туркмения', 'TM'],
    ["O'zbekiston Respublikasi", 'UZ'],
    ['Ozbekiston', 'UZ'],
    ['Ўзбекистон', 'UZ'],
    ['اسلامی جمہوریہ پاکستان', 'PK'],
    ['پاکستان\u200c', 'PK'],
    ['قزاقستان', 'KZ'],
    ['Исламская Республика Иран', 'IR'],
    ['Russian Federation', 'RU'],
    ['РФ', 'RU'],
    ['UK', 'GB'],
    ['США', 'US'],
    ['Kazakhstan, Kyrgyzstan', null],
    ['Atlantis', null],
    ['Republic', null],
    ['', null],
    ['—', null],
    ['__proto__', null],
    ['constructor', null],
  ])('[S54] %s is %s', (typed, code) => expect(countryOf(typed)).toBe(code));

  test('[S54] a megabyte of nothing is no country', () => {
    expect(countryOf('ә'.repeat(1_000_000))).toBeNull();
    expect(countryOf('(,'.repeat(500_000))).toBeNull();
  });

  test('[S55] a country is called what it calls itself', () => {
    expect(nameOfCountry('KG', 'ru')).toBe('Кыргызстан');
    expect(nameOfCountry('KG', 'ru-KG')).toBe('Кыргызстан');
    expect(nameOfCountry('UZ', 'uz')).toBe('Oʻzbekiston');
    expect(nameOfCountry('KZ', 'fr')).toBeUndefined();
    for (const code of REGION) expect(namesOfCountry(code)).toHaveLength(INTERFACE_LANGUAGES.length);
  });
});

const TABLE = new URL('../../../../shared/languages/names.json', import.meta.url);

interface Row {
  readonly code: string;
  readonly iso3: string;
  readonly names: Readonly<Record<string, string>>;
  readonly official: Readonly<Record<string, string>> | undefined;
  readonly aliases: readonly string[];
}

test.skipIf(!existsSync(TABLE))(
  '[S54] every spelling of the linguists’ table is its country, and we call it the same',
  () => {
    const { countries } = JSON.parse(readFileSync(TABLE, 'utf8')) as { countries: readonly Row[] };
    for (const { code, iso3, names, official = {}, aliases } of countries) {
      for (const name of [iso3, ...Object.values(names), ...Object.values(official), ...aliases]) {
        for (const written of [name, name.toUpperCase(), name.normalize('NFD'), name.replaceAll(/['ʻʼ’]/g, '`')]) {
          expect([written, countryOf(written)]).toEqual([written, code]);
        }
      }
      for (const [language, name] of Object.entries(names)) expect(nameOfCountry(code, language)).toBe(name);
    }
  },
);
