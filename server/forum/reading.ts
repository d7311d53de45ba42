import type { Forum } from '#domain/forum/forum.ts';
import type { Actor, Person, Seat } from '#domain/forum/seat.ts';
import type { ForumId, RoomId, SeatId, WorkshopId } from '#domain/ids.ts';
import {
  mayReadName,
  namedPeople,
  reads,
  seatedVisitor,
  type Named,
  type Thing,
  type Visitor,
} from '#domain/permissions/reads.ts';
import type { WorkshopState } from '#domain/workshop/state.ts';
import { documentName } from '#protocol/document-name.ts';
import type { PersonAtTable } from '#protocol/live/down.ts';
import type { PeopleStore } from '#server/storage/ports/people.ts';

interface Parts {
  readonly people: Pick<PeopleStore, 'wroteOn'>;
  readonly seats: { people(forum: ForumId): Promise<readonly { seat: Seat; person: Person }[]> };
  readonly workshops: { state(id: WorkshopId): Promise<WorkshopState | null> };
}

/** Who everybody is, to one viewer. */
export type Roster = (viewer: Actor) => PersonAtTable[];

interface NamedPerson extends Named {
  readonly shown: PersonAtTable;
}

/** Brings to the read table (`permissions/reads`) what it asks about: where people sit, and who wrote where. */
export class Reading {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** A seat of the forum as the table knows it. */
  async visitor(forum: Forum, actor: Actor): Promise<Visitor> {
    return seatedVisitor(actor, await this.#states(forum));
  }

  async reads(forum: Forum, actor: Actor, thing: Thing): Promise<boolean> {
    return reads(await this.visitor(forum, actor), thing);
  }

  /** Everybody as far as this seat may know who they are. */
  async people(forum: Forum, viewer: Actor): Promise<PersonAtTable[]> {
    return (await this.roster(forum))(viewer);
  }

  /** The same, read once for many viewers. */
  async roster(forum: Forum): Promise<Roster> {
    const states = await this.#states(forum);
    const people = await this.#named(forum.id, states);
    return (viewer) => {
      const visitor = seatedVisitor(viewer, states);
      return people.filter((person) => mayReadName(visitor, person)).map(({ shown }) => shown);
    };
  }

  /** The seats that have written on the boards of these rooms. */
  async wrote(rooms: readonly RoomId[]): Promise<ReadonlyMap<RoomId, ReadonlySet<SeatId>>> {
    const names = rooms.map((room) => [room, documentName({ kind: 'board', room })] as const);
    const found = await this.#parts.people.wroteOn(names.map(([, name]) => name));
    return new Map(names.map(([room, name]) => [room, found.get(name) ?? new Set<SeatId>()]));
  }

  async #named(forum: ForumId, states: readonly WorkshopState[]): Promise<NamedPerson[]> {
    const documents = states.flatMap(({ rooms }) =>
      rooms.map(({ id }) => [id, documentName({ kind: 'board', room: id })] as const),
    );
    const [people, wrote] = await Promise.all([
      this.#parts.seats.people(forum),
      this.#parts.people.wroteOn(documents.map(([, name]) => name)),
    ]);
    const authors = new Map<RoomId, ReadonlySet<SeatId>>(
      documents.map(([room, name]) => [room, wrote.get(name) ?? new Set()]),
    );
    const actors = people.map(({ seat }): Actor => ({ seatId: seat.id, role: seat.role }));
    return namedPeople(actors, states, authors).map((named, index) => ({ ...named, shown: atTable(people[index]!) }));
  }

  async #states(forum: Forum): Promise<WorkshopState[]> {
    const workshops = forum.agenda.filter((item) => item.kind === 'workshop');
    const states = await Promise.all(workshops.map(({ id }) => this.#parts.workshops.state(id)));
    return states.filter((state) => state !== null);
  }
}

export function atTable({ seat, person }: { seat: Seat; person: Person }): PersonAtTable {
  const { name, country, language } = person;
  return { seatId: seat.id, name, country, language, role: seat.role };
}
