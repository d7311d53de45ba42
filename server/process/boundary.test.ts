import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { guarded, inBackground, tell } from './boundary.ts';
import { report } from './report.ts';

let lines: string[] = [];

beforeEach(() => {
  lines = [];
  vi.spyOn(console, 'error').mockImplementation((line: string) => void lines.push(line));
});
afterEach(() => vi.restoreAllMocks());

const secret = (name: string) => Object.assign(new Error('what Aida wrote'), { name });
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('[U1] a listener that throws or rejects keeps nobody else from hearing it', async () => {
  const heard: string[] = [];
  const listeners = [
    () => heard.push('first'),
    () => {
      throw secret('Thrown');
    },
    () => Promise.reject(secret('Rejected')),
    () => heard.push('last'),
  ];
  tell('telling', listeners);
  await turn();
  expect(heard).toEqual(['first', 'last']);
  expect(lines).toEqual([
    expect.stringMatching(/^dastarkhan: telling: Thrown at server\/process\/boundary\.test\.ts:\d+$/),
    expect.stringMatching(/^dastarkhan: telling: Rejected at server\/process\/boundary\.test\.ts:\d+$/),
  ]);
});

test('[U1] what fails in the background is said and goes no further, and its amends neither', async () => {
  inBackground('background', Promise.reject(secret('Background')));
  guarded(
    'amended',
    () => {
      throw secret('First');
    },
    () => {
      throw secret('Amends');
    },
  )();
  guarded(
    'amended late',
    () => Promise.reject(secret('Second')),
    () => {
      throw secret('Amends');
    },
  )();
  await turn();
  expect(lines.map((line) => line.replace(/ at .*/, ''))).toEqual([
    'dastarkhan: amended: First',
    'dastarkhan: amended: Amends',
    'dastarkhan: background: Background',
    'dastarkhan: amended late: Second',
    'dastarkhan: amended late: Amends',
  ]);
});

test('[U2] a line has neither message nor stack, whatever was thrown', () => {
  const hostile = [
    secret('x\ny'),
    Object.assign(secret('Coded'), { code: 'ERR_OF_MINE' }),
    Object.assign(secret('Forged'), { code: 'a\nb', stack: 7 }),
    'Aida',
    42,
    { toString: () => 'Aida' },
  ];
  for (const error of hostile) report('hostile', error);
  expect(lines).toHaveLength(hostile.length);
  expect(lines.filter((line) => line.includes('Aida') || line.includes('\n'))).toEqual([]);
  expect(lines[1]).toContain('Coded ERR_OF_MINE');
});

test('[U2] what repeats itself is said every ten seconds, with its number', () => {
  const error = secret('Again');
  for (const now of [0, 1, 2, 9_999, 10_000]) report('repeating', error, now);
  expect(lines).toHaveLength(2);
  expect(lines[1]).toMatch(/\(and 3 times before\)$/);
});
