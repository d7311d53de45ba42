import { stringify } from 'devalue';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse, unflatten } from './plain-data.ts';

test('[H28] data of pages is read in the browser as it was written on the server', () => {
  const data = fc.anything({ withDate: true, withNullPrototype: false, withSparseArray: false, withBigInt: false });
  const plain = data.filter((value) => !/__proto__/.test(JSON.stringify(value) ?? ''));
  fc.assert(
    fc.property(plain, (value) => {
      expect(parse(stringify(value))).toEqual(value);
    }),
    { numRuns: 500 },
  );
});

test('[H28] one object in two places stays one', () => {
  const shared = { name: 'Aida' };
  const read = parse(stringify({ a: shared, b: [shared], missing: undefined, at: new Date(5) })) as {
    readonly a: unknown;
    readonly b: readonly unknown[];
  };
  expect(read.a).toBe(read.b[0]);
  expect(read).toEqual({ a: shared, b: [shared], missing: undefined, at: new Date(5) });
});

test('[H28] what is no data, or of a kind that pages are not given, is refused', () => {
  for (const flat of [null, 'text', {}, [], 7, -9, [[1, -9]], [['Map', 1, 2], 0, 0]]) {
    expect(() => unflatten(flat)).toThrow();
  }
  expect(unflatten([['Seat', 1], 'x'], { Seat: (value) => ({ seat: value }) })).toEqual({ seat: 'x' });
  expect(({} as { polluted?: true }).polluted).toBeUndefined();
  expect(Object.keys(unflatten([{ ['__proto__']: 1, a: 1 }, 'x']) as object)).toEqual(['a']);
});
