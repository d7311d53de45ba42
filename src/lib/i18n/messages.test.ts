import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, type Token } from '@messageformat/parser';
import { describe, expect, test } from 'vitest';
import { STEP_KINDS } from '#domain/script/step.ts';
import { loadCatalogue, LOCALES } from './locales.ts';
import { translator } from './text.ts';

const FOLDER = join(import.meta.dirname, 'messages');
const areas = readdirSync(join(FOLDER, 'en'));
const written = (locale: string, area: string): string => readFileSync(join(FOLDER, locale, area), 'utf8');
const read = (locale: string, area: string): Record<string, string> => JSON.parse(written(locale, area));
/** The keys as they stand in a file, where parsing would keep the last one of several. */
const keysIn = (json: string): string[] => [...json.matchAll(/^ {2}"([^"]+)":/gm)].map(([, key]) => key!);

/** `seconds:plural`, `name:argument` …: what a message needs to be given, wherever in it. */
function needs(tokens: readonly Token[]): string[] {
  return tokens.flatMap((token) => {
    if (token.type === 'content' || token.type === 'octothorpe') return [];
    const inner = 'cases' in token ? token.cases.flatMap((one) => needs(one.tokens)) : [];
    return [`${token.arg}:${token.type}`, ...inner];
  });
}

/** The cases of every plural in a message, in which numbers like `=0` may come or not. */
function plurals(tokens: readonly Token[]): string[][] {
  return tokens.flatMap((token) => {
    if (!('cases' in token)) return [];
    const inner = token.cases.flatMap((one) => plurals(one.tokens));
    const own = token.cases.map(({ key }) => key).filter((key) => !/^\d+$/.test(key.replace('=', '')));
    return token.type === 'plural' ? [own.sort(), ...inner] : inner;
  });
}

function formsOfWholeNumbers(locale: string): Set<string> {
  const rules = new Intl.PluralRules(locale);
  return new Set(Array.from({ length: 1_000 }, (_, number) => rules.select(number)));
}

describe.each(Object.keys(LOCALES))('messages in %s', (locale) => {
  test('[L1] there is a file for each area of the English ones, and no other', () => {
    expect(readdirSync(join(FOLDER, locale))).toEqual(areas);
  });

  test.each(areas)('[L1] %s has every message, none more, none empty, each with the same values', (area) => {
    const english = read('en', area);
    const own = read(locale, area);
    expect(Object.keys(own).sort()).toEqual(Object.keys(english).sort());
    for (const [key, text] of Object.entries(own)) {
      expect(text.trim(), key).not.toBe('');
      const wanted = new Set(needs(parse(english[key] ?? '')));
      expect(new Set(needs(parse(text))), key).toEqual(wanted);
    }
  });

  test.each(areas)('[L1] %s has one message a key: none stands in the place of another', (area) => {
    const json = written(locale, area);
    expect(keysIn(json)).toEqual(Object.keys(read(locale, area)));
  });

  test.each(areas)('[L2] in %s what counts has every form that whole numbers take', (area) => {
    const whole = formsOfWholeNumbers(locale);
    // Where whole numbers never take `other`, it may stand for one form: in Russian it is then the one of 5 and 11.
    const spared = whole.has('other') ? 0 : 1;
    for (const [key, text] of Object.entries(read(locale, area))) {
      for (const cases of plurals(parse(text)).filter((forms) => forms.some((form) => form !== 'other'))) {
        expect([...whole].filter((form) => !cases.includes(form)).length, key).toBeLessThanOrEqual(spared);
      }
    }
  });
});

test('[L2] Russian whole numbers take three forms, English ones two', () => {
  expect([...formsOfWholeNumbers('ru')].sort()).toEqual(['few', 'many', 'one']);
  expect([...formsOfWholeNumbers('en')].sort()).toEqual(['one', 'other']);
});

test('[L1] a message that lacks a value, a form or a text, or stands twice, is noticed', () => {
  expect(keysIn('{\n  "a": "one",\n  "a": "two"\n}')).toEqual(['a', 'a']);
  expect(needs(parse('{a, plural, one {# {b}} other {{c}}}'))).toEqual(['a:plural', 'b:argument', 'c:argument']);
  expect(plurals(parse('{a, plural, =0 {none} one {#} other {#}}'))).toEqual([['one', 'other']]);
  expect(() => parse('{a, plural, one {#}')).toThrow();
});

test('where everybody could be apart, nothing is said of fewer than none', async () => {
  const en = translator(await loadCatalogue('en'), 'en');
  const ru = translator(await loadCatalogue('ru'), 'ru');
  expect(en('control.mixAgain', { pairs: 2, least: 0 })).toBe('2 pairs have sat together before.');
  expect(en('control.mixAgain', { pairs: 1, least: 1 })).toBe(
    '1 pair has sat together before; fewer than 1 cannot be.',
  );
  expect(ru('control.mixAgain', { pairs: 3, least: 0 })).toBe('3 пары уже сидели вместе.');
});

test.each(Object.keys(LOCALES))('a kind of step has one name on every page, %s', (locale) => {
  const [board, control] = [read(locale, 'board.json'), read(locale, 'control.json')];
  for (const kind of STEP_KINDS) expect(board[kind], kind).toBe(control[`step.${kind}`]);
});
