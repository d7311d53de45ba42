import type { RoomId, SeatId } from '../ids.ts';
import { guestOf, type Guest, type Guests, type Seating, type Wish } from './guest.ts';
import { meetAgain, type Again } from './met.ts';
import { seating } from './seat.ts';
import { evenSizes } from './sizes.ts';
import { Tables } from './tables.ts';

/**
 * `mix`: everybody anew. `level`: as few as can be, so that as many are here in each room. `rotate`: everybody anew and to another room;
 * who is pinned, as the host of a table, stays. `back`: where everybody sat before.
 */
export type MixWay = 'mix' | 'level' | 'rotate' | 'back';

/** Everybody who has a chair, and what is wanted of them. */
export interface Hall {
  readonly seating: Seating;
  readonly guests: Guests;
  /** Who is connected. Rooms are made even for them first: a room of seven with two of them here is a small one. */
  readonly here: ReadonlySet<SeatId>;
  readonly pinned: ReadonlySet<SeatId>;
  readonly rooms: readonly RoomId[];
  readonly wish: Wish;
  /** Earlier seatings, the present one too when people have worked in it. */
  readonly met: readonly Seating[];
}

/** Everybody in new rooms but who is pinned: those who are here first, the others where chairs are left. */
export function* mixing(hall: Hall, seed: number): Generator<void, Map<SeatId, RoomId>> {
  const { rooms, wish, met } = hall;
  const all = [...hall.seating.keys()];
  const pins = new Map([...hall.seating].filter(([seat]) => hall.pinned.has(seat)));
  const guests = guestsOf(all, hall);
  const present = guests.filter(({ seat }) => hall.here.has(seat));
  const placed = yield* seating({ guests: present, rooms, wish, met, kept: pins }, seed);
  return yield* seating({ guests, rooms, wish, met, kept: new Map([...pins, ...placed]) }, seed);
}

/** Everybody where they sat then, in rooms that are there; who was not there, or is pinned, stays. */
export function returned({ seating: now, pinned, rooms }: Hall, then: Seating): Map<SeatId, RoomId> {
  return new Map(
    [...now].map(([seat, room]) => {
      const before = then.get(seat);
      const isBack = before !== undefined && !pinned.has(seat) && rooms.includes(before);
      return [seat, isBack ? before : room];
    }),
  );
}

/** Rooms with the same number of people who are here, by moving as few of them as can be; who is away keeps their chair. */
export function levelled(hall: Hall): Map<SeatId, RoomId> {
  const { rooms } = hall;
  const numbers = new Map(rooms.map((room, number) => [room, number]));
  const present = [...hall.seating].filter(([seat, room]) => hall.here.has(seat) && numbers.has(room));
  const guests = guestsOf(
    present.map(([seat]) => seat),
    hall,
  );
  const tables = new Tables(guests, rooms.length, hall.wish, hall.met);
  present.forEach(([, room], guest) => tables.sit(guest, numbers.get(room)!));
  const isPinned = (guest: number) => hall.pinned.has(guests[guest]!.seat);
  const now = rooms.map((_, table) => tables.members(table).length);
  const fixed = rooms.map((_, table) => tables.members(table).filter(isPinned).length);
  const over = evenSizes(present.length, fixed, now).map((size, table) => now[table]! - size);
  const after = new Map(hall.seating);
  for (;;) {
    const from = over.indexOf(Math.max(...over));
    const to = over.indexOf(Math.min(...over));
    if (from < 0 || over[from]! <= 0 || over[to]! >= 0) return after;
    const guest = cheapest(tables, from, to, isPinned);
    tables.leave(guest);
    tables.sit(guest, to);
    after.set(guests[guest]!.seat, rooms[to]!);
    over[from]! -= 1;
    over[to]! += 1;
  }
}

function cheapest(tables: Tables, from: number, to: number, isPinned: (guest: number) => boolean): number {
  let best = { guest: -1, rise: Infinity };
  for (const guest of [...tables.members(from)]) {
    if (isPinned(guest)) continue;
    tables.leave(guest);
    const rise = tables.riseBySitting(guest, to) - tables.riseBySitting(guest, from);
    tables.sit(guest, from);
    if (rise < best.rise) best = { guest, rise };
  }
  return best.guest;
}

/** What can be said of a seating before anybody moves. */
export interface Findings {
  readonly rooms: readonly {
    readonly room: RoomId;
    readonly seats: readonly SeatId[];
    /** Those whom nobody else there understands. */
    readonly alone: readonly SeatId[];
  }[];
  readonly again: Again;
}

export function findings(after: Seating, hall: Omit<Hall, 'seating'>, rooms: readonly RoomId[]): Findings {
  const guests = guestsOf([...after.keys()], hall);
  const numbers = new Map(rooms.map((room, number) => [room, number]));
  const tables = new Tables(guests, rooms.length, { country: 'off', language: 'company' }, []);
  guests.forEach(({ seat }, number) => tables.sit(number, numbers.get(after.get(seat)!)!));
  const seatOf = (guest: number) => guests[guest]!.seat;
  return {
    rooms: rooms.map((room, table) => ({
      room,
      seats: tables.members(table).map(seatOf),
      alone: tables.aloneAt(table).map(seatOf),
    })),
    again: meetAgain(guests, after, hall.met),
  };
}

const guestsOf = (seats: readonly SeatId[], { guests }: Pick<Hall, 'guests'>): Guest[] =>
  seats.map((seat) => guestOf(seat, guests));
