import { expect, test } from 'vitest';
import { hueOf } from './hue.ts';

const table = Array.from({ length: 8 }, (_, index) => `seat${index}`);

test('eight people at a table have eight hues, evenly spread', () => {
  const hues = table.map((seat) => hueOf(seat, table)).sort((a, b) => a - b);
  expect(hues).toEqual(Array.from({ length: 8 }, (_, index) => 22 + index * 45));
});

test('who sits down later changes nobody’s hue', () => {
  expect(hueOf('seat2', table.slice(0, 3))).toBe(hueOf('seat2', table));
});

test('who has no place at the table has one of the same hues', () => {
  expect((hueOf('guest', table) - 22) % 45).toBe(0);
  expect(hueOf('guest')).toBe(hueOf('guest', table));
});
