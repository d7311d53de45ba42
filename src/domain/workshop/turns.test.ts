import { describe, expect, test } from 'vitest';
import type { StepId } from '../ids.ts';
import { MINUTE } from '../script/step.ts';
import { due } from './decide-turns.ts';
import {
  Played,
  writing,
  half,
  NOW,
  host,
  other,
  aida,
  bolot,
  ARRIVE,
  FIRST,
  SECOND,
  LAST,
  NORTH,
} from './played.sample.ts';
import { nextMoment } from './time.ts';
import { view } from './view.ts';

describe('turns', () => {
  test('[W60] two facilitators who press next at once go one step, and both are told it is done', () => {
    const played = new Played();
    expect(played.next(ARRIVE)).toEqual([
      { kind: 'stepStarted', step: FIRST, endsAt: NOW + 20 * MINUTE, by: 'host', at: NOW },
    ]);
    expect(played.next(ARRIVE, 0, other)).toEqual([]);
    expect(played.state.step.id).toBe(FIRST);
  });

  test('[W146] whose deed it is that a step runs is told to who runs the workshop, also where it was announced', () => {
    const begun = (played: Played, seat = host) => view(played.state, seat, NOW).turning?.begun;
    const played = writing();
    played.next(FIRST, 1, other);
    expect(begun(played)).toEqual({ began: played.state.step.began, by: other.seatId });
    played.next(SECOND, 2);
    played.add(due(played.state, NOW + 3 * MINUTE));
    expect(played.state.step.id).toBe(LAST);
    expect(begun(played)).toEqual({ began: played.state.step.began, by: host.seatId });
    expect(begun(played, aida)).toBeUndefined();
  });

  test('[W60] pressed for a step that is over, or that has run again since, it moves nobody', () => {
    const played = writing();
    const { began } = played.state.step;
    played.next(FIRST, 1);
    expect(played.next(ARRIVE, 1)).toEqual({ kind: 'stepChanged' });
    expect(played.next('unknown' as StepId, 1)).toEqual({ kind: 'stepChanged' });
    played.ask({ kind: 'back', from: SECOND }, 2);
    expect(played.state.step).toMatchObject({ id: FIRST });
    expect(played.ask({ kind: 'next', from: FIRST, began }, 2)).toEqual({ kind: 'stepChanged' });
    expect(played.state.step.id).toBe(FIRST);
    // that the next step runs is no sign that it was come to from here
    const jumped = new Played();
    jumped.ask({ kind: 'startStep', step: SECOND });
    expect(jumped.next(FIRST)).toEqual({ kind: 'stepChanged' });
  });

  test('[W60] from the last step there is no next, before the first none, and a closed workshop stands', () => {
    const played = new Played();
    expect(played.ask({ kind: 'back', from: ARRIVE })).toEqual({ kind: 'stepUnknown' });
    played.ask({ kind: 'startStep', step: LAST });
    expect(played.next(LAST)).toEqual({ kind: 'stepUnknown' });
    played.ask({ kind: 'closeWorkshop' });
    for (const kind of ['next', 'back', 'keepWriting', 'pauseStep', 'resumeStep'] as const) {
      expect(played.ask({ kind, from: LAST })).toEqual({ kind: 'workshopClosed' });
    }
  });

  test('[W61] where pens are taken away, people have 30 seconds; until then everything can still be called off', () => {
    const played = writing();
    played.next(FIRST, 1);
    expect(played.state.step.id).toBe(SECOND); // both are written in: nobody's pen is taken
    expect(played.next(SECOND, 3)).toMatchObject([{ kind: 'turnAnnounced', to: LAST, startsAt: NOW + 3.5 * MINUTE }]);
    expect(played.next(SECOND, 3.1, other)).toEqual([]);
    expect(played.ask({ kind: 'back', from: SECOND }, 3.1)).toEqual({ kind: 'stepEnding' });
    expect(played.ask({ kind: 'pauseStep', from: SECOND }, 3.1)).toEqual({ kind: 'stepEnding' });
    const { began } = played.state.step;
    expect(played.ask({ kind: 'takeBackTurn', began }, 3.1)).toEqual({ kind: 'stepEnding' });
    expect(played.left(3.25, aida)).toBe(-15_000); // a clock that is 15 seconds into its grace
    expect([played.writes(aida, 3.49), played.writes(aida, 3.5)]).toEqual([true, false]);
    expect(view(played.state, host, NOW).turning?.turn).toEqual({
      to: LAST,
      startsAt: NOW + 3.5 * MINUTE,
      by: host.seatId,
    });
    expect(view(played.state, aida, NOW).turning).toBeUndefined();

    expect(played.ask({ kind: 'keepWriting', from: SECOND }, 3.4)).toMatchObject([{ kind: 'turnCalledOff' }]);
    expect(played.ask({ kind: 'keepWriting', from: SECOND }, 3.4)).toEqual([]);
    expect(played.left(4)).toBe(7 * MINUTE);
    expect(due(played.state, NOW + 9 * MINUTE)).toEqual([]);
  });

  test('[W61] “End now” ends the grace, and nobody is asked when nobody writes', () => {
    const played = writing();
    played.ask({ kind: 'startStep', step: SECOND });
    played.next(SECOND, 1);
    expect(played.ask({ kind: 'next', from: SECOND, atOnce: true }, 1.2)).toMatchObject([{ step: LAST, endsAt: null }]);
    expect(played.state.step.turn).toBeUndefined();
    const late = writing();
    late.ask({ kind: 'startStep', step: SECOND });
    expect(late.next(SECOND, 10 + half)).toMatchObject([{ kind: 'stepStarted', step: LAST }]);
  });

  test('[W61] the step begins when it was announced to, whoever looks or asks first, and once', () => {
    const played = writing();
    played.ask({ kind: 'startStep', step: SECOND });
    played.next(SECOND, 1);
    expect(nextMoment(played.state, NOW + MINUTE)).toBe(NOW + 1.5 * MINUTE);
    expect(due(played.state, NOW + 1.5 * MINUTE - 1)).toEqual([]);
    const begun = [{ kind: 'stepStarted', step: LAST, endsAt: null, at: NOW + 1.5 * MINUTE }];
    expect(due(played.state, NOW + 60 * MINUTE)).toEqual(begun);
    // a command that comes first finds the step begun
    expect(played.ask({ kind: 'keepWriting', from: SECOND }, 2)).toEqual({ kind: 'stepChanged' });
    const undone = played.ask({ kind: 'takeBackTurn', began: played.state.version + 1 }, 2);
    expect(undone).toMatchObject([...begun, { kind: 'stepStarted', step: SECOND }]);
    expect(played.left(2)).toBe(9 * MINUTE); // the grace cost the step nothing
    expect(due(played.state, NOW + 60 * MINUTE)).toEqual([]);
  });

  test('[W61] a workshop that closes meanwhile begins nothing', () => {
    const played = writing();
    played.ask({ kind: 'startStep', step: SECOND });
    played.next(SECOND, 1);
    played.ask({ kind: 'closeWorkshop' }, 1.1);
    played.ask({ kind: 'reopenWorkshop' }, 9);
    expect(due(played.state, NOW + 20 * MINUTE)).toEqual([]);
    expect(played.state.step.id).toBe(SECOND);
  });

  test('[W62] back goes on with what was left, room by room; on again begins with the whole time', () => {
    const played = writing();
    played.ask({ kind: 'extendStep', minutes: 3, room: NORTH }, 5);
    played.next(FIRST, 8);
    expect(view(played.state, host, NOW + 9 * MINUTE).turning).toMatchObject({
      next: { step: LAST, takesPens: true, left: null },
      back: { step: FIRST, takesPens: false, left: 12 * MINUTE },
      before: FIRST,
    });
    played.ask({ kind: 'back', from: SECOND }, 30);
    expect([played.left(30), played.left(30, aida), played.left(30, bolot)]).toEqual(
      [12, 15, 12].map((m) => m * MINUTE),
    );
    played.next(FIRST, 31);
    expect(played.left(31, aida)).toBe(10 * MINUTE);
  });

  test('[W62] what had run out begins no second time: its grace, and minutes that are added, are left', () => {
    const played = writing();
    played.next(FIRST, 25);
    played.ask({ kind: 'back', from: SECOND }, 26);
    expect([played.left(26), played.writes(aida, 26.4), played.writes(aida, 26 + half)]).toEqual([0, true, false]);
    played.ask({ kind: 'extendStep', minutes: 3 }, 27);
    expect(played.writes(aida, 29)).toBe(true);
  });

  test('[W62] a turn is taken back once, forwards and backwards, with the time of before', () => {
    const played = writing();
    const { began } = played.state.step;
    played.next(FIRST, 5);
    const on = played.state.step.began;
    expect(played.ask({ kind: 'takeBackTurn', began }, 5)).toEqual({ kind: 'stepChanged' });
    expect(played.ask({ kind: 'takeBackTurn', began: on }, 6)).toMatchObject([{ step: FIRST, takesBack: on }]);
    expect(played.left(6)).toBe(15 * MINUTE);
    expect(played.ask({ kind: 'takeBackTurn', began: on }, 6, other)).toEqual([]);
    expect(played.ask({ kind: 'takeBackTurn', began: played.state.step.began }, 6)).toEqual({ kind: 'stepChanged' });

    played.next(FIRST, 7);
    played.ask({ kind: 'back', from: SECOND }, 9);
    played.ask({ kind: 'takeBackTurn', began: played.state.step.began }, 9);
    expect(played.state.step.id).toBe(SECOND);
    expect(played.left(9)).toBe(8 * MINUTE);
    expect(played.ask({ kind: 'takeBackTurn', began: on }, 9)).toEqual({ kind: 'stepChanged' });
  });
});
