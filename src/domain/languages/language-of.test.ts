import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { AUTONYMS } from './autonyms.ts';
import { INTERFACE_LANGUAGES, isLanguage } from './language.ts';
import { languageOf } from './language-of.ts';
import { nameOfLanguage } from './language-names.ts';
import { tagOf } from './tag.ts';

describe('a language as people name it', () => {
  test('[S56] every autonym is its language, in any case and form', () => {
    for (const [tag, name] of Object.entries(AUTONYMS)) {
      expect(isLanguage(tag)).toBe(true);
      for (const written of [name, name.toUpperCase(), name.toLowerCase(), name.normalize('NFD'), ` ${name}. `]) {
        expect([written, languageOf(written)]).toEqual([written, tag]);
      }
    }
  });

  test('[S56] every name of the eight languages in the eight is its language', () => {
    for (const tag of INTERFACE_LANGUAGES) {
      for (const other of INTERFACE_LANGUAGES) {
        const name = nameOfLanguage(tag, other) ?? '';
        expect([name, languageOf(name)]).toEqual([name, tag]);
      }
    }
  });

  test.each([
    ['EN', 'en'],
    ['uz_Cyrl', 'uz-Cyrl'],
    ['uz-cyrl-UZ', 'uz-Cyrl-UZ'],
    ['uz-Latn-UZ', 'uz-UZ'],
    ['tg-Cyrl', 'tg'],
    ['sr-Latn', 'sr-Latn'],
    ['kaa', 'kaa'],
    ['kir', 'ky'],
    ['fa-AF', 'prs'],
    ['de-u-co-phonebk', 'de'],
    ['русский язык', 'ru'],
    ['Қазақ тілі', 'kk'],
    ['кыргыз тили', 'ky'],
    ['Киргизский', 'ky'],
    ["o'zbek tili", 'uz'],
    ['O‘zbekcha', 'uz'],
    ['забони тоҷикӣ', 'tg'],
    ['türkmen dili', 'tk'],
    ['اردو زبان', 'ur'],
    ['Farsi', 'fa'],
    ['Uzbek (Cyrillic)', 'uz-Cyrl'],
    ['узбекский (кириллица)', 'uz-Cyrl'],
    ['klingon', null],
    ['', null],
    ['e', null],
    ['<script>', null],
    ['__proto__', null],
  ])('[S56] %s is %s', (typed, tag) => expect(languageOf(typed)).toBe(tag));

  test('[S56] a tag is one that the house takes, or none', () => {
    for (const written of ['en-', '-en', 'en--GB', 'x-klingon', 'i-default', 'a'.repeat(10_000), 'en_US.UTF-8']) {
      const tag = tagOf(written);
      expect(tag === null || isLanguage(tag)).toBe(true);
    }
  });
});

const TABLE = new URL('../../../../shared/languages/names.json', import.meta.url);

interface Rows {
  readonly languages: readonly { readonly tag: string; readonly autonym: string; readonly english: string }[];
  readonly languageNames: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

test.skipIf(!existsSync(TABLE))('[S56] every name of the linguists’ table is its language', () => {
  const { languages, languageNames } = JSON.parse(readFileSync(TABLE, 'utf8')) as Rows;
  for (const { tag, autonym, english } of languages) {
    expect([tag, AUTONYMS[tag]]).toEqual([tag, autonym]);
    for (const name of [autonym, english, tag]) expect([name, languageOf(name)]).toEqual([name, tag]);
  }
  for (const [tag, names] of Object.entries(languageNames)) {
    for (const [other, name] of Object.entries(names)) expect(nameOfLanguage(tag, other)).toBe(name);
  }
});
