import { expect, test } from 'vitest';
import { placeOfNotes } from './place-of-notes.ts';

const clock = (top: number) => ({ top, bottom: top + 50, isClock: true });
const button = (top: number) => ({ top, bottom: top + 44, isClock: false });
const column = (count: number) => Array.from({ length: count }, (_, at) => button(at * 48));

test.each([
  ['nothing there', [], 524],
  ['a clock half-way', [clock(300)], 524],
  ['the clock at the foot', [clock(560)], 452],
  ['a button at the foot', [button(580)], 472],
  ['the clock under the foot of the window', [clock(641)], 524],
  ['buttons all the way, and one gap', [...column(4), ...column(6).map(({ top }) => button(top + 330))], 222],
  ['buttons all the way: fewest, and never the clock', [...column(14), clock(590)], 484],
] as const)('[W39] notes in the control room: %s', (_, things, place) => {
  expect(placeOfNotes(640, 100, things)).toBe(place);
});
