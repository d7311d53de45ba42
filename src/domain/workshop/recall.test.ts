import { expect, test } from 'vitest';
import { may } from '../permissions/may.ts';
import { actor, aida, azat, bolot, FIRST, GRACE, half, host, NOW, SECOND, writing } from './played.sample.ts';
import { nextMoment } from './time.ts';

const recalled = (minute = 1) => {
  const played = writing();
  return { played, told: played.ask({ kind: 'recallRooms', from: FIRST }, minute) };
};
const MINUTE = 60_000;

test('[W108] everybody comes together after 30 seconds in which they finish their sentence, and the clock runs on', () => {
  const { played, told } = recalled();
  expect(told).toMatchObject([{ kind: 'roomsRecalled', startsAt: NOW + MINUTE + GRACE, by: host.seatId }]);
  expect(nextMoment(played.state, NOW + MINUTE)).toBe(NOW + MINUTE + GRACE);
  for (const who of [aida, azat, bolot]) {
    expect([played.writes(who, 1), played.writes(who, 1.49), played.writes(who, 1 + half)]).toEqual([
      true,
      true,
      false,
    ]);
  }
  expect(nextMoment(played.state, NOW + 2 * MINUTE)).toBe(NOW + 20 * MINUTE + GRACE);
  expect(played.left(3)).toBe(17 * MINUTE);
});

test('[W108] it is called off in the grace and ended after it; nobody ends a later one, and twice changes nothing', () => {
  const { played } = recalled();
  const { version } = played.state.recall!;
  expect(played.ask({ kind: 'recallRooms', from: FIRST }, 1)).toEqual([]);
  played.ask({ kind: 'returnToRooms', recall: version }, 1.2);
  expect([played.state.recall, played.writes(aida, 2)]).toEqual([undefined, true]);
  played.ask({ kind: 'recallRooms', from: FIRST }, 3);
  expect(played.ask({ kind: 'returnToRooms', recall: version }, 4)).toEqual([]);
  expect(played.writes(aida, 4)).toBe(false);
  played.ask({ kind: 'returnToRooms', recall: played.state.recall!.version }, 5);
  expect(played.writes(aida, 5)).toBe(true);
  expect(played.ask({ kind: 'returnToRooms', recall: version }, 5)).toEqual([]);
});

test('[W108] a step that begins, and closing, end it; so nothing of it is there after Back', () => {
  for (const [kind, from] of [
    ['next', FIRST],
    ['closeWorkshop', FIRST],
  ] as const) {
    const { played } = recalled();
    played.ask(kind === 'next' ? { kind, from } : { kind }, 2);
    expect(played.state.recall).toBeUndefined();
    if (kind !== 'next') continue;
    expect(played.state.step.id).toBe(SECOND);
    played.ask({ kind: 'back', from: SECOND, atOnce: true }, 3);
    expect(played.writes(aida, 3)).toBe(true);
  }
});

test('[W108] it is asked for from the step that runs, by those who run the workshop, not while a turn is announced', () => {
  const { played } = recalled();
  expect(played.ask({ kind: 'recallRooms', from: SECOND }, 1)).toEqual({ kind: 'stepChanged' });
  expect(may(actor('x'), { kind: 'recallRooms', from: FIRST })).toBe(false);
  expect(may(actor('x', 'observer'), { kind: 'returnToRooms', recall: 1 })).toBe(false);
  const turning = writing();
  turning.ask({ kind: 'next', from: FIRST }, 1);
  turning.ask({ kind: 'next', from: SECOND }, 2);
  expect(turning.state.step.turn).toBeDefined();
  expect(turning.ask({ kind: 'recallRooms', from: SECOND }, 2)).toEqual({ kind: 'stepEnding' });
  turning.ask({ kind: 'closeWorkshop' }, 2);
  expect(turning.ask({ kind: 'recallRooms', from: SECOND }, 2)).toEqual({ kind: 'workshopClosed' });
});

test('[W108] it holds over a restart', () => {
  const { played } = recalled();
  expect(played.afterRestart.recall).toEqual(played.state.recall);
  expect(nextMoment(played.afterRestart, NOW + MINUTE)).toBe(NOW + MINUTE + GRACE);
});
