import type { RoomId, SeatId } from '../../ids.ts';
import type { Step } from '../../script/step.ts';
import { DEFAULT_WISH, type Guests } from '../../seating/guest.ts';
import type { Again } from '../../seating/met.ts';
import { findings } from '../../seating/mix.ts';
import type { WorkshopState } from '../state.ts';
import { groupsFor, metInGroups } from './making.ts';
import { placeInRoom, type Group } from './state.ts';

export interface ForeseenGroup {
  /** Among those of its room: how people call it. */
  readonly place: number;
  readonly seats: readonly SeatId[];
  /** Whom nobody else there understands. */
  readonly alone: readonly SeatId[];
}

/** Who would work together if a step in pairs or groups began now. */
export interface ForeseenGroups {
  /** The workshop's version with how people sit: with another one it may be otherwise. */
  readonly version: number;
  readonly rooms: readonly { readonly room: RoomId; readonly groups: readonly ForeseenGroup[] }[];
  /** Pairs that were in a group together in another step; null where groups of before go on or come together, as was asked. */
  readonly again: Again | null;
}

/** As they are made when the step begins: the draw is the same as long as nobody comes, goes or is pinned (W126, W128). */
export function foreseenGroups(state: WorkshopState, step: Step, guests: Guests, at: number): ForeseenGroups {
  const { groups, isKept } = groupsFor(state, step, guests, at);
  const all = new Map(groups.map((group) => [group.number, { ...group, late: [], left: [] } satisfies Group]));
  const here = groups.filter(({ seats }) => seats.length > 0);
  const seating = new Map(here.flatMap(({ number, seats }) => seats.map((seat) => [seat, named(number)] as const)));
  const met = metInGroups(state, step.id);
  const hall = { guests, here: new Set<SeatId>(), pinned: new Set<SeatId>(), rooms: [], wish: DEFAULT_WISH, met };
  const found = findings(
    seating,
    hall,
    here.map(({ number }) => named(number)),
  );
  const alone = new Map(found.rooms.map((group) => [group.room, group.alone]));
  return {
    version: state.seatedAt,
    rooms: state.rooms.flatMap(({ id: room }) => {
      const own = here.filter((group) => group.room === room).sort((a, b) => a.number - b.number);
      const told = own.map(({ number, seats }) => ({
        place: placeInRoom(all, { number, room }),
        seats,
        alone: alone.get(named(number)) ?? [],
      }));
      return own.length > 0 ? [{ room, groups: told }] : [];
    }),
    again: isKept ? null : found.again,
  };
}

/** Groups are to those who were in them what rooms are. */
const named = (number: number): RoomId => `${number}` as RoomId;
