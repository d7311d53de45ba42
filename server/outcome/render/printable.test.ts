import { describe, expect, test } from 'vitest';
import { Coverage } from '../fonts/coverage.ts';
import { font } from '../fonts/files.ts';
import { renamed, tablesOf } from '../fonts/sfnt.ts';
import { withKnownSigns } from '../fonts/signs.ts';
import { familyCoverages } from '../fonts/families.ts';
import { addressOf } from './address.ts';
import { breakable } from './breakable.ts';
import { printable } from './printable.ts';

describe('[O60] text is cleaned once', () => {
  test.each([
    ['a\r\nb\rc\u2028d\u2029e\u0085f\u000bg', 'a\nb\nc\nd\ne\nf\ng'],
    ['a\n\n\n \t \n\nb', 'a\n\nb'],
    ['\ufeffTitle', 'Title'],
    ['a\u0000\u001b[31mb\u009f\ufffe\u{1ffff}', 'a[31mb'],
    ['a\ud83d', 'a\ufffd'],
    ['\u202eevil', '\u202eevil\u202c'],
    ['\u2067a\u202ab\u2069c\u202c', '\u2067a\u202ab\u202c\u2069c'],
    ['\u2066one\ntwo\u2069', '\u2066one\u2069\ntwo'],
    [`e${'\u0301'.repeat(40_000)}f`, `e${'\u0301'.repeat(12)}f`],
    ['می\u200cخواهم \u200eRLM\u200f', 'می\u200cخواهم \u200eRLM\u200f'],
  ])('%j becomes %j', (text, clean) => {
    expect(printable(text)).toBe(clean);
    expect(printable(clean)).toBe(clean);
  });

  test('marks that are left out are named', () => {
    const left: string[] = [];
    printable(`e${'\u0301'.repeat(14)}`, (sign) => left.push(sign));
    expect(left).toEqual(['\u0301', '\u0301']);
  });

  test('a chain of consonants has places to break, and a long word none inside a sign', () => {
    const parts = breakable('क्'.repeat(130)).split('\u200b');
    expect(parts.join('')).toBe('क्'.repeat(130));
    for (const part of parts) expect(part).toMatch(/^क.{1,59}$/u);
    expect(breakable('e\u0301'.repeat(100))).not.toContain('\u200b\u0301');
  });

  test('a megabyte of line breaks, of openers and of one word takes as long as it is long', () => {
    const many = 1_000_000;
    expect(printable('\n'.repeat(many))).toBe('\n\n');
    expect(printable('\n \t'.repeat(many / 3))).toMatch(/^\n\n[ \t]*$/);
    expect([...printable('\u2067'.repeat(many))]).toHaveLength(24);
    expect(breakable('ж'.repeat(many)).split('\u200b')).toHaveLength(Math.ceil(many / 60));
  });
});

describe('addresses', () => {
  test.each([
    ['https://e.org/Ж|(x)', 'https://e.org/%D0%96%7C(x)'],
    ['https://e.org/\ud800', undefined],
    ['mailto:a@b.org', 'mailto:a@b.org'],
    ['https://', undefined],
    ['javascript:alert(1)', undefined],
    [`https://e.org/${'x'.repeat(9_000)}`, undefined],
  ])('%j is followed as %j', (href, address) => {
    expect(addressOf(href)).toBe(address);
  });
});

describe('[O62] what our fonts have', () => {
  test('is read from their tables', async () => {
    const serif = new Coverage(await font('serif'));
    const has = (text: string) => [...text].every((sign) => serif.has(sign.codePointAt(0) ?? 0));
    expect(has('AzЖқӘ“–ß')).toBe(true);
    expect(serif.has(0x4e00)).toBe(false);
    expect(serif.has(0xffff)).toBe(false);
    const everything = new Coverage(await font('everything'));
    for (const sign of [0x4e00, 0xac00, 0x0f40, 0x1208]) expect(everything.has(sign)).toBe(true);
  });

  test('signs that are passed without a look are all in some font', async () => {
    const fonts = await familyCoverages();
    const unseen: string[] = [];
    for (let point = 0x20; point < 0x2100; point += 1) {
      const sign = String.fromCodePoint(point);
      let looked = false;
      const spy = { has: (code: number) => ((looked = true), code > 0) } as Coverage;
      withKnownSigns(sign, [spy]);
      if (!looked && !fonts.some((known) => known.has(point)) && !/\p{Default_Ignorable_Code_Point}|\s/u.test(sign))
        unseen.push(point.toString(16));
    }
    expect(unseen).toEqual([]);
    expect(withKnownSigns('王 🇰🇿 👩🏽‍🚒 1️⃣ \ue000', fonts)).toBe('王 🇰🇿 👩🏽‍🚒 1️⃣ ‹U+E000›');
  });

  test('a mark that the font of its letter lacks is replaced alone', async () => {
    const fonts = [new Coverage(await font('hangul'))];
    expect(withKnownSigns('가\u0301', fonts)).toBe('가‹U+0301›');
  });

  test('a font under a name of ours keeps its tables', async () => {
    const file = await font('everything');
    const [before, after] = [tablesOf(file), tablesOf(renamed(file, 'Another name'))];
    expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
    expect(after.get('cmap')).toEqual(before.get('cmap'));
    expect(after.get('name')?.subarray(-60).swap16().toString('utf16le')).toContain('Another');
  });
});
