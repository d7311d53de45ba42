import { expect } from 'vitest';
import type { Role } from '#domain/forum/seat.ts';
import type { CommandId, SeatId } from '#domain/ids.ts';
import { stepIdAt, type Step } from '#domain/script/step.ts';
import { WORKSHOP, type Guest, type Rig } from './live-rig.ts';
import { until } from './until.ts';

export const [ARRIVE, STEP, CLOSE] = [stepIdAt(0), stepIdAt(1), stepIdAt(2)];
export const HOST = 'facilitator1' as SeatId;

/** Somebody on the live channel; each test keeps what it wants to know of what they were told. */
export class Listener {
  readonly guest: Guest;

  constructor(rig: Rig, name: string, role: Role = 'participant', isNew = true, query: Record<string, string> = {}) {
    this.guest = rig.join(isNew ? rig.seats.add(name, role) : name, {}, query);
  }
  readonly ask = (...args: Parameters<Guest['command']>) => this.guest.command(...args);
}

/** Who runs the workshop, in a step that has begun, and a participant in each of its two rooms. */
export async function hallIn<One extends Listener>(
  rig: Rig,
  step: Omit<Step, 'id' | 'minutes'>,
  come: (name: string, role?: Role) => One,
) {
  const steps = [
    { id: ARRIVE, kind: 'arrive', minutes: null },
    { id: STEP, minutes: 20, ...step },
    { id: CLOSE, kind: 'close', minutes: null },
  ] as const;
  await rig.workshops.command(
    WORKSHOP,
    { seatId: HOST, role: 'facilitator' },
    { kind: 'chooseScript', script: null },
    'choose-script' as CommandId,
    { id: null, title: { en: 'Hall' }, steps },
  );
  const host = come(HOST, 'facilitator');
  await until(() => host.guest.view);
  const aida = come('aida00000001');
  await until(() => aida.guest.view);
  const bolot = come('bolot0000001');
  await until(() => bolot.guest.view);
  expect(await host.ask({ kind: 'next', from: ARRIVE })).toMatchObject({ ok: true });
  const all = { host, aida, bolot };
  // Who came is told a moment later: what is counted from here on has nothing of it.
  const seats = () => host.guest.view?.rooms.flatMap((room) => room.seats) ?? [];
  await until(() => seats().length === 2 && host.guest.view?.turning?.next?.step === CLOSE);
  await until(() => Object.values(all).every(({ guest }) => guest.view?.step.id === STEP));
  return all;
}
