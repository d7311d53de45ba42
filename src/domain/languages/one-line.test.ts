import { describe, expect, test } from 'vitest';
import { lettersIn, lineByLine, oneLine } from './one-line.ts';

describe('[S81] nothing in a text of one line breaks it, hides in it or turns what stands around it', () => {
  test.each([
    ['  Five minutes \n left\t', 'Five minutes left'],
    ['a\r\nb\u0085c\u2028d\u2029e\0f', 'a b c d e f'],
    ['\u202eevil\u202c fdp.exe', 'evil fdp.exe'],
    ['\u2066a\u2069\u200eb\u200fc\u061cd', 'abcd'],
    ['Quiet\u200b streets\u2060\ufeff', 'Quiet streets'],
    ['Wa\u00adter', 'Water'],
    ['a\u180eb \ufff9c\ufffad\ufffb', 'ab cd'],
    ['\u200b \u202e\n', ''],
    ['a\ud83d', 'a'],
    ['e\u0301', '\u00e9'],
    ['\ue000 \uffff', ''],
    ['Ol\u1160ga\u3164', 'Olga'],
    ['Ol\u{e0067}\u{e007f}ga', 'Olga'],
    [`x${'\u0301'.repeat(400)}y`, `x${'\u0301'.repeat(12)}y`],
    [`Ali${'\u034f\u0301'.repeat(76)}`, `Al\u00ed${'\u0301'.repeat(12)}`],
  ])('%j is %j', (typed, line) => {
    expect(oneLine(typed)).toBe(line);
    expect(oneLine(line)).toBe(line);
  });

  test.each(['می‌خواهم', '👩🏾‍🚒', '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}', '❤️', 'в\u00a0Оше', 'नि'])(
    'joiners, styles, flags and spaces of a language stay: %j',
    (typed) => expect(oneLine(typed)).toBe(typed),
  );

  test('several lines stay several', () => {
    expect(lineByLine(' one\u200b \r\n\u202etwo\n\nthree\u2028four \n')).toBe('one\ntwo\n\nthree\nfour');
  });

  test('letters are counted as people see them stored, and those of a phrase in one sign', () => {
    expect(lettersIn('a🌷')).toBe(2);
    expect(lettersIn('﷽')).toBe([...'بسم الله الرحمن الرحيم'].length);
  });
});
