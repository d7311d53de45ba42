import { expect, test } from 'vitest';
import { formatJoinCode, JOIN_CODE_ALPHABET, makeJoinCode, normaliseJoinCode } from './join-code.ts';

test('[F4] a code has eight of 31 letters and digits, without 0 O 1 I L', () => {
  expect(new Set(JOIN_CODE_ALPHABET).size).toBe(31);
  for (const letter of '0O1IL') expect(JOIN_CODE_ALPHABET).not.toContain(letter);
  const ends: number[] = [];
  const code = makeJoinCode((end) => {
    ends.push(end);
    return end - 1;
  });
  expect(code).toBe('ZZZZZZZZ');
  expect(ends).toEqual(Array(8).fill(31));
});

test('[F4] a code is taken in small letters, with dashes of any kind and spaces', () => {
  for (const typed of ['abcd-efgh', ' ABCD EFGH', 'AbCd–eFgH', 'a b c d—e f g h', 'ABCD\u00a0EFGH']) {
    expect(normaliseJoinCode(typed)).toBe('ABCDEFGH');
  }
  expect(formatJoinCode('ABCDEFGH')).toBe('ABCD-EFGH');
});

test('[F4] what cannot be a code is none', () => {
  for (const typed of ['', 'ABCDEFG', 'ABCDEFGHJ', 'ABCDEFG0', 'АBCDEFGH', 'ABCD_EFGH', "ABCDEFG'"]) {
    expect(normaliseJoinCode(typed)).toBeNull();
  }
});
