import { expect, test } from 'vitest';
import { Resting } from './resting.ts';

const LONG = 2 ** 30; // ms: only what is tested ends it

test('a rest ends when one is called, when all is over, and is none once it is', async () => {
  const resting = new Resting();
  const over = new AbortController();
  const called = resting.rest(LONG, over.signal);
  resting.call();
  await called;
  const ended = resting.rest(LONG, over.signal);
  over.abort();
  await ended;
  await resting.rest(LONG, over.signal);
  await resting.rest(0, new AbortController().signal);
});

test('a call while nobody rests shortens no later rest', async () => {
  const resting = new Resting();
  resting.call();
  const over = new AbortController();
  let isResting = true;
  const rest = resting.rest(LONG, over.signal).then(() => (isResting = false));
  await new Promise((resolve) => setImmediate(resolve));
  expect(isResting).toBe(true);
  over.abort();
  await rest;
});
