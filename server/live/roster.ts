import type { Actor, Role } from '#domain/forum/seat.ts';
import type { RoomId, SeatId } from '#domain/ids.ts';
import { groupedWith, mayReadName, seatedVisitor, type Named } from '#domain/permissions/reads.ts';
import type { WorkshopState } from '#domain/workshop/state.ts';
import type { PersonAtTable } from '#protocol/live/down.ts';
import { atTable } from '#server/forum/reading.ts';
import type { SeatChange } from '#server/forum/seat-change.ts';

export type Wrote = ReadonlyMap<RoomId, ReadonlySet<SeatId>>;

const WROTE_LASTS = 10_000; // ms; names of who wrote somewhere and sits elsewhere now are told to newcomers by then

interface Parts {
  readonly people: () => Promise<readonly SeatChange[]>;
  /** Of the forum's workshops that are open. */
  readonly workshops: () => readonly WorkshopState[];
  readonly wrote: (workshops: readonly WorkshopState[]) => Promise<Wrote>;
  readonly clock: () => number;
}

/**
 * The people of one forum as the live channel tells them: read once, and kept by what is heard of single seats, so that nobody who
 * comes makes the server read everybody. What a viewer is told obeys the read table.
 */
export class Roster {
  readonly #parts: Parts;
  readonly #people = new Map<SeatId, PersonAtTable>();
  #reading: Promise<void> | null = null;
  #missed: SeatChange[] | null = null;
  #wrote: { readonly of: ReadonlyMap<SeatId, readonly RoomId[]>; readonly at: number } | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Resolves when everybody is known. */
  ready(): Promise<void> {
    this.#reading ??= this.#read().catch((error: unknown) => {
      this.#reading = null;
      throw error;
    });
    return this.#reading;
  }

  roleOf(seat: SeatId): Role | null {
    return this.#people.get(seat)?.role ?? null;
  }

  /** For who may be told it anyhow. */
  nameOf(seat: SeatId): string | undefined {
    return this.#people.get(seat)?.name;
  }

  change(changes: readonly SeatChange[]): void {
    // What is being read may be older than this.
    this.#missed?.push(...changes);
    for (const change of changes) {
      if (change.seat.removedAt === null) this.#people.set(change.seat.id, atTable(change));
      else this.#people.delete(change.seat.id);
    }
  }

  /** Reads everybody again; says whose entries differ from before. */
  async readAgain(): Promise<SeatId[]> {
    await this.#reading?.catch(() => undefined);
    const before = new Map(this.#people);
    this.#reading = null;
    await this.ready();
    const seats = new Set([...before.keys(), ...this.#people.keys()]);
    return [...seats].filter((seat) => JSON.stringify(before.get(seat)) !== JSON.stringify(this.#people.get(seat)));
  }

  /** Everybody whose name this viewer may read. */
  async namesFor(viewer: Actor): Promise<PersonAtTable[]> {
    await this.ready();
    const workshops = this.#parts.workshops();
    if (!this.#wrote || this.#parts.clock() - this.#wrote.at > WROTE_LASTS) {
      this.#wrote = { of: roomsBySeat(await this.#parts.wrote(workshops)), at: this.#parts.clock() };
    }
    return this.#readable(viewer, this.#people.keys(), workshops);
  }

  /** Those of these seats whose names the viewer may read. */
  someFor(viewer: Actor, seats: Iterable<SeatId>): PersonAtTable[] {
    return this.#readable(viewer, seats, this.#parts.workshops());
  }

  #readable(viewer: Actor, seats: Iterable<SeatId>, workshops: readonly WorkshopState[]): PersonAtTable[] {
    const visitor = seatedVisitor(viewer, workshops);
    const told: PersonAtTable[] = [];
    for (const seat of seats) {
      const person = this.#people.get(seat);
      if (person && mayReadName(visitor, this.#named(person, workshops))) told.push(person);
    }
    return told;
  }

  #named({ seatId, role }: PersonAtTable, workshops: readonly WorkshopState[]): Named {
    const wroteIn = this.#wrote?.of.get(seatId) ?? [];
    const mates = groupedWith(seatId, workshops);
    const rooms = workshops.flatMap(({ seating }) => seating.get(seatId) ?? []);
    return { seatId, role, rooms, wroteIn, ...(mates && { groupedWith: mates }) };
  }

  async #read(): Promise<void> {
    const missed: SeatChange[] = (this.#missed = []);
    try {
      const people = await this.#parts.people();
      this.#people.clear();
      for (const entry of people) this.#people.set(entry.seat.id, atTable(entry));
    } finally {
      this.#missed = null;
    }
    this.change(missed);
  }
}

function roomsBySeat(wrote: Wrote): ReadonlyMap<SeatId, readonly RoomId[]> {
  const rooms = new Map<SeatId, RoomId[]>();
  for (const [room, seats] of wrote) for (const seat of seats) rooms.set(seat, [...(rooms.get(seat) ?? []), room]);
  return rooms;
}
