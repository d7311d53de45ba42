import type { RoomId, SeatId } from '../ids.ts';
import type { Guest, Guests, Seating } from './guest.ts';

const DELEGATIONS = [
  ['KZ', 'kk'],
  ['KG', 'ky'],
  ['UZ', 'uz'],
  ['TJ', 'tg'],
  ['TM', 'tk'],
  ['PK', 'ur'],
  ['KG', 'ru'],
  ['KZ', 'en'],
  ['UZ', 'ru'],
  ['KZ', 'kk'],
] as const;

/** People from six countries with eight languages, of some more than of others. */
export const crowd = (count: number): Guest[] =>
  Array.from({ length: count }, (_, number) => {
    const [country, language] = DELEGATIONS[(number * 7 + (number >> 3)) % DELEGATIONS.length]!;
    return { seat: `seat${number}` as SeatId, country, languages: [language] };
  });

export const roomIds = (count: number): RoomId[] =>
  Array.from({ length: count }, (_, number) => `room${number}` as RoomId);

export const asGuests = (guests: readonly Guest[]): Guests => new Map(guests.map((guest) => [guest.seat, guest]));

export function sizesOf(seating: Seating, rooms: readonly RoomId[]): number[] {
  const sizes = new Map(rooms.map((room) => [room, 0]));
  for (const room of seating.values()) sizes.set(room, (sizes.get(room) ?? 0) + 1);
  return [...sizes.values()];
}

/** Told by hand, not by what seating itself counts: how often each pair shared a room. */
export function meetingsIn(rounds: readonly Seating[]): number[] {
  const times = new Map<string, number>();
  for (const round of rounds) {
    const seats = [...round].sort(([a], [b]) => (a < b ? -1 : 1));
    seats.forEach(([one, room], place) => {
      for (const [other, where] of seats.slice(place + 1)) {
        if (where === room) times.set(`${one} ${other}`, (times.get(`${one} ${other}`) ?? 0) + 1);
      }
    });
  }
  return [...times.values()];
}
