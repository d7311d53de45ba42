import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SeatId } from '#domain/ids.ts';
import type { Cut } from '#server/storage/cuts.ts';
import type { RowMark, Version } from '#server/storage/ports/versions.ts';
import { thinned, versionsOf } from './version.ts';

const MINUTE = 60_000;
const [aida, bolot] = ['seataida', 'seatbolot'] as [SeatId, SeatId];
const rows = (...marks: [minutes: number, seat?: SeatId | null][]): RowMark[] =>
  marks.map(([minutes, seat = aida], index) => ({ seq: index + 1, at: minutes * MINUTE, seat }));
const version = (seq: number, minutes: number, isBeforeRestore = false): Version => ({
  ...{ seq, from: minutes * MINUTE, at: minutes * MINUTE, seats: [aida], isBeforeRestore, cuts: [] },
});
const seqs = (versions: readonly Version[]) => versions.map(({ seq }) => seq);

describe('where versions end', () => {
  test('[Y22] after a pause of two minutes', () => {
    expect(versionsOf([], rows([0], [1.9, bolot], [3.9, null], [4]))).toEqual([
      { seq: 2, from: 0, at: 1.9 * MINUTE, seats: [aida, bolot], isBeforeRestore: false, cuts: [] },
      { seq: 4, from: 3.9 * MINUTE, at: 4 * MINUTE, seats: [null, aida], isBeforeRestore: false, cuts: [] },
    ]);
  });

  test('[Y22] after five minutes of writing', () => {
    expect(seqs(versionsOf([], rows([0], [1], [2], [3], [4.9], [5], [6])))).toEqual([5, 7]);
  });

  test('[Y22] where a restore came', () => {
    const versions = versionsOf([version(2, 0, true)], rows([0], [0], [0]));
    expect(versions.map(({ seq, isBeforeRestore }) => [seq, isBeforeRestore])).toEqual([
      [2, true],
      [3, false],
    ]);
  });

  test('[Y22] wherever rows were compacted away, the list is the same', () => {
    const anyRows = fc.array(fc.tuple(fc.integer({ min: 0, max: 150 }), fc.constantFrom(aida, bolot, null)), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(anyRows, fc.array(fc.nat(59)), fc.uniqueArray(fc.nat(59), { maxLength: 3 }), (steps, cuts, pins) => {
        let at = 0;
        const all = rows(...steps.map(([step, seat]) => [(at += step / 60), seat] as [number, SeatId | null]));
        const pinned = pins.filter((pin) => pin < all.length).map((pin) => version(pin + 1, 0, true));
        const inOrder = pinned.toSorted((a, b) => a.seq - b.seq);
        const whole = versionsOf(inOrder, all);
        let kept: readonly Version[] = inOrder;
        let compacted = 0;
        for (const cut of cuts.toSorted((a, b) => a - b)) {
          const gone = all.filter(({ seq }) => seq <= cut);
          if (cut <= compacted) continue;
          const made = versionsOf(
            kept,
            gone.filter(({ seq }) => seq > compacted),
          );
          kept = [...made, ...inOrder.filter(({ seq }) => seq > cut)];
          compacted = cut;
        }
        expect(
          versionsOf(
            kept,
            all.filter(({ seq }) => seq > compacted),
          ),
        ).toEqual(whole);
      }),
    );
  });
});

describe('thinning', () => {
  test('[Y22] keeps the first, the last and those from before a restore, and the rest evenly in time', () => {
    const versions = Array.from({ length: 101 }, (_, index) => version(index, index, index === 7));
    const left = thinned(versions, 12);
    expect(left).toHaveLength(12);
    expect(seqs(left)).toEqual(expect.arrayContaining([0, 7, 100]));
    const gaps = left.slice(1).map(({ at }, index) => (at - left[index]!.at) / MINUTE);
    expect(Math.max(...gaps)).toBeLessThan(30);
    expect(seqs(thinned(versions, 101))).toEqual(seqs(versions));
  });

  test('[Y22] keeps at most that many, whatever was restored', () => {
    const versions = Array.from({ length: 100 }, (_, index) => version(index, index, true));
    expect(seqs(thinned(versions, 3))).toEqual([0, 98, 99]);
  });
});

describe('where versions are cut', () => {
  const kept: Cut = { kind: 'kept', name: '', by: aida, at: 0 };
  const step: Cut = { kind: 'stepBegan', step: 'close' };

  test('[B131] in the midst of writing, and the writing goes on behind it', () => {
    const cut = { ...version(2, 0), cuts: [step] };
    expect(versionsOf([cut], rows([0], [0], [0, bolot])).map(({ seq, cuts, seats }) => [seq, cuts, seats])).toEqual([
      [2, [step], [aida]],
      [3, [], [bolot]],
    ]);
  });

  test('[B134] those from pauses go first, then those of steps, then those from before a restore, and never the kept ones', () => {
    const at = (seq: number, cuts: Cut[] = [], isBeforeRestore = false) => ({
      ...version(seq, seq, isBeforeRestore),
      cuts,
    });
    const all = [
      at(1),
      at(2),
      at(3, [step]),
      at(4, [kept]),
      at(5),
      at(6, [], true),
      at(7, [step, kept]),
      at(8, [step]),
      at(9),
    ];
    const left = (most: number) => thinned(all, most).map(({ seq }) => seq);
    expect(left(7)).toEqual([1, 3, 4, 6, 7, 8, 9]);
    expect(left(5)).toEqual([1, 4, 6, 7, 9]);
    expect(left(4)).toEqual([1, 4, 7, 9]);
    expect(left(1)).toEqual([1, 4, 7, 9]);
  });
});
