import { describe, expect, test } from 'vitest';
import { commitLine, describeLoss, lossOf, readHighWater, writeHighWater, type HighWater } from './high-water.ts';

const mark: HighWater = {
  database: 'one',
  documents: new Map([
    ['board/a', 12],
    ['board/b', 3],
  ]),
  others: 7,
  at: 1_000,
  losses: [],
};
const rows = (...rows: [string, number][]) => new Map(rows);

describe('[D1] the high-water mark', () => {
  test('reads back as it was written, with what was committed behind it', () => {
    expect(readHighWater(writeHighWater(mark))).toEqual(mark);
    const later = [
      commitLine({ at: 2_000, others: null, documents: rows(['board/b', 4], ['outcome/f', 1]) }),
      commitLine({ at: 3_000, others: 8, documents: rows() }),
    ].join('');
    expect(readHighWater(writeHighWater(mark) + later)).toEqual({
      ...mark,
      documents: rows(['board/a', 12], ['board/b', 4], ['outcome/f', 1]),
      others: 8,
      at: 3_000,
    });
  });

  test('leaves torn and damaged lines out', () => {
    const whole = writeHighWater(mark) + commitLine({ at: 2_000, others: 9, documents: rows(['board/b', 9]) });
    expect(readHighWater(whole.slice(0, -5))).toEqual(mark);
    expect(readHighWater(whole.replace('board/b=9', 'board/b=8'))).toEqual(mark);
    expect(readHighWater('')).toBeNull();
    expect(readHighWater('\u0000'.repeat(100))).toBeNull();
  });

  test('names what a database lacks, and nothing when it has as much or more', () => {
    expect(lossOf(mark, mark, 5)).toBeNull();
    expect(lossOf(mark, { ...mark, documents: rows(['board/a', 13], ['board/b', 3]), others: 9 }, 5)).toBeNull();
    const loss = lossOf(mark, { database: 'one', documents: rows(['board/a', 10]), others: 5 }, 5)!;
    expect(loss).toEqual({
      foundAt: 5,
      until: 1_000,
      documents: [
        { name: 'board/a', has: 10, had: 12 },
        { name: 'board/b', has: 0, had: 3 },
      ],
      others: 2,
      isOther: false,
    });
    expect(describeLoss(loss)).toEqual([
      'the database has lost the end of its history, which went to 1970-01-01T00:00:01.000Z',
      'board/a: 2 edits are missing (11 to 12; it ends with 10)',
      'board/b: 3 edits are missing (1 to 3; it ends with 0)',
      '2 changes of people, steps or settings are missing',
    ]);
  });

  test('of another database lacks everything', () => {
    expect(lossOf(mark, { ...mark, database: 'two' }, 5)).toMatchObject({ isOther: true, others: 7 });
  });
});
