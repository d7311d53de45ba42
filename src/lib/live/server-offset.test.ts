import { expect, test } from 'vitest';
import { ServerOffset } from './server-offset.ts';

const AHEAD = 86_400_000 * 365 * 56; // the server counts from 1970, the page from its own start

test('[W33] the time is right to half of the quickest of the last eight round trips, however slow the others', () => {
  let seed = 7;
  const random = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
  for (let round = 0; round < 200; round += 1) {
    const offset = new ServerOffset(undefined, 0);
    let at = 1_000;
    for (let trip = 0; trip < 5; trip += 1) {
      const [there, back] = [random() * 200, random() * 200];
      offset.answered(at + there + AHEAD, at, at + there + back);
      at += 1_000;
    }
    expect(Math.abs(offset.value - AHEAD)).toBeLessThanOrEqual(200);
  }
});

test('[W33] a message alone counts until a round trip says it better, and again after a sleep', () => {
  const offset = new ServerOffset(AHEAD + 5, 5);
  expect(offset.value).toBe(AHEAD);
  offset.told(AHEAD + 100, 900);
  expect(offset.value).toBe(AHEAD - 800);
  offset.answered(AHEAD + 1_010, 1_000, 1_020);
  expect(offset.value).toBe(AHEAD);
  offset.told(AHEAD + 2_000, 2_900);
  expect(offset.value).toBe(AHEAD);
  offset.forget();
  offset.told(AHEAD + 600_000 + 3_000, 3_000);
  expect(offset.value).toBe(AHEAD + 600_000);
});
