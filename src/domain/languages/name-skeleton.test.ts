import { describe, expect, test } from 'vitest';
import { nameSkeleton } from './name-skeleton.ts';

describe('[S58] names that look alike are one name', () => {
  test.each([
    ['Olga', 'OLGA'],
    ['Olga', 'Olga\u1160'],
    ['Olga', 'O\u3164lga\uffa0'],
    ['Olga', 'Ol\u{e0067}\u{e007f}ga'],
    ['Olga', 'Olga\ud83d'],
    ['Olga', 'Olga\ufffd'],
    ['Olga', 'Ol\u0301ga\u034f'],
    ['Olga', '0lga'],
    ['Olga', 'O1ga'],
    ['Olga', 'OIga'],
    ['Olga', 'Οlga'],
    ['Olga', 'Оlgа'],
    ['Olga', 'Ｏｌｇａ'],
    ['Olga', 'Olga (organizer)'],
    ['Olga', 'Olga [real'],
    ['Olga', 'Olga, Organiser'],
    ['Olga', '«Ведущая» Olga'],
    ['Olga Kim', 'Olga-Kim'],
    ['Осаке', 'Ocake'],
    ['Зарина', '3арина'],
    ['Zarina', 'Z4r1na'],
    ['Алёна Ким', 'Aлена Kим'],
    ['Gulnoza Oʻrinova', "gulnoza o'rinova"],
    ['علی', 'علي'],
    ['Olga (Press)', 'Olga'],
    ['Olga', '(Olga)'],
    ['Organizer', '«organizer»'],
  ])('%j and %j', (name, other) => {
    expect(nameSkeleton(other)).toBe(nameSkeleton(name));
    expect(nameSkeleton(name)).not.toBe('');
  });

  test.each([
    ['Olga', 'Olga 2'],
    ['Olga', 'Helga'],
    ['Olga Kim', 'Kim Olga'],
    ['Ирина', 'Карина'],
    ['Aida', 'Aigul'],
  ])('%j is not %j', (name, other) => expect(nameSkeleton(other)).not.toBe(nameSkeleton(name)));

  test.each(['', '🌾', '\u1160', '\u{e0061}', '( )'])('nothing is left of %j', (name) =>
    expect(nameSkeleton(name)).toBe(''),
  );
});
