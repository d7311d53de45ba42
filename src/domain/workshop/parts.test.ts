import { describe, expect, test } from 'vitest';
import type { Actor, Role } from '../forum/seat.ts';
import type { RoomId, SeatId } from '../ids.ts';
import { access } from '../permissions/access.ts';
import { MINUTE } from '../script/step.ts';
import { isAskedPace } from './calls/asked-pace.ts';
import { asksPace } from './calls/asks-pace.ts';
import { partsFor, screenPart, screenParts } from './parts.ts';
import { aida, bolot, FIRST, GRACE, host, NORTH, NOW, Played, SECOND, SOUTH } from './played.sample.ts';
import { view } from './view.ts';

const actor = (role: Role): Actor => ({ seatId: role as string as SeatId, role });
const VIEWERS = [aida, bolot, actor('participant'), actor('observer'), actor('translator'), host, actor('organizer')];

/** States in which what people may do with their boards is another by room and moment. */
const PLAYED: Record<string, (played: Played) => void> = {
  'as it opens': () => undefined,
  'while people write': (played) => void played.ask({ kind: 'startStep', step: FIRST }),
  'with three minutes more in the south': (played) => {
    played.ask({ kind: 'startStep', step: FIRST });
    played.ask({ kind: 'extendStep', minutes: 3, room: SOUTH });
  },
  'paused, with three minutes more in the south': (played) => {
    played.ask({ kind: 'startStep', step: FIRST });
    played.ask({ kind: 'extendStep', minutes: 3, room: SOUTH }, 1);
    played.ask({ kind: 'pauseStep', from: FIRST }, 2);
  },
  'as the next step is announced': (played) => {
    played.ask({ kind: 'startStep', step: FIRST });
    played.ask({ kind: 'extendStep', minutes: 3, room: SOUTH });
    played.next(FIRST, 19);
  },
  closed: (played) => {
    played.ask({ kind: 'startStep', step: SECOND });
    played.ask({ kind: 'closeWorkshop' }, 1);
  },
};
const MOMENTS = [
  0,
  MINUTE,
  10 * MINUTE,
  20 * MINUTE,
  20 * MINUTE + GRACE,
  23 * MINUTE,
  23 * MINUTE + GRACE,
  60 * MINUTE,
];

describe.each(Object.entries(PLAYED))('%s', (_, play) => {
  const played = new Played();
  play(played);

  test('[P26] what a view says one may do with a board is what the board allows', () => {
    for (const moment of MOMENTS.map((after) => NOW + after)) {
      for (const viewer of VIEWERS) {
        const shown = view(played.state, viewer, moment).rooms.map((room) => [room.id, room.access]);
        const allowed = [NORTH, SOUTH].map((room) => [
          room,
          access({ kind: 'board', room }, viewer, played.state, moment),
        ]);
        expect([viewer.role, moment - NOW, shown]).toEqual([viewer.role, moment - NOW, allowed]);
      }
    }
  });

  test('[W80] who is asked if they are done is seen in what they are shown', () => {
    const asked = VIEWERS.filter((viewer) => isAskedPace(view(played.state, viewer, NOW)));
    expect(asked).toEqual(asksPace(played.state) ? [aida, bolot] : []);
  });

  test('[P26] a participant’s parts hold their own room, and of the other its name and how many sit there', () => {
    const parts = partsFor(played.state, aida, NOW);
    expect(parts.rooms.map(({ id }) => id)).toEqual([NORTH]);
    expect(parts).not.toHaveProperty('control');
    expect(parts.shared.seated).toEqual([2, 1]);
    expect(JSON.stringify(parts)).not.toContain(bolot.seatId);
    expect(JSON.parse(JSON.stringify(parts))).toEqual(parts);
  });

  test('[P26] a screen is given numbers and nobody', () => {
    const shown = JSON.stringify([
      screenParts(played.state, host, NOW),
      screenPart(played.state, new Set([aida.seatId])),
    ]);
    expect(shown).not.toMatch(new RegExp(`${aida.seatId}|${bolot.seatId}|turning|planning`));
    expect(screenPart(played.state, new Set([aida.seatId, host.seatId]))).toEqual({
      seated: 3,
      here: 1,
      show: { kind: 'step' },
      alsoIn: null,
    });
  });
});

test('[P26] who sits in a room that has more time sees its end, and everybody else the others’', () => {
  const played = new Played();
  PLAYED['with three minutes more in the south']!(played);
  const ends = [aida, bolot, host].map((viewer) => view(played.state, viewer, NOW).step.endsAt);
  expect(ends).toEqual([20, 23, 20].map((minutes) => NOW + minutes * MINUTE));
  const more = (viewer: Actor) => view(played.state, viewer, NOW).rooms.map((room) => room.more);
  expect([more(host), more(bolot)]).toEqual([
    [undefined, 3 * MINUTE],
    [undefined, undefined],
  ]);
  expect(partsFor(played.state, aida, NOW).rooms.map(({ id }): RoomId => id)).toEqual([NORTH]);
});
