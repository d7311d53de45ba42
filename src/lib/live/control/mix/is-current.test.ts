import { expect, test } from 'vitest';
import type { WorkshopView } from '#domain/workshop/view.ts';
import type { MixPreview } from '#protocol/mix-query.ts';
import { isArranged, isCurrent } from './is-current.ts';

const preview = {
  rooms: [
    { room: 'north', seats: ['a', 'b'], alone: [] },
    { room: 'south', seats: ['c'], alone: [] },
  ],
  moves: [['b', 'south']],
} as unknown as MixPreview;
const now = (rooms: Record<string, string[]>) =>
  ({ rooms: Object.entries(rooms).map(([id, seats]) => ({ id, seats })) }) as unknown as WorkshopView;

test('[W55] a preview is current while everybody sits where it would take them from', () => {
  expect(isCurrent(preview, now({ north: ['a'], south: ['b', 'c'] }))).toBe(true);
  expect(isCurrent(preview, now({ north: ['a', 'b'], south: ['c'] }))).toBe(false);
  expect(isCurrent(preview, now({ north: ['a'], south: ['b', 'c', 'late'] }))).toBe(false);
  expect(isCurrent(preview, now({ north: ['a'], south: ['b'] }))).toBe(false);
  expect(isCurrent(preview, now({ north: ['a'], south: ['b', 'c'], west: [] }))).toBe(false);
});

test('[W102] a preview of a step is current also when others sat down since', () => {
  expect(isArranged(preview, now({ north: ['a', 'early'], south: ['b', 'c', 'late'] }))).toBe(true);
  expect(isArranged(preview, now({ north: ['a', 'b', 'late'], south: ['c'] }))).toBe(false);
  expect(isArranged(preview, now({ north: ['a', 'late'], south: ['b'] }))).toBe(false);
  expect(isArranged(preview, now({ north: ['a'], south: ['b', 'c'], west: ['late'] }))).toBe(false);
});
