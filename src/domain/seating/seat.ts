import { Chance } from '../chance.ts';
import type { RoomId, SeatId } from '../ids.ts';
import type { Guest, Seating, Wish } from './guest.ts';
import { evenSizes } from './sizes.ts';
import { Tables } from './tables.ts';

const PROPOSALS = 200; // a person: 60 meet again up to a quarter more often, 600 hardly less
const PASSES = 3;
const ROUNDS = 4; // one hall in thirty needs the second
const WARM = 60; // the largest rise that is taken at first is three quarters of it: half of what one person alone weighs
const MOST_WORK = 30_000_000; // looks at a chair: beyond 1,500 people they share what is left, instead of taking minutes
const SLICE = 100_000; // looks at a chair between two pauses: some 3 ms

export interface Wanted {
  readonly guests: readonly Guest[];
  readonly rooms: readonly RoomId[];
  readonly wish: Wish;
  /** Who keeps which room and counts there; one that is not among `rooms` keeps its chair elsewhere. */
  readonly kept?: Seating;
  /** Earlier seatings: who sat together is put together again as seldom as can be. */
  readonly met?: readonly Seating[];
  /** How many sit in each room; as even as can be when left out. */
  readonly sizes?: readonly number[];
}

/** Gives everybody a room. The same guests, wishes and seed give the same rooms on every machine. */
export function seat(wanted: Wanted, seed: number): Map<SeatId, RoomId> {
  const work = seating(wanted, seed);
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** The same in slices: whoever has others waiting does something else at each of them. */
export function* seating(wanted: Wanted, seed: number): Generator<void, Map<SeatId, RoomId>> {
  const { guests, rooms, wish, kept = new Map(), met = [] } = wanted;
  if (rooms.length === 0) return new Map();
  const chance = new Chance(seed);
  const tables = new Tables(guests, rooms.length, wish, met);
  const numbers = new Map(rooms.map((room, number) => [room, number]));
  const movable: number[] = [];
  guests.forEach((guest, number) => {
    const table = numbers.get(kept.get(guest.seat) as RoomId);
    if (table !== undefined) tables.sit(number, table);
    else if (!kept.has(guest.seat)) movable.push(number);
  });
  const fixed = rooms.map((_, table) => tables.members(table).length);
  const people = movable.length + fixed.reduce((sum, count) => sum + count, 0);
  deal(tables, chance.shuffled(movable), guests, wish, wanted.sizes ?? evenSizes(people, fixed));
  yield;
  if (wish.country === 'mix' || wish.language !== 'off' || met.length > 0)
    yield* improve(tables, movable, wish, chance);
  const seats = new Map<SeatId, RoomId>();
  guests.forEach(({ seat: id }, number) => {
    const table = tables.at(number);
    if (table >= 0) seats.set(id, rooms[table]!);
    else if (kept.has(id)) seats.set(id, kept.get(id)!);
  });
  return seats;
}

/** Group by group, the largest first, each to a room with a free chair and the fewest (for `together` the most) of their group. */
function deal(
  tables: Tables,
  shuffled: readonly number[],
  guests: readonly Guest[],
  wish: Wish,
  sizes: readonly number[],
) {
  const gathers = wish.language === 'together' && wish.country === 'off';
  const groupOf = ({ country, languages }: Guest) => (gathers ? languages[0] : country) ?? '';
  const groups = new Map<string, number[]>();
  for (const guest of shuffled) {
    const group = groups.get(groupOf(guests[guest]!));
    if (group) group.push(guest);
    else groups.set(groupOf(guests[guest]!), [guest]);
  }
  const free = sizes.map((size, table) => size - tables.members(table).length);
  for (const guest of [...groups.values()].sort((a, b) => b.length - a.length).flat()) {
    let best = -1;
    let fewest = 0;
    for (let table = 0; table < sizes.length; table += 1) {
      if (free[table]! <= 0) continue;
      const same = gathers ? -tables.speaking(guest, table) : tables.ofCountry(guest, table);
      if (best < 0 || same < fewest || (same === fewest && free[table]! > free[best]!)) {
        best = table;
        fewest = same;
      }
    }
    if (best < 0) continue; // sizes that were given have no chair for everybody
    tables.sit(guest, best);
    free[best]! -= 1;
  }
}

/** Exchanges until nobody is alone who need not be; of several tries the best one stands. */
function* improve(tables: Tables, seated: readonly number[], wish: Wish, chance: Chance): Generator<void> {
  const movable = seated.filter((guest) => tables.at(guest) >= 0);
  if (movable.length < 2) return;
  const wantsCompany = wish.language === 'company' || wish.language === 'together';
  const work = new Work(tables);
  let best: { readonly lonely: number; readonly at: readonly number[] } | null = null;
  for (let round = 0; round < ROUNDS; round += 1) {
    yield* exchange(tables, movable, chance, work);
    if (!wantsCompany) return;
    for (let pass = 0; pass < PASSES && (yield* findCompany(tables, movable, work)); pass += 1);
    const lonely = movable.filter((guest) => tables.isLonely(guest)).length;
    if (!best || lonely < best.lonely) best = { lonely, at: movable.map((guest) => tables.at(guest)) };
    if (lonely === 0 || work.left <= 0) break;
  }
  if (!best) return;
  const { at } = best;
  for (const guest of movable) tables.leave(guest);
  movable.forEach((guest, number) => tables.sit(guest, at[number]!));
}

/** Two who sit in different rooms change places where that costs no more, now and then a little more; at the end only less. */
function* exchange(tables: Tables, movable: readonly number[], chance: Chance, work: Work): Generator<void> {
  const proposals = PROPOSALS * movable.length;
  for (let proposal = 0; proposal < proposals && work.left > MOST_WORK / 2; proposal += 1) {
    const a = movable[chance.below(movable.length)]!;
    const b = movable[chance.below(movable.length)]!;
    if (tables.at(a) === tables.at(b)) continue;
    const rise = work.rise(a, b);
    const warm = Math.floor((WARM * (proposals - proposal)) / proposals) - WARM / 4;
    if (rise <= 0 || (warm > 0 && rise < chance.below(warm))) tables.swap(a, b);
    if (work.isPauseDue()) yield;
  }
  for (let pass = 0; pass < PASSES; pass += 1) {
    let better = false;
    for (let first = 0; first < movable.length && work.left > 0; first += 1) {
      for (const b of movable.slice(first + 1)) {
        const a = movable[first]!;
        if (tables.at(a) === tables.at(b) || work.rise(a, b) >= 0) continue;
        tables.swap(a, b);
        better = true;
      }
      if (work.isPauseDue()) yield;
    }
    if (!better) return;
  }
}

/** Who is left alone takes the chair of somebody who sits with one of theirs, and that one the chair of a third. */
function* findCompany(tables: Tables, movable: readonly number[], work: Work): Generator<void, boolean> {
  let better = false;
  for (const alone of movable.filter((guest) => tables.isAlone(guest))) {
    search: for (const second of movable) {
      if (tables.at(second) === tables.at(alone) || !tables.isKnown(alone, tables.at(second))) continue;
      const rise = work.rise(alone, second);
      tables.swap(alone, second);
      for (const third of movable) {
        if (third === alone || tables.at(third) === tables.at(second)) continue;
        if (rise + work.rise(second, third) >= 0) continue;
        tables.swap(second, third);
        better = true;
        break search;
      }
      tables.swap(alone, second);
      if (work.isPauseDue()) yield;
      if (work.left <= 0) return better;
    }
  }
  return better;
}

/** Counts looks at a chair: no clock decides, so that a slow machine gives the same rooms. */
class Work {
  readonly #tables: Tables;
  #done = 0;
  #pausedAt = 0;

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  get left(): number {
    return MOST_WORK - this.#done;
  }

  rise(a: number, b: number): number {
    this.#done += this.#tables.members(this.#tables.at(a)).length + this.#tables.members(this.#tables.at(b)).length;
    return this.#tables.riseBySwapping(a, b);
  }

  isPauseDue(): boolean {
    if (this.#done - this.#pausedAt < SLICE) return false;
    this.#pausedAt = this.#done;
    return true;
  }
}
