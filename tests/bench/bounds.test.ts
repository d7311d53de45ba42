import { expect, test } from 'vitest';
import { judge, medians, ofSmoke } from './bounds.ts';
import { Rounds } from './rounds.ts';
import type { Figures } from './stage.ts';

const rounds = {
  ours: [{ cpu: 4 }, { cpu: 30 }, { cpu: 4 }],
  reference: [{ cpu: 10 }, { cpu: 60 }, { cpu: 8 }],
};

test('a ratio is the median of the ratios of the rounds', () => {
  expect(judge({ figure: 'cpu', against: 'reference', atMost: 0.4 }, rounds)).toMatchObject({
    value: 0.5,
    holds: false,
  });
  expect(judge({ figure: 'cpu', against: 'reference', atMost: 0.5 }, rounds)).toMatchObject({ holds: true });
  expect(judge({ figure: 'cpu', atLeast: 5 }, rounds)).toMatchObject({ value: 4, holds: false });
});

test('what was not measured is neither held nor missed', () => {
  expect(judge({ figure: 'cpu', against: 'bare', atMost: 1 }, rounds)).toBeNull();
  expect(judge({ figure: 'lost', atMost: 0 }, { ours: [{ lost: null }] })).toBeNull();
  expect(medians([{ lost: null }, {}, { lost: 0 }, { lost: 2 }])).toEqual({ lost: 1 });
});

test('a smoke judges counts and no times, and is not whole where one is too high', async () => {
  const bounds = [
    { figure: 'ms', atMost: 1 },
    { figure: 'KB', atMost: 100, inSmoke: 10 },
  ];
  expect(ofSmoke(bounds)).toEqual([{ figure: 'KB', atMost: 10 }]);
  const isWhole = async (figures: Figures, name = 'ours', isSmoke = true) => {
    const rounds = new Rounds({ count: 1, isSmoke });
    await rounds.play({ name: 'told', title: '', bounds }, [{ name }], () => Promise.resolve(figures));
    return rounds.isWhole;
  };
  expect(await isWhole({ ms: 1_000, KB: 10 })).toBe(true);
  expect(await isWhole({ ms: 0, KB: 11 })).toBe(false);
  expect(await isWhole({ ms: 0 })).toBe(false);
  expect(await isWhole({ KB: 11 }, 'ws')).toBe(true);
  expect(await isWhole({ ms: 1_000, KB: 1_000 }, 'ours', false)).toBe(true);
});
