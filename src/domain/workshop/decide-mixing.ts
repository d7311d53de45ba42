import type { RoomId, SeatId, StepId } from '../ids.ts';
import { accepted, refused } from '../refusal.ts';
import type { Seating } from '../seating/guest.ts';
import type { MixWay } from '../seating/mix.ts';
import type { CommandOf } from './commands.ts';
import type { Decision } from './decide.ts';
import type { Table, WorkshopEvent } from './events.ts';
import type { Mixing as MixingState, WorkshopState } from './state.ts';

/** What a preview showed: how everybody would sit, from the seating as of `version`. */
export interface PlannedMix {
  readonly way: MixWay;
  readonly seed: number;
  readonly version: number;
  readonly after: Seating;
  /** The step that it is for, which is to begin with it. */
  readonly step?: StepId;
}

export function pinSeat(state: WorkshopState, seat: SeatId, at: number): Decision {
  if (!state.seating.has(seat)) return refused({ kind: 'seatUnknown' });
  return accepted(state.mixing?.pinned.has(seat) ? [] : [{ kind: 'seatPinned', seat, at }]);
}

export function unpinSeat(state: WorkshopState, seat: SeatId, at: number): Decision {
  return accepted(state.mixing?.pinned.has(seat) ? [{ kind: 'seatUnpinned', seat, at }] : []);
}

type LastMix = NonNullable<MixingState['last']>;
type Mixing = Pick<CommandOf<'mixRooms'>, 'seed' | 'version'>;

/** What was seen is what happens: not when somebody sat down, moved, left or was pinned since, or the preview is not known any more. */
export function mixRooms(state: WorkshopState, { version }: Mixing, plan: PlannedMix | null, at: number): Decision {
  if (state.closed) return refused({ kind: 'workshopClosed' });
  if (!plan || plan.version !== version || state.seatedAt !== version) return refused({ kind: 'seatsChanged' });
  const tables = tablesOf(state, plan.after);
  if (tables.length === 0) return accepted([]);
  return accepted([{ kind: 'roomsMixed', way: plan.way, seed: plan.seed, tables, at }]);
}

export function takeBackMix(state: WorkshopState, mix: number, at: number): Decision {
  const last = state.mixing?.last;
  if (last?.version !== mix) return refused({ kind: 'mixReplaced' });
  if (last.isTakenBack) return accepted([]);
  if (state.closed) return refused({ kind: 'workshopClosed' });
  return accepted([mixTakenBack(state, last, at)]);
}

/** Everybody who sits where the mix put them goes back; who came or was moved since stays. */
export function mixTakenBack(state: WorkshopState, last: LastMix, at: number): WorkshopEvent {
  const back = new Map<SeatId, RoomId>();
  for (const [seat, room] of last.moved) {
    const before = last.before.get(seat);
    if (state.seating.get(seat) === room && before !== undefined) back.set(seat, before);
  }
  return { kind: 'mixTakenBack', tables: tablesOf(state, back), at };
}

/** Only those who sit elsewhere now, room by room in the rooms' order. */
export function tablesOf({ rooms, seating }: WorkshopState, after: Seating): Table[] {
  const coming = new Map<RoomId, SeatId[]>(rooms.map(({ id }) => [id, []]));
  for (const [seat, room] of after) if (seating.get(seat) !== room) coming.get(room)?.push(seat);
  return [...coming].flatMap(([room, seats]) => (seats.length === 0 ? [] : [{ room, seats }]));
}
