import { expect, test } from 'vitest';
import { INTERFACE_LANGUAGES, isLanguage } from '#domain/languages/language.ts';
import { languagesOffered, likelyLanguage } from './languages-offered.ts';

test('[L4] the languages of the forum come first and no language twice', () => {
  const { own, others } = languagesOffered(['ur', 'en', 'pa-Arab']);
  expect(own).toEqual(['ur', 'en', 'pa-Arab']);
  const all = [...own, ...others];
  expect(new Set(all).size).toBe(all.length);
  for (const language of INTERFACE_LANGUAGES) expect(all).toContain(language);
  expect(all.every(isLanguage)).toBe(true);
});

test('[L4] a guest starts with the first of their languages that the forum works in, else one of their own', () => {
  expect(likelyLanguage(['fr', 'uz', 'ru'], ['en', 'ru', 'uz'], 'en')).toBe('uz');
  expect(likelyLanguage(['kk', 'tlh'], ['en', 'ru'], 'en')).toBe('kk');
  expect(likelyLanguage(['tlh'], ['en', 'ru'], 'ru')).toBe('ru');
  expect(likelyLanguage([], ['en'], 'en')).toBe('en');
  expect(likelyLanguage(['uz-Cyrl'], ['ru', 'uz'], 'ru')).toBe('uz');
  expect(likelyLanguage(['uz-Cyrl'], ['ru', 'uz-Cyrl'], 'ru')).toBe('uz-Cyrl');
  expect(likelyLanguage(['zh-Hans', 'en'], ['ru'], 'ru')).toBe('zh');
});
