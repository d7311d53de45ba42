import { expect, test, vi } from 'vitest';
import { SeenDevices } from './seen-devices.ts';

test('[U14] visits are noted together, and whoever visits waits for none of it', async () => {
  vi.useFakeTimers();
  const asked: [readonly string[], string | null, number | null][] = [];
  let isFull = true;
  const seen = new SeenDevices(
    {
      seen: (hashes, { name, expiresAt }) => {
        if (isFull) return Promise.reject(new Error('a full disk'));
        asked.push([hashes, name, expiresAt]);
        return Promise.resolve();
      },
    },
    () => 7,
  );
  seen.note('lost', { name: null, expiresAt: null });
  await vi.advanceTimersByTimeAsync(1_000);
  isFull = false;
  for (let device = 0; device < 300; device += 1) {
    seen.note(`hash${device}`, { name: device % 2 ? 'Firefox' : null, expiresAt: device === 8 ? 9 : null });
  }
  expect(asked).toEqual([]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked.map(([hashes, ...visit]) => [hashes.length, ...visit])).toEqual([
    [149, null, null],
    [150, 'Firefox', null],
    [1, null, 9],
  ]);
  vi.useRealTimers();
});
