import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RoomId } from '#domain/ids.ts';
import { LastLines } from './last-lines.ts';

const [north, south] = ['north0000001', 'south0000001'] as [RoomId, RoomId];
const letter = { client: 1, clock: 2 };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('[W143] a room is read every two seconds at most, and one after another', async () => {
  const read: string[] = [];
  const isRead = vi.fn();
  let text = 'Water';
  const lines = new LastLines(
    (document) => (read.push(document), Promise.resolve({ text, lang: 'en' })),
    () => Date.now(),
    isRead,
  );
  for (let at = 0; at < 20; at += 1) {
    lines.wrote(north, letter);
    lines.wrote(south, letter);
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(read).toEqual([`board/${north}`, `board/${south}`]);
  expect(lines.of(north)).toMatchObject({ text: 'Water', lang: 'en' });
  text = 'Water for all';
  await vi.advanceTimersByTimeAsync(1_000);
  expect(read).toHaveLength(4);
  expect(lines.of(south)?.text).toBe('Water for all');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(read).toHaveLength(4);
  expect(isRead).toHaveBeenCalledTimes(4);
});

test('[W143] what cannot be read is left alone for five minutes, and holds up no other room', async () => {
  const complaints = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  let reads = 0;
  const lines = new LastLines(
    (document) => {
      if (document !== `board/${north}`) return Promise.resolve({ text: 'Air', lang: 'en' });
      reads += 1;
      return Promise.reject(new Error('too much'));
    },
    () => Date.now(),
    () => undefined,
  );
  for (let at = 0; at < 100; at += 1) {
    lines.wrote(north, letter);
    if (at === 0) lines.wrote(south, letter);
    await vi.advanceTimersByTimeAsync(1_000);
  }
  expect([reads, lines.of(north), lines.of(south)?.text]).toEqual([1, null, 'Air']);
  await vi.advanceTimersByTimeAsync(300_000);
  expect(reads).toBe(2);
  complaints.mockRestore();
});

test('[W143] of a room that nobody follows any more nothing is kept, also where it was just being read', async () => {
  let answer: (text: { text: string; lang: string }) => void = () => undefined;
  const lines = new LastLines(
    () => new Promise((resolve) => (answer = resolve)),
    () => Date.now(),
    () => undefined,
  );
  lines.wrote(north, letter);
  await vi.advanceTimersByTimeAsync(300);
  lines.forget([north]);
  answer({ text: 'Water', lang: 'en' });
  await vi.advanceTimersByTimeAsync(10);
  expect(lines.of(north)).toBeNull();
  lines.close();
});
