import { expect, test } from 'vitest';
import { judge, medians } from './bounds.ts';

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
