import { expect, test } from 'vitest';
import type { ItemId } from '#domain/ids.ts';
import { Arrivals } from './arrivals.ts';

const item = (id: string, at: number) => ({ id: id as ItemId, at });

test('[W135] an idea came when it was seen to come, whatever time its writer gave it', () => {
  const arrivals = new Arrivals();
  const came = (...ids: string[]) => ids.map((id) => arrivals.of(id as ItemId));
  const old = [item('old', 40), item('ahead', 9e15), item('odd', Number.NaN)];
  arrivals.see(old, 100);
  expect(came('old', 'ahead', 'odd')).toEqual([40, 100, 100]);
  const later = [...old, item('new', 150), item('behind', 3), item('ahead too', 8e15)];
  arrivals.see(later, 160);
  expect(came('old', 'ahead', 'new', 'behind', 'ahead too')).toEqual([40, 100, 150, 100, 160]);
  arrivals.see([item('old', 40), item('last', 0)], 500, 490);
  expect(came('old', 'last', 'new')).toEqual([40, 490, -Infinity]);
});
