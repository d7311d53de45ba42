import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Forum } from '#domain/forum/forum.ts';
import { isSeen, wellFormed } from '#domain/languages/seen.ts';
import { parseForumJson } from '#protocol/forum-schema.ts';
import { readName, readPerson } from './person-fields.ts';

const UNSEEN = [
  '\u3164',
  '\u2800\u2800',
  '\u200b\u200d',
  '\ufe0f',
  '\u00ad',
  '\u0301',
  '\u115f\u1160',
  '\u{e0041}',
  '\0',
  '\ud800',
  '\u2066\u2069',
];
const NO_NAMES = ['\ufffd\ufffd', '\u1160!', '\u{e0041}.', '﷽﷽﷽﷽'];

describe('[S81] what cannot be seen is no name', () => {
  test.each(UNSEEN)('%j', (typed) => {
    const name = readName(typed);
    expect(name.ok).toBe(false);
    expect(isSeen(typed)).toBe(false);
    expect(parseForumJson({ title: typed, from: '2026-05-01' }, () => 'abcdefgh')).toMatchObject({
      ok: false,
      refusal: { field: 'title' },
    });
    const agenda = [{ kind: 'workshop', title: 'One', rooms: [{ name: typed }] }];
    expect(parseForumJson({ title: 'A', from: '2026-05-01', agenda }, () => 'abcdefgh').ok).toBe(false);
  });

  test.each(NO_NAMES)('%j is no name', (typed) => expect(readName(typed).ok).toBe(false));

  test('it is said what a name is', () => {
    expect(readName('\u2800')).toMatchObject({ refusal: { kind: 'fieldInvalid', field: 'name' } });
    expect(readName(' \t')).toMatchObject({ refusal: { kind: 'fieldMissing', field: 'name' } });
    expect(readName('— !')).toMatchObject({ refusal: { kind: 'fieldInvalid' } });
  });
});

test('[S81] NUL and halves of signs are in no name; nobody is refused for them, or for a picture, a joiner or any script', () => {
  for (const [typed, name] of [
    ['A\0ida', 'A ida'],
    ['Aida\ud83d', 'Aida'],
    ['\udc00Aida', 'Aida'],
    ['🌷', '🌷'],
    ['Ai\ufffdda', 'Aida'],
    [`Ali${'\u0301'.repeat(76)}`, `Al\u00ed${'\u0301'.repeat(12)}`],
    ['می‌خواهم', 'می‌خواهم'],
    ['Ұлжан', 'Ұлжан'],
    ['7', '7'],
  ])
    expect(readName(typed!)).toEqual({ ok: true, value: name });
  expect(wellFormed('a\0b\ud800c🌷')).toBe('abc🌷');
});

test.each([
  ['Alyona · organizer', 'Alyona organizer'],
  ['Alyona •organizer', 'Alyona organizer'],
  ['· Alyona ·', 'Alyona'],
  ['Marcel·lí', 'Marcel·lí'],
])('[S58] the dot by which pages say what somebody is stands in no name: %s', (typed, name) =>
  expect(readName(typed)).toEqual({ ok: true, value: name }),
);

describe.each(['en', 'ru'])(
  '[S81] what is too long is refused with the number that it is measured by, in %s',
  (locale) => {
    const file = new URL(`../../src/lib/i18n/messages/${locale}/refusal.json`, import.meta.url);
    const { fieldInvalid } = JSON.parse(readFileSync(file, 'utf8')) as { fieldInvalid: string };
    const ask = 'optional' as const;
    const forum = { language: 'en', joinForm: { country: ask, organisation: ask, namesInOutcome: true } } as Forum;
    const readWith = (field: string, length: number) =>
      readPerson({ name: 'Aida', [field]: 'a'.repeat(length) }, forum);

    test.each(['name', 'country', 'organisation'])('%s', (field) => {
      const words = new RegExp(`\\b${field} \\{([^}]*)\\}`).exec(fieldInvalid)![1]!;
      const most = Number(/\d+/.exec(words)![0]);
      expect(readWith(field, most).ok).toBe(true);
      expect(readWith(field, most + 1)).toMatchObject({ refusal: { kind: 'fieldInvalid', field } });
    });
  },
);
