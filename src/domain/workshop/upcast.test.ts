import { describe, expect, test } from 'vitest';
import { decide } from './decide.ts';
import { fold } from './evolve.ts';
import { writing, host, aida, FIRST, SECOND, NORTH } from './played.sample.ts';
import { upcast, type StoredEvent } from './upcast.ts';

describe('stored events', () => {
  /** As they lie in a database of before steps had ids. */
  const OLD = [
    '{"kind":"workshopOpened","workshop":"w","forum":"f","script":[{"kind":"arrive","minutes":null},{"kind":"writeTogether","minutes":30},{"kind":"close","minutes":null}],"rooms":[{"id":"north","name":"North"}],"at":1}',
    '{"kind":"seatTaken","seat":"aida","room":"north","at":2}',
    '{"kind":"stepStarted","index":1,"endsAt":1800003,"at":3}',
    '{"kind":"stepExtended","endsAt":1860003,"at":4}',
    '{"kind":"stepStarted","index":2,"endsAt":null,"at":5}',
    '{"kind":"stepStarted","index":1,"endsAt":1800006,"at":6}',
  ].map((line) => JSON.parse(line) as StoredEvent);

  test('[W67] those of before steps had ids fold to the same steps and times', () => {
    const state = fold(null, OLD.map(upcast))!;
    expect(state.step).toMatchObject({ id: 'step2', index: 1, startedAt: 6, endsAt: 1_800_006 });
    expect(state.script.map((step) => `${step.id} ${step.kind} ${step.minutes}`)).toEqual([
      'step1 arrive null',
      'step2 writeTogether 30',
      'step3 close null',
    ]);
    expect([state.version, state.seating.get(aida.seatId)]).toEqual([6, 'north']);
    const longer = fold(null, OLD.slice(0, 4).map(upcast))!.step;
    expect([longer.endsAt, longer.added]).toEqual([1_860_003, undefined]); // how many minutes it was nobody knows
    const on = decide(state, { kind: 'next', from: state.step.id, atOnce: true }, host, 7);
    expect(on).toMatchObject({ ok: true, value: [{ step: 'step3' }] });
  });

  test('[W67] today’s say their version and come back as they were; a later Dastarkhan’s are not guessed at', () => {
    const played = writing();
    played.ask({ kind: 'extendStep', minutes: 3, room: NORTH }, 1);
    played.ask({ kind: 'takeBackMinutes', added: played.state.version }, 1);
    played.ask({ kind: 'pauseStep', from: FIRST }, 2);
    played.ask({ kind: 'resumeStep', from: FIRST }, 3);
    played.ask({ kind: 'setLength', step: SECOND, minutes: null }, 3);
    played.next(FIRST, 3);
    played.next(SECOND, 4);
    played.ask({ kind: 'keepWriting', from: SECOND }, 4);
    const { stored } = played;
    expect(stored.every(({ v }) => v === 2)).toBe(true);
    expect(played.afterRestart).toEqual(played.state);
    expect(() => upcast({ ...stored[0]!, v: 3 } as never)).toThrow('later');
  });
});
