import type { RoomId, SeatId } from '../ids.ts';
import { groups } from './groups.ts';
import { guestOf, type Guest, type Guests, type Seating, type Wish } from './guest.ts';
import { groupSizes } from './sizes.ts';
import { Tables } from './tables.ts';

/** Who works together in a room. Numbers count through all rooms. */
export interface SmallGroup {
  readonly number: number;
  readonly room: RoomId;
  readonly seats: readonly SeatId[];
}

/** One that is there. */
export interface KnownGroup extends SmallGroup {
  /** Of its seats, who came after its step had begun. */
  readonly late?: readonly SeatId[];
}

export interface GroupsWanted {
  readonly rooms: readonly RoomId[];
  readonly seating: Seating;
  readonly guests: Guests;
  readonly size: number;
  /** Groups that are there; who sits in another room by now is in none of them. */
  readonly known: readonly KnownGroup[];
  /** Their step has only just begun: who came late to a full group has little to lose there. */
  readonly isEarly: boolean;
  /** A group that somebody was in before, by its number: there they come back to. */
  readonly was: ReadonlyMap<SeatId, readonly number[]>;
  readonly met: readonly Seating[];
}

const WISH: Wish = { country: 'off', language: 'together' };
const MOST_AT_ONCE = 24; // people of one room among whom groups are drawn: more are dealt into parts, as the work grows faster than they do

/**
 * Everybody who sits in a room in a group of it. Where there are groups, nobody is taken out of theirs: who came joins the smallest
 * that fits, and who is left alone joins another. Only whoever came late to a full one, and early in the step, goes into a new one with
 * the next who comes. A room without any gets them of people who understand each other.
 */
export function grouped(wanted: GroupsWanted, seed: number): SmallGroup[] {
  const people = peopleByRoom(wanted);
  const all: SmallGroup[] = [];
  let next = wanted.known.reduce((most, { number }) => Math.max(most, number), 0) + 1;
  wanted.rooms.forEach((room, place) => {
    const members = people.get(room)!;
    const own = new RoomGroups(wanted, room, members);
    if (own.areEmpty) {
      for (const seats of drawn(members, wanted, seed + place)) own.add(next++, seats);
    } else {
      next = own.settle(next);
    }
    all.push(...own.list());
  });
  return all;
}

/** Groups of whole earlier ones: as many as people of that size need, none of them parted, as even as that allows. */
export function joined(
  earlier: readonly SmallGroup[],
  { rooms, seating, size }: Pick<GroupsWanted, 'rooms' | 'seating' | 'size'>,
): SmallGroup[] {
  const all: SmallGroup[] = [];
  for (const room of rooms) {
    const parts = earlier
      .filter((group) => group.room === room)
      .map(({ seats }) => seats.filter((seat) => seating.get(seat) === room))
      .filter((seats) => seats.length > 0)
      .sort((a, b) => b.length - a.length);
    const people = parts.reduce((sum, { length }) => sum + length, 0);
    const count = Math.min(parts.length, groupSizes(people, size).length);
    const tables = Array.from({ length: count }, (): SeatId[] => []);
    for (const seats of parts) smallest(tables)?.push(...seats);
    for (const seats of tables) all.push({ number: all.length + 1, room, seats });
  }
  return all;
}

function smallest(tables: SeatId[][]): SeatId[] | undefined {
  const fewest = Math.min(...tables.map(({ length }) => length));
  return tables.find(({ length }) => length === fewest);
}

function drawn(members: readonly SeatId[], { guests, size, met }: GroupsWanted, seed: number): SeatId[][] {
  const known = members.map((seat) => guestOf(seat, guests));
  // People of one language stay in one part. Parts of whole groups: only the last one has those who are over.
  const byLanguage = known.toSorted((a, b) => compared(a.languages[0] ?? '', b.languages[0] ?? ''));
  const most = MOST_AT_ONCE - (MOST_AT_ONCE % size);
  const parts = Math.max(1, Math.floor(known.length / most));
  return Array.from({ length: parts }, (_, part) => {
    const here = byLanguage.slice(part * most, part === parts - 1 ? undefined : (part + 1) * most);
    return groups(parts === 1 ? known : here, size, seed + part, { wish: WISH, met });
  }).flat();
}

const compared = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function peopleByRoom({ rooms, seating }: GroupsWanted): Map<RoomId, SeatId[]> {
  const people = new Map<RoomId, SeatId[]>(rooms.map((room) => [room, []]));
  for (const [seat, room] of seating) people.get(room)?.push(seat);
  return people;
}

interface RoomGroup {
  readonly number: number;
  readonly seats: SeatId[];
}

