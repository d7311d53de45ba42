import type { RoomId, SeatId, StepId } from '../../ids.ts';
import { allows } from '../../script/allows.ts';
import { sizeOfGroups } from '../../script/small-groups.ts';
import type { WorkshopState } from '../state.ts';
import { isRunning } from '../time.ts';
import { groupsNow, placeInRoom } from './state.ts';

/** As it is told to who sits in its room. */
export interface GroupView {
  readonly number: number;
  /** Among those of its room: how people call it. */
  readonly place: number;
  readonly seats: readonly SeatId[];
}

/** Of the step in which people of a room work in groups. */
export interface RoomGroups {
  readonly step: StepId;
  readonly list: readonly GroupView[];
}

/** A group of another step, in which somebody could write. */
export interface GroupWritten {
  readonly step: StepId;
  readonly number: number;
  /** How many its step puts together. */
  readonly size: number;
}

/** A group that everybody left is not told of. */
export function groupsIn(state: WorkshopState, room: RoomId): RoomGroups | null {
  const groups = groupsNow(state);
  if (!groups) return null;
  const here = [...groups.values()].filter((group) => group.room === room && group.seats.length > 0);
  return {
    step: state.step.id,
    list: here.map(({ number, seats }) => ({ number, place: placeInRoom(groups, { number, room }), seats })),
  };
}

const written = new WeakMap<NonNullable<WorkshopState['groups']>, ReadonlyMap<SeatId, readonly GroupWritten[]>>();

/** What a seat may read of what it wrote in groups, the latest last. While a step runs no group of it is among them. */
export function wroteInGroups(state: WorkshopState, seat: SeatId, now: number): readonly GroupWritten[] {
  const all = (state.groups && bySeat(state, state.groups).get(seat)) ?? [];
  const own = groupsNow(state);
  return all.filter(({ step, number }) => {
    if (isRunning(state, step, now)) return false;
    return step !== state.step.id || !own?.get(number)?.seats.includes(seat);
  });
}

/** Made once for the same groups, however many look. */
function bySeat({ script }: WorkshopState, groups: NonNullable<WorkshopState['groups']>) {
  const known = written.get(groups);
  if (known) return known;
  const of = new Map<SeatId, GroupWritten[]>();
  for (const step of script) {
    if (!groups.has(step.id) || allows(step).board === 'read') continue;
    const size = sizeOfGroups(step) ?? 2;
    for (const { number, seats, left } of groups.get(step.id)!.values()) {
      for (const seat of [...seats, ...left]) of.set(seat, [...(of.get(seat) ?? []), { step: step.id, number, size }]);
    }
  }
  written.set(groups, of);
  return of;
}
