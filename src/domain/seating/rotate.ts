import type { RoomId, SeatId } from '../ids.ts';
import { guestOf } from './guest.ts';
import { mixing, type Hall } from './mix.ts';
import { Tables } from './tables.ts';

const UNEVEN = 1_000_000; // more than any exchange costs

/** Everybody whose seat is not pinned goes to another room, where that can be, with as few as can be whom they have met. */
export function* rotating(hall: Hall, seed: number): Generator<void, Map<SeatId, RoomId>> {
  const after = yield* mixing(hall, seed);
  const round = new Round(hall, after);
  for (const guest of round.staying()) {
    round.sendOn(guest);
    yield;
  }
  return round.seating();
}

class Round {
  readonly #hall: Hall;
  readonly #after: ReadonlyMap<SeatId, RoomId>;
  readonly #seats: readonly SeatId[];
  readonly #tables: Tables;
  readonly #from: readonly number[];
  readonly #goes: readonly boolean[];

  constructor(hall: Hall, after: ReadonlyMap<SeatId, RoomId>) {
    const { rooms, seating, pinned, wish, met, guests } = hall;
    const numbers = new Map(rooms.map((room, number) => [room, number]));
    this.#hall = hall;
    this.#after = after;
    this.#seats = [...after.keys()];
    this.#tables = new Tables(
      this.#seats.map((seat) => guestOf(seat, guests)),
      rooms.length,
      wish,
      met,
    );
    this.#seats.forEach((seat, guest) => {
      const table = numbers.get(after.get(seat)!);
      if (table !== undefined) this.#tables.sit(guest, table);
    });
    this.#from = this.#seats.map((seat) => numbers.get(seating.get(seat)!) ?? -1);
    this.#goes = this.#seats.map((seat, guest) => !pinned.has(seat) && this.#tables.at(guest) >= 0);
  }

  /** Who would sit where they sit; asked anew for each, as one who is sent on can free another. */
  *staying(): Generator<number> {
    for (const [guest] of this.#seats.entries()) {
      if (this.#goes[guest] && this.#tables.at(guest) === this.#from[guest]) yield guest;
    }
  }

  /** By the exchange, or to the free chair, that costs least; rooms stay as even as they are, and where that can be for those who are here. */
  sendOn(guest: number): void {
    const at = this.#tables.at(guest);
    let best = { rise: Infinity, go: () => {} };
    for (const [other] of this.#seats.entries()) {
      // Neither of the two may come to sit where they sat.
      if (!this.#goes[other] || this.#tables.at(other) === at || this.#from[other] === at) continue;
      const isEven = this.#isHere(other) === this.#isHere(guest);
      const rise = this.#tables.riseBySwapping(guest, other) + (isEven ? 0 : UNEVEN);
      if (rise < best.rise) best = { rise, go: () => this.#tables.swap(guest, other) };
    }
    for (const [table] of this.#hall.rooms.entries()) {
      if (table === at || !this.#isSmaller(table, at, guest)) continue;
      const rise = this.#riseByGoing(guest, table);
      if (rise < best.rise) best = { rise, go: () => this.#go(guest, table) };
    }
    best.go();
  }

  seating(): Map<SeatId, RoomId> {
    const { rooms } = this.#hall;
    return new Map(this.#seats.map((seat, guest) => [seat, rooms[this.#tables.at(guest)] ?? this.#after.get(seat)!]));
  }

  #isHere(guest: number): boolean {
    return this.#hall.here.has(this.#seats[guest]!);
  }

  #isSmaller(table: number, than: number, guest: number): boolean {
    const count = (of: number, only: (one: number) => boolean) => this.#tables.members(of).filter(only).length;
    const all = () => true;
    const here = (one: number) => this.#isHere(one);
    if (count(table, all) >= count(than, all)) return false;
    return this.#isHere(guest) ? count(table, here) < count(than, here) : true;
  }

  #riseByGoing(guest: number, table: number): number {
    const at = this.#tables.at(guest);
    this.#tables.leave(guest);
    const rise = this.#tables.riseBySitting(guest, table) - this.#tables.riseBySitting(guest, at);
    this.#tables.sit(guest, at);
    return rise;
  }

  #go(guest: number, table: number): void {
    this.#tables.leave(guest);
    this.#tables.sit(guest, table);
  }
}
