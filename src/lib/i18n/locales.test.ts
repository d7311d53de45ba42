import { describe, expect, test } from 'vitest';
import { languagesFrom, localeFrom } from './accept-language.ts';
import { isLocale, loadCatalogue, LOCALES, type Locale } from './locales.ts';
import { translator } from './text.ts';

describe('locale of a request', () => {
  test.each([
    ['ru', 'ru'],
    ['ru-KZ,ru;q=0.9,en;q=0.8', 'ru'],
    ['kk-KZ,ru;q=0.8,en;q=0.5', 'ru'],
    ['en;q=0.5, ru;q=0.7', 'ru'],
    ['ru;q=0, en;q=0.1', 'en'],
    ['kk-KZ,kk;q=0.9,en-US;q=0.8,en;q=0.7', 'ru'],
    ['ky', 'ru'],
    ['uz-Latn-UZ', 'ru'],
    ['uz-Cyrl', 'ru'],
    ['tg-Cyrl-TJ,en', 'ru'],
    ['tk-TM', 'ru'],
    ['kaa', 'ru'],
    ['uz-AF,en', 'en'],
    ['ur-PK,ru;q=0.5', 'ru'],
    ['ur-PK,en;q=0.5', 'en'],
    ['ur', 'en'],
    ['fa-AF', 'en'],
    ['ps', 'en'],
    ['en-GB,kk', 'en'],
    ['sr-Latn', 'en'],
    ['fr-FR, de', 'en'],
    ['*', 'en'],
    ['', 'en'],
    [null, 'en'],
  ])('[L3] %s is answered in %s', (header, locale) => expect(localeFrom(header)).toBe(locale));

  test('[L3] what every object has is not a locale', () => {
    for (const value of ['toString', '__proto__', 'constructor', 'EN', 'xx', '', null, undefined, 3]) {
      expect(isLocale(value)).toBe(false);
    }
    expect(Object.keys(LOCALES).every(isLocale)).toBe(true);
  });

  test('[L3] languages of a browser come in the order of their weight, without regions and nonsense', () => {
    expect(languagesFrom('uz-Cyrl-UZ;q=0.4,kk,<script>;q=0.9,tg;q=0,ur-PK;q=0.8')).toEqual(['kk', 'ur', 'uz-Cyrl']);
    expect(languagesFrom('uz-Latn-UZ, uz, tg-Cyrl, pa-PK, fa-AF, zh-Hans-CN, KK')).toEqual([
      ...['uz', 'tg', 'pa-Arab', 'prs', 'zh-Hans', 'kk'],
    ]);
    expect(languagesFrom('en,'.repeat(1_000_000))).toEqual(['en']);
  });
});

describe('catalogue', () => {
  test.each(Object.keys(LOCALES) as Locale[])('[L1] %s compiles to functions that give text', async (locale) => {
    const catalogue = await loadCatalogue(locale);
    const t = translator(catalogue, locale);
    expect(Object.keys(catalogue).length).toBeGreaterThan(100);
    expect(t('app.tagline')).not.toContain('app.');
    expect(t.locale).toBe(locale);
  });

  test('[L2] Russian counts in its own forms', async () => {
    const t = translator(await loadCatalogue('ru'), 'ru');
    expect(
      [1, 3, 5, 21].map((seconds) => t('refusal.tooManyTries', { seconds }).match(/\b\d+ [^\s.]+(?=\.)/)?.[0]),
    ).toEqual(['1 секунду', '3 секунды', '5 секунд', '21 секунду']);
  });
});
