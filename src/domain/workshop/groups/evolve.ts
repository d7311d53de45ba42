import type { StepId } from '../../ids.ts';
import type { WorkshopState } from '../state.ts';
import type { GroupEvent } from './events.ts';
import type { Group } from './state.ts';

export function evolveGroups(state: WorkshopState, { step, groups, at }: GroupEvent): WorkshopState {
  const of = new Map<number, Group>(state.groups?.get(step));
  const isBegun = hasBegun(state, step, at);
  for (const { number, room, seats } of groups) {
    const before = of.get(number);
    const known = new Set([...(before?.left ?? []), ...(before?.seats ?? [])]);
    for (const seat of seats) known.delete(seat);
    const wasHere = (seat: Group['seats'][number]) => before?.seats.includes(seat) && !before.late.includes(seat);
    const late = isBegun ? seats.filter((seat) => !wasHere(seat)) : [];
    of.set(number, { number, room, seats, late, left: [...known] });
  }
  return { ...state, groups: new Map(state.groups).set(step, of) };
}

/** Those of a step's beginning come with it, at the same moment. */
const hasBegun = ({ step: running }: WorkshopState, step: StepId, at: number): boolean =>
  running.id === step && at > running.startedAt;
