import { describe, expect, test, vi } from 'vitest';
import { nameOfLanguage } from '#domain/languages/language-names.ts';
import { languageName, languageNames } from './language-names.ts';

describe('names of languages', () => {
  test.each([
    ['ky', 'Кыргызча'],
    ['tg', 'Тоҷикӣ'],
    ['tk', 'Türkmençe'],
    ['kk', 'Қазақша'],
    ['uz', 'Oʻzbekcha'],
    ['uz-Cyrl', 'Ўзбекча'],
    ['ur', 'اردو'],
    ['hy', 'Հայերեն'],
    ['ka', 'ქართული'],
  ])('%s calls itself %s, whatever the browser knows', (tag, own) => {
    // Of a browser without a table for the language: it answers in English.
    const name = vi.spyOn(Intl.DisplayNames.prototype, 'of').mockReturnValue('Some language');
    expect(languageName(tag, tag)).toBe(own);
    const inRussian = nameOfLanguage(tag, 'ru') ?? 'some language';
    expect(languageNames(tag, 'ru')).toBe(`${own} · ${inRussian.charAt(0).toUpperCase()}${inRussian.slice(1)}`);
    name.mockRestore();
    expect(languageNames(tag, tag)).toBe(own);
  });

  test('a language that nobody named is its tag, once', () => {
    expect(languageNames('qtx', 'en').toLowerCase()).toBe('qtx');
    expect(languageNames('en', 'en')).toBe('English');
  });
});
