import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { DocumentName } from '#protocol/document-name.ts';
import { BoardSession, DEEDS, met, type Deed, type Step } from './board-session.ts';
import { tokenOf } from './ledger.ts';
import { MemoryHall } from './memory-hall.ts';

const HISTORIES = Number(process.env.HISTORIES ?? 60);
const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));

let hall: MemoryHall;
let boards = 0;
const nextBoard = () => `board/history${String((boards += 1)).padStart(6, '0')}` as DocumentName;

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'] });
  vi.spyOn(console, 'error').mockImplementation(() => undefined); // each failed commit says so, as it should
  hall = await MemoryHall.open({ idleAfter: 5, compactAbove: 2 });
});
afterAll(async () => {
  vi.useRealTimers();
  await hall.close();
  vi.restoreAllMocks();
});

async function live(people: number, steps: readonly Step[]): Promise<string> {
  const session = new BoardSession(hall, nextBoard(), people);
  try {
    await session.begin();
    for (const step of steps) await session.run(step);
    return await session.finish();
  } catch (error) {
    session.abandon();
    throw error;
  }
}

const step: fc.Arbitrary<Step> = fc.tuple(fc.nat(7), fc.constantFrom(...DEEDS), fc.nat(99), fc.nat(99), fc.nat(99));

describe('boards through faults', () => {
  const by = (person: number, ...deeds: Deed[]) => deeds.map((deed): Step => [person, deed, 0, 0, 0]);
  const written = by(0, 'write', 'settle');
  const word = tokenOf(3); // behind those of the three items that are there

  test.each([
    [1, 'when the second heard of the first', [...by(1, 'cut', 'undo', 'settle'), ...by(0, 'undo', 'redo')]],
    [2, 'when neither heard of the other', [...by(1, 'cut', 'undo'), ...by(0, 'undo', 'redo')]],
    [
      2,
      'when both took it before they heard',
      [...by(1, 'cut'), ...by(0, 'undo', 'settle'), ...by(1, 'undo', 'settle'), ...by(0, 'redo')],
    ],
  ])(
    '[Y1] a word that one cuts and brings back, and its author takes back and brings again, is there %i ×, %s',
    async (times, _when, steps) => {
      const text = await live(2, [...written, ...steps]);
      expect(text.split(word)).toHaveLength(times + 1);
    },
  );

  test.each<[string, Step[]]>([
    [
      'undone and redone',
      [
        [1, 'write', 2, 1, 1],
        ...by(1, 'undo', 'redo'),
        [1, 'write', 2, 0, 2],
        [1, 'removeItem', 2, 0, 0],
        ...by(1, 'undo'),
      ],
    ],
    [
      'cut and undone',
      [
        [1, 'write', 0, 3, 0],
        [1, 'cut', 0, 1, 2],
        ...by(1, 'undo'),
        [1, 'write', 0, 0, 2],
        ...by(1, 'removeItem', 'undo'),
      ],
    ],
  ])(
    '[Y1] an item that is brought back is alike on every copy after words of it were %s and one was written between them',
    async (_how, steps) => {
      await live(3, steps);
    },
  );

  test(
    `[Y1] ${HISTORIES} random histories of a board end as one board, without loss and without doubles`,
    { timeout: 900_000 + HISTORIES * 1_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 2, max: 8 }),
          fc.array(step, { minLength: 20, maxLength: 200, size: 'max' }),
          async (people, steps) => void (await live(people, steps)),
        ),
        { numRuns: HISTORIES, seed: SEED, endOnFailure: process.env.SHRINK === undefined },
      );
      console.log(`${HISTORIES} histories, seed ${SEED}: ${JSON.stringify(met)}`);
      expect(Math.min(...Object.values(met))).toBeGreaterThan(0);
    },
  );
});
