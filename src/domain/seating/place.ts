import type { RoomId, SeatId } from '../ids.ts';
import type { WorkshopState } from '../workshop/state.ts';
import { DEFAULT_WISH, guestOf, type Guests } from './guest.ts';
import { Tables } from './tables.ts';

/**
 * For one who comes late: of the rooms with the fewest seats the one where their country and language fit best, among equals the
 * first. Null when there is no room at all.
 */
export function place(
  { rooms, seating }: Pick<WorkshopState, 'rooms' | 'seating'>,
  seat: SeatId,
  guests: Guests,
): RoomId | null {
  const members = new Map<RoomId, SeatId[]>(rooms.map(({ id }) => [id, []]));
  for (const [other, room] of seating) members.get(room)?.push(other);
  const fewest = Math.min(...[...members.values()].map(({ length }) => length));
  const smallest = [...members].filter(([, seats]) => seats.length === fewest);
  const newcomer = guests.get(seat);
  if (smallest.length < 2 || !newcomer) return smallest[0]?.[0] ?? null;
  const seated = smallest.flatMap(([, seats], table) => seats.map((id) => ({ guest: guestOf(id, guests), table })));
  const tables = new Tables([newcomer, ...seated.map(({ guest }) => guest)], smallest.length, DEFAULT_WISH, []);
  seated.forEach(({ table }, number) => tables.sit(number + 1, table));
  const rises = smallest.map((_, table) => tables.riseBySitting(0, table));
  return smallest[rises.indexOf(Math.min(...rises))]![0];
}
