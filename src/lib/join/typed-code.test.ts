import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { formatJoinCode, JOIN_CODE_ALPHABET, normaliseJoinCode } from '#domain/forum/join-code.ts';
import { typedCode } from './typed-code.ts';

describe('code field', () => {
  test.each([
    ['', ''],
    ['k7r', 'K7R'],
    ['k7rm', 'K7RM'],
    ['k7rmp', 'K7RM-P'],
    ['K7RM-P2XA', 'K7RM-P2XA'],
    [' k7rm – p2xa ', 'K7RM-P2XA'],
    ['k7rmp2xa99', 'K7RM-P2XA'],
    ['https://forum.example/join/k7rm-p2xa?from=qr#x', 'K7RM-P2XA'],
    ['forum.example/join/K7RMP2XA', 'K7RM-P2XA'],
  ])('[S20] %j shows as %j', (typed, shown) => expect(typedCode(typed)).toBe(shown));

  test('[S21] letters of a Cyrillic keyboard that look like the ones on the wall count as them', () => {
    expect(typedCode('авек мнрс')).toBe('ABEK-MHPC');
    expect(typedCode('ТХУ2')).toBe('TXY2');
  });

  test('[S20] every code survives being typed, pasted and formatted again', () => {
    const code = fc
      .array(fc.constantFrom(...JOIN_CODE_ALPHABET), { minLength: 8, maxLength: 8 })
      .map((letters) => letters.join(''));
    fc.assert(
      fc.property(code, (original) => {
        const shown = formatJoinCode(original);
        expect(typedCode(original.toLowerCase())).toBe(shown);
        expect(typedCode(shown)).toBe(shown);
        expect(typedCode(`http://10.0.0.4:3000/join/${shown}`)).toBe(shown);
        expect(normaliseJoinCode(typedCode(shown))).toBe(original);
      }),
    );
  });
});
