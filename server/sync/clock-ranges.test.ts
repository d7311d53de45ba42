import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ClockRanges } from './clock-ranges.ts';

test('[Y17] ranges of deleted clocks cover exactly what was put in, in whatever order', () => {
  const range = fc.tuple(fc.nat(40), fc.integer({ min: 1, max: 8 }));
  fc.assert(
    fc.property(fc.array(range, { maxLength: 30 }), range, (put, [from, length]) => {
      const ranges = new ClockRanges();
      const clocks = new Set<number>();
      const isAtOnce = put.length % 2 === 0;
      if (isAtOnce) ranges.addAll(put.map(([clock, length]) => ({ clock, length })));
      for (const [clock, size] of put) {
        if (!isAtOnce) ranges.add(clock, clock + size);
        for (let each = clock; each < clock + size; each += 1) clocks.add(each);
      }
      const all = Array.from({ length }, (_, index) => from + index);
      expect(ranges.covers(from, from + length)).toBe(all.every((clock) => clocks.has(clock)));
    }),
  );
});
