import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { DocumentName } from '#protocol/document-name.ts';
import { BoardSession, DEEDS, met, type Step } from './board-session.ts';
import { MemoryHall } from './memory-hall.ts';

const HISTORIES = Number(process.env.HISTORIES ?? 60);
const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));

let hall: MemoryHall;
let boards = 0;
const nextBoard = () => `board/history${String((boards += 1)).padStart(6, '0')}` as DocumentName;

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'] });
  vi.spyOn(console, 'error').mockImplementation(() => undefined); // each failed commit says so, as it should
  hall = await MemoryHall.open({ idleAfter: 5, compactAbove: 8 });
});
afterAll(async () => {
  vi.useRealTimers();
  await hall.close();
  vi.restoreAllMocks();
});

async function live(people: number, steps: readonly Step[]): Promise<void> {
  const session = new BoardSession(hall, nextBoard(), people);
  try {
    await session.begin();
    for (const step of steps) await session.run(step);
    await session.finish();
  } catch (error) {
    session.abandon();
    throw error;
  }
}

const step: fc.Arbitrary<Step> = fc.tuple(fc.nat(7), fc.constantFrom(...DEEDS), fc.nat(99), fc.nat(99), fc.nat(99));

describe('boards through faults', () => {
  test(
    `[Y1] ${HISTORIES} random histories of a board end as one board, without loss and without doubles`,
    { timeout: 60_000 + HISTORIES * 1_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 2, max: 8 }),
          fc.array(step, { minLength: 20, maxLength: 200, size: 'max' }),
          live,
        ),
        { numRuns: HISTORIES, seed: SEED, endOnFailure: process.env.SHRINK === undefined },
      );
      console.log(`${HISTORIES} histories, seed ${SEED}: ${JSON.stringify(met)}`);
      expect(Math.min(...Object.values(met))).toBeGreaterThan(0);
    },
  );
});
