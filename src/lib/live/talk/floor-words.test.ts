import { expect, test } from 'vitest';
import type { SeatId } from '#domain/ids.ts';
import { loadCatalogue } from '#lib/i18n/locales.ts';
import { translator } from '#lib/i18n/text.ts';
import type { FloorShown } from './floor-shown.ts';
import { newsText } from './floor-words.ts';

const t = translator(await loadCatalogue('en'), 'en');
const [me, aida, azat] = ['me', 'aida', 'azat'] as [SeatId, SeatId, SeatId];
const floor = (isQueue: boolean, speaker: SeatId | null, line: readonly SeatId[]): FloorShown => ({
  began: 1,
  isQueue,
  seconds: 60,
  circle: null,
  since: 1,
  speaker: speaker && { seat: speaker, endsAt: null },
  line,
  waiting: line.length,
  before: line.includes(me) ? line.indexOf(me) : null,
  mayPassOn: null,
});
const told = (was: FloorShown | null, now: FloorShown) => newsText(t, was, now, me, (seat) => seat);

test('[W90] a round is told as it goes: who begins, who speaks, the own place, and that all have spoken', () => {
  const mine = floor(false, null, [me, aida]);
  const first = floor(false, null, [aida, me]);
  const second = floor(false, aida, [me]);
  const speaking = floor(false, me, []);
  const over = floor(false, null, []);
  expect(told(null, mine)).toBe('You begin');
  expect(told(mine, { ...mine })).toBe('');
  expect(told(null, first)).toBe('1 person speaks before you.');
  expect(told(first, second)).toBe('aida speaks now. You are next.');
  expect(told(second, speaking)).toBe('It is your turn to speak now.');
  expect(told(speaking, over)).toBe('Everybody has spoken');
  expect(told(over, mine)).toBe('You begin');
});

test('[W91] in a queue the own place is told when one asks and when it changes, and nothing at the first look', () => {
  const nobody = floor(true, null, []);
  const others = floor(true, aida, [azat]);
  const waits = floor(true, aida, [azat, me]);
  expect([told(null, nobody), told(null, others)]).toEqual(['', '']);
  expect(told(others, waits)).toBe('2 people speak before you.');
  expect(told(waits, floor(true, azat, [me]))).toBe('azat speaks now. You are next.');
  expect(told(waits, others)).toBe('');
  expect(told(others, nobody)).toBe('Nobody speaks now.');
});
