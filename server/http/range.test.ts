import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { keepReadableRange } from './range.ts';

function kept(range: string, method = 'GET'): string | undefined | false {
  const req = { method, headers: { range } } as IncomingMessage;
  return keepReadableRange(req) && req.headers.range;
}

test.each(['bytes=0-10', 'bytes=5-', 'bytes=7-7', 'bytes=1-999999999999999'])('[U6] %s is read', (range) => {
  expect(kept(range)).toBe(range);
});

test.each([
  'bytes=-5',
  'bytes=0-0',
  'bytes=0-1,3-4',
  'bytes=0-1, -4',
  'bytes=0-99999999999999999999999',
  'items=3-4',
  'x',
  'bytes 1-2',
  '',
])('[U6] for %s the whole file is sent', (range) => {
  expect(kept(range)).toBe(undefined);
});

test.each(['bytes=10-5', 'bytes=-', 'bytes=', 'bytes=x', 'bytes=1-2-3', 'bytes=1', 'bytes=0-1,', 'bytes=NaN-NaN'])(
  '[U6] %s is refused',
  (range) => {
    expect(kept(range)).toBe(false);
  },
);

test('[U6] only reading has ranges', () => {
  expect(kept('bytes=10-5', 'POST')).toBe(undefined);
});
