import { expect, test } from 'vitest';
import { SavedCalls, type SavedNow } from './saved-calls.ts';
import { StepCalls, type StepNow } from './step-calls.ts';

const MINUTE = 60_000;
const step = (part: Partial<StepNow> = {}): StepNow => ({
  index: 1,
  startedAt: 0,
  endsAt: 10 * MINUTE,
  closed: false,
  mayWrite: true,
  ...part,
});

/** What is called when one looks every second. */
function eachSecond(calls: StepCalls, from: number, to: number, now: StepNow): string[] {
  const heard: string[] = [];
  for (let at = from; at <= to; at += 1_000) {
    for (const call of calls.see(now, at)) heard.push(`${at / 1_000} ${JSON.stringify(call)}`);
  }
  return heard;
}

test('[B102] five minutes, one minute, the grace and the end are told once each', () => {
  expect(eachSecond(new StepCalls(), 0, 12 * MINUTE, step())).toEqual([
    '300 {"kind":"left","minutes":5}',
    '540 {"kind":"left","minutes":1}',
    '600 {"kind":"grace","seconds":30}',
    '630 {"kind":"over"}',
  ]);
});

test('[B102] a step that begins, more time, closing and opening are told; the first look is silent', () => {
  const calls = new StepCalls();
  expect(calls.see(step({ index: 0, endsAt: null, mayWrite: false }), 0)).toEqual([]);
  expect(calls.see(step({ startedAt: 1_000, endsAt: 1_000 + 30 * MINUTE }), 1_500)).toEqual([
    { kind: 'begins', minutes: 30 },
  ]);
  const longer = step({ startedAt: 1_000, endsAt: 1_000 + 33 * MINUTE });
  expect(calls.see(longer, 28 * MINUTE)).toEqual([{ kind: 'longer', added: 3, left: 5 }]);
  // added when the time was up: it counts from now
  expect(calls.see(step({ startedAt: 1_000, endsAt: 41 * MINUTE }), 40 * MINUTE)).toEqual([
    { kind: 'longer', added: 1, left: 1 },
  ]);
  // set to less than there was, and again
  expect(calls.see(step({ startedAt: 1_000, endsAt: 60 * MINUTE }), 40.2 * MINUTE)).toMatchObject([{ kind: 'longer' }]);
  expect(calls.see(step({ startedAt: 1_000, endsAt: 45 * MINUTE }), 40.3 * MINUTE)).toEqual([
    { kind: 'left', minutes: 5 },
  ]);
  const closed = step({ startedAt: 1_000, endsAt: 45 * MINUTE, closed: true });
  expect(calls.see(closed, 40 * MINUTE)).toEqual([{ kind: 'closed' }]);
  expect(calls.see(closed, 41 * MINUTE)).toEqual([]);
  expect(calls.see({ ...closed, closed: false }, 41 * MINUTE)).toEqual([{ kind: 'reopened' }]);
  const frozen = { ...closed, closed: false, frozen: true, mayWrite: false } as const;
  expect(calls.see(frozen, 41 * MINUTE)).toEqual([{ kind: 'frozen' }]);
  expect(calls.see(frozen, 41 * MINUTE)).toEqual([]);
  expect(calls.see({ ...closed, closed: false, mayWrite: true }, 41 * MINUTE)).toEqual([{ kind: 'mayWrite' }]);
});

test('[B102] a device that slept over marks is told how it stands, not what it missed', () => {
  const calls = new StepCalls();
  calls.see(step(), 0);
  expect(calls.see(step(), 8 * MINUTE)).toEqual([]);
  expect(calls.see(step(), 20 * MINUTE)).toEqual([{ kind: 'over' }]);
});

test('[B102] a step without a limit says that one may write now', () => {
  const calls = new StepCalls();
  calls.see(step({ endsAt: null, mayWrite: false }), 0);
  expect(calls.see(step({ endsAt: null }), 1_000)).toEqual([{ kind: 'mayWrite' }]);
});

test('[B102] [W61] [W64] a pause, a step that is about to end before its time, and that it does not, are told once', () => {
  const calls = new StepCalls();
  calls.see(step(), 0);
  expect(eachSecond(calls, 1_000, 3_000, step({ endsAt: null, left: 9 * MINUTE }))).toEqual([
    '1 {"kind":"paused","minutes":9}',
  ]);
  expect(eachSecond(calls, 4_000, 6_000, step({ endsAt: 9 * MINUTE }))).toEqual(['4 {"kind":"goesOn","minutes":9}']);
  // somebody goes on: the grace had begun half a second before it was heard of
  expect(eachSecond(calls, 7_000, 9_000, step({ endsAt: 6_500 }))).toEqual(['7 {"kind":"grace","seconds":30}']);
  expect(eachSecond(calls, 10_000, 12_000, step({ endsAt: 9 * MINUTE }))).toEqual([
    '10 {"kind":"longer","added":9,"left":9}',
  ]);
  const untimed = new StepCalls();
  untimed.see(step({ endsAt: null }), 0);
  expect(untimed.see(step({ endsAt: 900 }), 1_000)).toEqual([{ kind: 'grace', seconds: 30 }]);
  expect(untimed.see(step({ endsAt: null }), 2_000)).toEqual([{ kind: 'goesOn', minutes: 0 }]);
});

