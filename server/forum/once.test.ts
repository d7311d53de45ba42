import { expect, test } from 'vitest';
import { Once } from './once.ts';

test('[W35] what was done for a form is done once, what failed again, and without a form each time', async () => {
  const once = new Once<number>();
  let done = 0;
  const act = async () => (done += 1);
  expect(await Promise.all([once.once('a', act), once.once('a', act)])).toEqual([1, 1]);
  expect(await once.once('a', act)).toBe(1);
  expect(await once.once('b', act)).toBe(2);
  await expect(once.once('c', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect(await once.once('c', act)).toBe(3);
  expect([await once.once(null, act), await once.once(null, act)]).toEqual([4, 5]);
});
