import type { Actor, Person, Role, Seat } from '#domain/forum/seat.ts';
import type { ForumId, RoomId, SeatId, WorkshopId } from '#domain/ids.ts';
import { access, type Access } from '#domain/permissions/access.ts';
import { unreachable } from '#domain/unreachable.ts';
import type { DocumentRef } from '#protocol/document-name.ts';
import type { ForumStore } from '#server/storage/ports.ts';
import type { Permissions } from '#server/sync/permissions.ts';
import type { Workshops } from './workshops.ts';

interface SeatRegister {
  /** Who has a seat now; removed ones are not among them. */
  people(forum: ForumId): Promise<readonly { seat: Seat; person: Person }[]>;
  onChange(listener: (forum: ForumId) => void): () => void;
}

/**
 * The sync server's question "what may this seat do with this document?", answered from the workshops' state. Changes of roles and
 * removals count from the moment they are known here, whatever a socket was let in with.
 */
export class WorkshopPermissions implements Permissions {
  readonly #workshops: Workshops;
  readonly #forums: Pick<ForumStore, 'byId' | 'byRoom'>;
  readonly #seats: SeatRegister;
  readonly #clock: () => number;
  readonly #rooms = new Map<RoomId, WorkshopId>();
  /** Null: removed. Seats that are not here yet are what they were let in as. */
  readonly #roles = new Map<SeatId, Role | null>();
  /** Seats of the forums whose roles were read. */
  readonly #known = new Map<ForumId, ReadonlySet<SeatId>>();
  #reading: Promise<void> = Promise.resolve();
  readonly #listeners = new Set<() => void>();

  constructor(
    workshops: Workshops,
    forums: Pick<ForumStore, 'byId' | 'byRoom'>,
    seats: SeatRegister,
    clock: () => number,
  ) {
    this.#workshops = workshops;
    this.#forums = forums;
    this.#seats = seats;
    this.#clock = clock;
    workshops.onChange(() => this.#tell());
    seats.onChange((forum) => {
      this.#readRoles(forum).then(
        () => this.#tell(),
        () => this.#known.delete(forum), // Read again by the next `load`; storage says by itself that it is away.
      );
    });
  }

  async load(ref: DocumentRef): Promise<{ forumId: ForumId } | null> {
    switch (ref.kind) {
      case 'board': {
        const found = await this.#forums.byRoom(ref.room);
        const state = found && (await this.#workshops.state(found.workshop));
        if (!found || !state) return null;
        if (!this.#known.has(state.forumId)) await this.#readRoles(state.forumId);
        this.#rooms.set(ref.room, found.workshop);
        return { forumId: found.forum.id };
      }
      case 'outcome': {
        const forum = await this.#forums.byId(ref.forum);
        if (forum && !this.#known.has(forum.id)) await this.#readRoles(forum.id);
        return forum && { forumId: forum.id };
      }
      case 'draft':
        return null; // No step of today's scripts has silent writing.
      default:
        return unreachable(ref);
    }
  }

  access(ref: DocumentRef, actor: Actor): Access {
    const role = this.#roles.has(actor.seatId) ? this.#roles.get(actor.seatId) : actor.role;
    if (!role) return 'none';
    const workshop = ref.kind === 'board' ? this.#rooms.get(ref.room) : undefined;
    const state = workshop === undefined ? null : this.#workshops.current(workshop);
    return access(ref, { seatId: actor.seatId, role }, state, this.#clock());
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** One after another, so that an older answer never comes last. */
  #readRoles(forum: ForumId): Promise<void> {
    const read = async () => {
      const people = await this.#seats.people(forum);
      const now = new Set(people.map(({ seat }) => seat.id));
      for (const seat of this.#known.get(forum) ?? []) if (!now.has(seat)) this.#roles.set(seat, null);
      for (const { seat } of people) this.#roles.set(seat.id, seat.role);
      this.#known.set(forum, now);
    };
    const done = this.#reading.then(read, read);
    this.#reading = done.catch(() => undefined);
    return done;
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
