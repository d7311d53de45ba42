import { expect, test } from 'vitest';
import { edgeOfNotes } from './edge-of-notes.ts';

const clock = (top: number) => ({ top, bottom: top + 50, isClock: true });
const button = (top: number) => ({ top, bottom: top + 44, isClock: false });

test.each([
  ['nothing at either edge', [clock(300)], 'bottom'],
  ['the clock at the foot', [clock(560)], 'top'],
  ['the clock half under the foot', [clock(635)], 'top'],
  ['the clock scrolled out below', [clock(641)], 'bottom'],
  ['the clock at the head, buttons at the foot', [clock(20), button(560), button(600)], 'bottom'],
  ['buttons at the foot', [clock(300), button(560)], 'top'],
  ['fewer buttons at the foot', [button(10), button(60), button(560)], 'bottom'],
] as const)('[W39] notes in the control room: %s', (_, things, edge) => {
  expect(edgeOfNotes(640, 100, things)).toBe(edge);
});