test.each([
  ['read', step({ board: 'read', mayWrite: false })],
  ['write', step()],
  ['without a limit', step({ endsAt: null })],
  ['whose time is up', step({ endsAt: -5 * MINUTE, mayWrite: false })],
  ['that is paused', step({ endsAt: null, left: 3 * MINUTE })],
] as const)('[W102] in a step %s new rooms are told once, and not that time is up', (_, now) => {
  const calls = new StepCalls();
  calls.see(now, 0);
  const rooms = { ...now, endsAt: 31_000, roomsAt: 31_000 };
  delete (rooms as { left?: number }).left;
  expect(eachSecond(calls, 1_000, 31_000, rooms)).toEqual(['1 {"kind":"rooms","seconds":30}']);
  expect(calls.see({ ...rooms, index: 2, endsAt: null }, 31_500)).toEqual([{ kind: 'begins', minutes: 0 }]);
});

test('[W102] new rooms that are called off are told, and a pen that goes meanwhile is told', () => {
  const calls = new StepCalls();
  calls.see(step(), 0);
  calls.see(step({ endsAt: 31_000, roomsAt: 31_000 }), 1_000);
  expect(calls.see(step(), 2_000)).toEqual([{ kind: 'roomsOff' }]);
  calls.see(step({ endsAt: 33_000, roomsAt: 33_000 }), 3_000);
  expect(calls.see(step({ endsAt: 33_000, roomsAt: 33_000, mayWrite: false }), 4_000)).toEqual([{ kind: 'over' }]);
});

const SAVED: SavedNow = { isOnline: true, isSaved: true, unsaved: 0 };
const typing = (unsaved: number): SavedNow => ({ isOnline: true, isSaved: false, unsaved });
const away = (unsaved: number): SavedNow => ({ isOnline: false, isSaved: false, unsaved });

/** Looks four times a second for so many seconds. */
function watch(calls: SavedCalls) {
  let at = 0;
  const heard: string[] = [];
  return {
    heard,
    see(now: SavedNow, seconds: number) {
      for (const until = at + seconds * 1_000; at < until; at += 250) {
        const call = calls.see(now, at);
        if (call) heard.push(call);
      }
    },
    flicker(seconds: number) {
      for (let quarter = 0; quarter < seconds * 4; quarter += 1) this.see(quarter % 2 ? SAVED : typing(1), 0.25);
    },
  };
}

test('[B103] who types hears “saved” after the first pause and not again while the network is good', () => {
  const { see, flicker, heard } = bound(watch(new SavedCalls()));
  see(SAVED, 20);
  expect(heard).toEqual([]);
  flicker(60);
  expect(heard).toEqual([]);
  see(SAVED, 5);
  expect(heard).toEqual(['saved']);
  for (let round = 0; round < 20; round += 1) {
    flicker(10);
    see(SAVED, 30);
  }
  expect(heard).toEqual(['saved']);
});

test('[B103] what took long to save is told, at most twice a minute', () => {
  const { see, heard } = bound(watch(new SavedCalls()));
  for (let round = 0; round < 8; round += 1) {
    see(typing(2), 6);
    see(SAVED, 4);
  }
  expect(heard.filter((call) => call === 'saved').length).toBeLessThanOrEqual(3);
  expect(new Set(heard)).toEqual(new Set(['saved']));
});

test('[B103] a lost network is told, then that words wait, then that everything is saved again', () => {
  const { see, heard } = bound(watch(new SavedCalls()));
  see(SAVED, 5);
  see(away(0), 2); // a gap
  see(SAVED, 5);
  expect(heard).toEqual([]);
  see(away(0), 30);
  expect(heard).toEqual(['lost']);
  see(away(4), 60);
  expect(heard).toEqual(['lost', 'waiting']);
  see({ isOnline: true, isSaved: false, unsaved: 4 }, 1);
  see(SAVED, 60);
  expect(heard).toEqual(['lost', 'waiting', 'again']);
  see(away(0), 10);
  see(SAVED, 10);
  expect(heard.slice(3)).toEqual(['lost', 'back']);
});

test('[B103] a server that does not store is told like a lost network', () => {
  const { see, heard } = bound(watch(new SavedCalls()));
  see(SAVED, 5);
  see(typing(3), 60);
  expect(heard).toEqual(['waiting']);
  see(SAVED, 10);
  expect(heard).toEqual(['waiting', 'again']);
});

function bound(watched: ReturnType<typeof watch>) {
  return {
    heard: watched.heard,
    see: (now: SavedNow, seconds: number) => watched.see(now, seconds),
    flicker: (seconds: number) => watched.flicker(seconds),
  };
}