/** The groups of one room as people come and go. */
class RoomGroups {
  readonly #wanted: GroupsWanted;
  readonly #room: RoomId;
  readonly #members: readonly SeatId[];
  readonly #groups: RoomGroup[];
  readonly #late: Set<SeatId>;

  constructor(wanted: GroupsWanted, room: RoomId, members: readonly SeatId[]) {
    const here = new Set(members);
    this.#wanted = wanted;
    this.#room = room;
    this.#members = members;
    const known = wanted.known.filter((group) => group.room === room);
    this.#late = new Set(known.flatMap(({ late = [] }) => late));
    this.#groups = known.map(({ number, seats }) => ({ number, seats: seats.filter((seat) => here.has(seat)) }));
  }

  get areEmpty(): boolean {
    return this.#groups.every(({ seats }) => seats.length === 0);
  }

  add(number: number, seats: readonly SeatId[]): void {
    this.#groups.push({ number, seats: [...seats] });
  }

  list(): SmallGroup[] {
    return this.#groups.map(({ number, seats }) => ({ number, room: this.#room, seats }));
  }

  /** `next`: the number of one that is opened; returns the next after it. */
  settle(next: number): number {
    const inOne = new Set(this.#groups.flatMap(({ seats }) => seats));
    for (const seat of this.#members) if (!inOne.has(seat)) next = this.#comes(seat, next);
    for (const { seats } of this.#groups) {
      if (seats.length === 1 && this.#others(seats).length > 0) this.#sit(seats.pop()!);
    }
    return next;
  }

  #comes(seat: SeatId, next: number): number {
    const former = this.#wanted.was.get(seat);
    const again = this.#groups.find(({ number, seats }) => seats.length > 0 && former?.includes(number));
    this.#late.add(seat);
    const overfull = again ? undefined : (this.#waitingFor(seat) ?? this.#outgrown());
    if (overfull) {
      // who came last has written least there
      this.add(next, [overfull.seats.pop()!, seat]);
      return next + 1;
    }
    if (again) again.seats.push(seat);
    else this.#sit(seat);
    return next;
  }

  /** The group of somebody who came when all were full, and makes another one with who comes now and understands them. */
  #waitingFor(newcomer: SeatId): RoomGroup | undefined {
    const { size, isEarly, guests } = this.#wanted;
    const groups = this.#others([]);
    if (!isEarly || groups.some(({ seats }) => seats.length < size)) return undefined;
    return groups.find(({ seats }) => {
      const last = seats.at(-1)!;
      return seats.length > size && this.#late.has(last) && mayTalk(guestOf(last, guests), guestOf(newcomer, guests));
    });
  }

  /** The largest, once none has room for anybody. */
  #outgrown(): RoomGroup | undefined {
    const [largest, ...rest] = this.#others([]).toSorted((a, b) => b.seats.length - a.seats.length);
    return (rest.at(-1) ?? largest)!.seats.length < 2 * this.#wanted.size ? undefined : largest;
  }

  /** In the smallest that fits: of those that are not full one where they are understood, then where fewest sit. */
  #sit(seat: SeatId): void {
    const { guests, size } = this.#wanted;
    const others = this.#others([]);
    const fewest = Math.min(...others.map(({ seats }) => seats.length));
    const open = others.filter(({ seats }) => seats.length <= Math.max(fewest, size));
    const newcomer = guestOf(seat, guests);
    const seated = open.flatMap(({ seats }, table) => seats.map((id) => ({ guest: guestOf(id, guests), table })));
    const tables = new Tables([newcomer, ...seated.map(({ guest }) => guest)], open.length, WISH, []);
    seated.forEach(({ table }, number) => tables.sit(number + 1, table));
    const rank = open.map(({ seats }, table) => [
      tables.isKnown(0, table) || newcomer.languages.length === 0 ? 0 : 1,
      seats.length,
      tables.riseBySitting(0, table),
    ]);
    const best = rank.reduce((least, one, table) => (isBefore(one, rank[least]!) ? table : least), 0);
    open[best]!.seats.push(seat);
  }

  /** Those with people in them. */
  #others(but: readonly SeatId[]): RoomGroup[] {
    return this.#groups.filter(({ seats }) => seats.length > 0 && seats !== but);
  }
}

/** They have a language in common, or nobody knows that they have not. */
const mayTalk = ({ languages }: Guest, other: Guest): boolean =>
  languages.length === 0 || other.languages.length === 0 || languages.some((one) => other.languages.includes(one));

function isBefore(one: readonly number[], other: readonly number[]): boolean {
  const place = one.findIndex((value, at) => value !== other[at]);
  return place >= 0 && one[place]! < other[place]!;
}
