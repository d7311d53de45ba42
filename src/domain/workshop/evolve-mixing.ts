import type { SeatId } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import type { Seating } from '../seating/guest.ts';
import { unreachable } from '../unreachable.ts';
import type { Table, WorkshopEvent } from './events.ts';
import type { Mixing, WorkshopState } from './state.ts';

type MixingEvent = Extract<WorkshopEvent, { kind: 'seatPinned' | 'seatUnpinned' | 'roomsMixed' | 'mixTakenBack' }>;

type LastMix = NonNullable<Mixing['last']>;

const UNMIXED: Mixing = { pinned: new Set(), met: [], last: null };

export function evolveMixing(state: WorkshopState, event: MixingEvent): WorkshopState {
  const mixing = state.mixing ?? UNMIXED;
  switch (event.kind) {
    case 'seatPinned':
      return { ...state, mixing: { ...mixing, pinned: new Set(mixing.pinned).add(event.seat) } };
    case 'seatUnpinned':
      return { ...state, mixing: { ...mixing, pinned: without(mixing.pinned, event.seat) } };
    case 'roomsMixed': {
      const moved = seatsAt(event.tables);
      const last = {
        version: state.version + 1,
        stepStartedAt: state.step.startedAt,
        before: state.seating,
        met: mixing.met,
        moved,
        ...(event.step && { step: event.step }),
        isTakenBack: false,
      };
      const met = event.way === 'level' ? mixing.met : metSoFar(state);
      const sat = new Map(state.sat).set(state.step.id, state.seating);
      return { ...state, sat, seating: reseated(state.seating, moved), mixing: { ...mixing, met, last } };
    }
    case 'mixTakenBack': {
      const last = mixing.last && { ...mixing.last, isTakenBack: true };
      // Within one step it was no round of work; else they have met.
      const met = last && isBrief(last, state) ? last.met : metSoFar(state);
      return { ...state, seating: reseated(state.seating, seatsAt(event.tables)), mixing: { ...mixing, met, last } };
    }
    default:
      return unreachable(event);
  }
}

/** A step that began with it has started since. */
const isBrief = (last: LastMix, { step }: WorkshopState): boolean =>
  last.step === undefined ? last.stepStartedAt === step.startedAt : last.step === step.id;

/** Earlier seatings with the present one, in which people worked together unless they are still arriving. */
export function metSoFar({ mixing, script, step, seating }: WorkshopState): readonly Seating[] {
  const met = mixing?.met ?? [];
  if (script[step.index]?.kind === 'arrive') return met;
  return [...met, seating].slice(-LIMITS.seatingsOfWorkshop.most);
}

export const seatsAt = (tables: readonly Table[]): Seating =>
  new Map(tables.flatMap(({ room, seats }) => seats.map((seat) => [seat, room] as const)));

/** Whoever sits elsewhere by now, is pinned, hosts a room or has left is not moved by what was announced before; other rooms for all replace it. */
export function followSeats(state: WorkshopState, event: WorkshopEvent): WorkshopState {
  const seats = state.step.turn?.seats;
  if (!seats || !state.step.turn) return state;
  const moves = movesAfter(seats.moves, event);
  if (moves === seats.moves) return state;
  return { ...state, step: { ...state.step, turn: { ...state.step.turn, seats: { ...seats, moves } } } };
}

function movesAfter(moves: Seating, event: WorkshopEvent): Seating {
  switch (event.kind) {
    case 'seatTaken':
    case 'seatMoved':
    case 'seatLeft':
    case 'seatPinned':
    case 'hostNamed': {
      if (!moves.has(event.seat)) return moves;
      const others = new Map(moves);
      others.delete(event.seat);
      return others;
    }
    case 'roomsMixed':
    case 'mixTakenBack':
      return new Map();
    default:
      return moves;
  }
}

/** Whoever left meanwhile has no chair to move from. */
const reseated = (seating: Seating, moved: Seating): Seating =>
  new Map([...seating].map(([seat, room]) => [seat, moved.get(seat) ?? room]));

function without(seats: ReadonlySet<SeatId>, seat: SeatId): ReadonlySet<SeatId> {
  const others = new Set(seats);
  others.delete(seat);
  return others;
}
