import type { BroadcastId, RoomId, SeatId } from '../../ids.ts';
import type { Language } from '../../languages/language.ts';
import { hostOf } from '../hosts.ts';
import type { WorkshopState } from '../state.ts';
import { asksPace } from './asks-pace.ts';
import type { Pace } from './commands.ts';
import { awaits, isSaid, isWithout, NO_CALLS, type Broadcast } from './state.ts';

export interface BroadcastView {
  readonly id: BroadcastId;
  readonly text: string;
  readonly lang: Language;
  readonly by: SeatId;
  readonly at: number;
}

/** What a participant may know of calls: their own words, their own room's call, what was sent to them and not read yet. */
export interface OwnCalls {
  /** What they said, in the step that began with this version. Whether anybody is asked the step says. */
  readonly pace: { readonly began: number; readonly told: Pace } | null;
  readonly mayCall: boolean;
  readonly help: {
    readonly call: number;
    readonly at: number;
    readonly isMine: boolean;
    readonly by: SeatId | null;
  } | null;
  /** For the host of a room: how many there are done or want more time; numbers, as those who run the workshop are told. */
  readonly hosting?: RoomPace;
  /** The oldest first. */
  readonly broadcasts: readonly BroadcastView[];
}

export interface RoomPace {
  readonly room: RoomId;
  readonly here: number;
  readonly done: number;
  readonly more: number;
}

/** What those who run the workshop know of calls. Numbers and no names of who is done: nobody is to be hurried. */
export interface HallCalls {
  /** Of those who are here; empty where nobody is asked. */
  readonly paces: readonly RoomPace[];
  /** The oldest first. */
  readonly help: readonly {
    readonly call: number;
    readonly room: RoomId;
    readonly seat: SeatId;
    readonly at: number;
    readonly by: SeatId | null;
  }[];
  /** The newest first. `read` of `of` have read it. */
  readonly broadcasts: readonly (BroadcastView & {
    readonly room: RoomId | null;
    readonly read: number;
    readonly of: number;
    readonly isTakenBack: boolean;
    /** The step is over in which it was said. */
    readonly isOver: boolean;
  })[];
}

/** The privacy boundary for a participant. `present`: the seats that are connected; asked for where it counts. */
export function ownCalls(
  state: WorkshopState,
  seat: SeatId,
  present: () => ReadonlySet<SeatId> = () => new Set(),
): OwnCalls {
  const { help, paces, broadcasts } = state.calls ?? NO_CALLS;
  const room = state.seating.get(seat);
  const call = room === undefined ? undefined : help.get(room);
  const told = room === undefined ? undefined : paces.get(seat);
  return {
    pace: told ? { began: state.step.began, told } : null,
    mayCall: room !== undefined && !state.closed,
    help: call ? { call: call.call, at: call.at, isMine: call.seat === seat, by: call.by } : null,
    ...(room !== undefined && hostOf(state, room) === seat && { hosting: paceOf(state, room, present()) }),
    broadcasts: broadcasts.filter((one) => awaits(one, seat, state)).map(shown),
  };
}

/** `present`: the seats that are connected. */
export function hallCalls(state: WorkshopState, present: ReadonlySet<SeatId>): HallCalls {
  const { help, broadcasts } = state.calls ?? NO_CALLS;
  return {
    paces: asksPace(state) ? pacesOf(state, present) : [],
    help: [...help].map(([room, call]) => ({ room, ...call })),
    broadcasts: broadcasts.map((one) => ({ ...shown(one), ...countOf(state, one) })).reverse(),
  };
}

function pacesOf({ rooms, seating, calls }: WorkshopState, present: ReadonlySet<SeatId>): HallCalls['paces'] {
  const counts = new Map(rooms.map(({ id }) => [id, { room: id, here: 0, done: 0, more: 0 }]));
  for (const [seat, room] of seating) {
    const count = counts.get(room);
    if (!count || !present.has(seat)) continue;
    count.here += 1;
    const pace = calls?.paces.get(seat);
    if (pace) count[pace] += 1;
  }
  return [...counts.values()];
}

function paceOf(state: WorkshopState, room: RoomId, present: ReadonlySet<SeatId>): RoomPace {
  return pacesOf(state, present).find((pace) => pace.room === room) ?? { room, here: 0, done: 0, more: 0 };
}

/** Who has left, or sits where it is not for, is not waited for. */
function countOf(state: WorkshopState, one: Broadcast) {
  const read = [...one.read].filter((seat) => state.seating.has(seat)).length;
  const without = [...one.to].filter((seat) => isWithout(one, seat, state)).length;
  const { room, isTakenBack } = one;
  return { room, isTakenBack, isOver: !isTakenBack && !isSaid(one, state), read, of: read + without };
}

const shown = ({ id, text, lang, by, at }: Broadcast): BroadcastView => ({ id, text, lang, by, at });
