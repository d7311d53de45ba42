import type { RoomId, SeatId } from '../ids.ts';
import type { Guest, Seating, Wish } from './guest.ts';
import { seat } from './seat.ts';
import { groupSizes } from './sizes.ts';

/** Pairs and small groups of the people of one room, who come together by language first: nobody is left alone. */
export function groups(
  guests: readonly Guest[],
  size: number,
  seed: number,
  { wish = { country: 'off', language: 'together' }, met = [] }: { wish?: Wish; met?: readonly Seating[] } = {},
): SeatId[][] {
  const sizes = groupSizes(guests.length, size);
  const names = sizes.map((_, number) => `${number}` as RoomId);
  const seated = seat({ guests, rooms: names, wish, met, sizes }, seed);
  return names.map((name) => guests.flatMap(({ seat: id }) => (seated.get(id) === name ? [id] : [])));
}
