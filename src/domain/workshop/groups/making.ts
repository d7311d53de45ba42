import type { RoomId, SeatId, StepId } from '../../ids.ts';
import { LIMITS } from '../../limits.ts';
import { isSmallGroups, sizeOfGroups } from '../../script/small-groups.ts';
import type { Step } from '../../script/step.ts';
import type { Guests, Seating } from '../../seating/guest.ts';
import { grouped, joined, type SmallGroup } from '../../seating/small-groups.ts';
import { unreachable } from '../../unreachable.ts';
import type { WorkshopEvent } from '../events.ts';
import { evolve } from '../evolve.ts';
import type { WorkshopState } from '../state.ts';
import type { Groups } from './state.ts';

const GATHERING = 180_000; // ms; people come in from a break, and have written a line or two by then

/** What happens, with who works together then: where a step in groups begins, and while one runs with everybody who sits elsewhere. */
export function withGroups(
  state: WorkshopState,
  events: readonly WorkshopEvent[],
  guests: Guests,
  at: number,
): readonly WorkshopEvent[] {
  const after = events.reduce<WorkshopState>(evolve, state);
  const begins = after.step.began !== state.step.began;
  const changes = after.seating !== state.seating && after.groups?.has(after.step.id) === true;
  const step = after.script[after.step.index];
  if (!step || !(begins ? isSmallGroups(step) : changes)) return events;
  const { seed, groups } = groupsFor(after, step, guests, at);
  const known = after.groups?.get(step.id);
  const made = groups.filter((group) => !isSame(group, known));
  if (known && made.length === 0) return events;
  return [...events, { kind: 'groupsMade', step: step.id, seed, groups: made, at }];
}

/**
 * Who would work together in a step, as people sit now: nothing else comes of it when it begins. `isKept`: groups that were there go on,
 * or come together.
 */
export function groupsFor(
  state: WorkshopState,
  step: Step,
  guests: Guests,
  at: number,
): { readonly seed: number; readonly groups: readonly SmallGroup[]; readonly isKept: boolean } {
  const size = sizeOfGroups(step) ?? 2;
  const own = state.groups?.get(step.id);
  const rooms = state.rooms.map(({ id }) => id);
  const seed = seedOf(state, step.id);
  const known = own ? [...own.values()] : inherited(state, step, rooms, size);
  const isEarly = at - state.step.startedAt < GATHERING;
  const met = metInGroups(state, step.id);
  const wanted = { rooms, seating: state.seating, guests, size, known, was: formerOf(own), met, isEarly };
  return { seed, groups: grouped(wanted, seed), isKept: known.some(({ seats }) => seats.length > 0) };
}

function isSame({ number, seats }: SmallGroup, known: Groups | undefined): boolean {
  const before = known?.get(number)?.seats;
  return before?.length === seats.length && before.every((seat, place) => seat === seats[place]);
}

/** From groups of an earlier step, where the script says so. */
function inherited(state: WorkshopState, step: Step, rooms: readonly RoomId[], size: number): readonly SmallGroup[] {
  const { seating = 'keep' } = step;
  if (typeof seating === 'object') return [...(state.groups?.get(seating.as)?.values() ?? [])];
  const before = stepBefore(state, step);
  const groups = [...((before && state.groups?.get(before.id)?.values()) ?? [])];
  switch (seating) {
    case 'keep':
      return before && sizeOfGroups(before) === size ? groups : [];
    case 'join':
      return joined(groups, { rooms, seating: state.seating, size });
    case 'shuffle':
    case 'rotate':
    case 'home':
      return [];
    default:
      return unreachable(seating);
  }
}

/** The last one before it in which people worked in groups. */
function stepBefore({ script, groups }: WorkshopState, step: Step): Step | undefined {
  return script.slice(0, script.indexOf(step)).findLast(({ id }) => groups?.has(id));
}

/** Who worked together in other steps: they are put together again as seldom as can be. */
export function metInGroups({ groups }: WorkshopState, step: StepId): Seating[] {
  return [...(groups ?? [])]
    .filter(([id]) => id !== step)
    .slice(-LIMITS.seatingsOfWorkshop.most)
    .map(
      ([, of]) =>
        new Map([...of.values()].flatMap(({ number, seats }) => seats.map((seat) => [seat, `${number}` as RoomId]))),
    );
}

function formerOf(groups: Groups | undefined): ReadonlyMap<SeatId, readonly number[]> {
  const former = new Map<SeatId, number[]>();
  for (const { number, left } of groups?.values() ?? []) {
    for (const seat of left) former.set(seat, [...(former.get(seat) ?? []), number]);
  }
  return former;
}

/** The same as long as nobody comes, goes or is pinned: what was seen before is what happens (FNV-1a). */
function seedOf({ id, seatedAt }: WorkshopState, step: StepId): number {
  let hash = 0x811c9dc5;
  for (const letter of `${id}/${step}/${seatedAt}`) hash = Math.imul(hash ^ letter.codePointAt(0)!, 0x01000193) >>> 0;
  return hash;
}
