import type { WorkshopState } from '../state.ts';
import type { GroupEvent } from './events.ts';
import type { Group } from './state.ts';

export function evolveGroups(state: WorkshopState, { step, groups }: GroupEvent): WorkshopState {
  const of = new Map<number, Group>(state.groups?.get(step));
  for (const { number, room, seats } of groups) {
    const before = of.get(number);
    const known = new Set([...(before?.left ?? []), ...(before?.seats ?? [])]);
    for (const seat of seats) known.delete(seat);
    of.set(number, { number, room, seats, left: [...known] });
  }
  return { ...state, groups: new Map(state.groups).set(step, of) };
}
