import { expect, test } from 'vitest';
import type { SeatId, WorkshopId } from '#domain/ids.ts';
import { MemoryStorage } from '#lib/sync/page-storage.ts';
import type { HeardQuestion } from '#protocol/live/down.ts';
import { keepLive, keptLive, type LiveThen } from './kept-live.ts';

const [workshop, seat] = ['workshop1' as WorkshopId, 'aida' as SeatId];
const question = (text: string) => ({ id: text, text }) as unknown as HeardQuestion;
const then = (questions: readonly HeardQuestion[]) =>
  ({
    now: 5,
    parts: { version: 3, shared: { workshop } },
    running: { kind: 'ownQuestions', began: 3 },
    questions,
  }) as unknown as LiveThen;

test('[W134] what a device was told last is there without a network, for that seat and workshop alone', () => {
  const storage = new MemoryStorage();
  keepLive(storage, seat, then([question('Who pays?')]));
  expect(keptLive(storage, workshop, seat)).toMatchObject(then([question('Who pays?')]));
  expect(keptLive(storage, workshop, 'bolat' as SeatId)).toBeNull();
  expect(keptLive(storage, 'other' as WorkshopId, seat)).toBeNull();
});

test('[W134] a hall’s questions leave the board its place, and what is unreadable or full costs nothing', () => {
  const storage = new MemoryStorage();
  keepLive(storage, seat, then(Array.from({ length: 300 }, () => question('Ш'.repeat(1_000)))));
  expect(keptLive(storage, workshop, seat)).toMatchObject({ questions: [], running: { began: 3 } });
  for (const odd of ['', '{', '7', '{"protocol":1}', 'null']) {
    storage.setItem(`live/${workshop}/${seat}`, odd);
    expect(keptLive(storage, workshop, seat)).toBeNull();
  }
  storage.setItem = () => {
    throw new Error('full');
  };
  expect(() => keepLive(storage, seat, then([]))).not.toThrow();
});
