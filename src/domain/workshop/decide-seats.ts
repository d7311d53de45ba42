import type { RoomId, SeatId } from '../ids.ts';
import { accepted, refused } from '../refusal.ts';
import type { Guests } from '../seating/guest.ts';
import { place } from '../seating/place.ts';
import { withoutCaller } from './calls/decide.ts';
import type { Decision } from './decide.ts';
import type { WorkshopState } from './state.ts';

/** Seats somebody in the smallest room that fits them, or where they sat before they left. Closed workshops still seat people: they come to read. */
export function takeSeat(state: WorkshopState, seat: SeatId, guests: Guests, at: number): Decision {
  if (state.seating.has(seat)) return accepted([]);
  const room = state.left?.get(seat) ?? place(state, seat, guests);
  return room === null ? refused({ kind: 'roomUnknown' }) : accepted([{ kind: 'seatTaken', seat, room, at }]);
}

export function moveSeat(state: WorkshopState, seat: SeatId, room: RoomId, at: number): Decision {
  if (!state.seating.has(seat)) return refused({ kind: 'seatUnknown' });
  if (!state.rooms.some(({ id }) => id === room)) return refused({ kind: 'roomUnknown' });
  return accepted(state.seating.get(seat) === room ? [] : [{ kind: 'seatMoved', seat, room, at }]);
}

export function removeSeat(state: WorkshopState, seat: SeatId, at: number): Decision {
  return accepted(state.seating.has(seat) ? [...withoutCaller(state, seat, at), { kind: 'seatLeft', seat, at }] : []);
}
