import type { Actor, Person, Role, Seat } from '#domain/forum/seat.ts';
import type { ForumId, RoomId, SeatId, WorkshopId } from '#domain/ids.ts';
import { access, mayRestore, type Access } from '#domain/permissions/access.ts';
import { takesRights } from '#domain/permissions/takes-rights.ts';
import { unreachable } from '#domain/unreachable.ts';
import type { DocumentRef } from '#protocol/document-name.ts';
import { inBackground, tell } from '#server/process/boundary.ts';
import type { SeatChange, SeatListener } from '#server/forum/seat-change.ts';
import type { AccessScope, EpochGuard } from '#server/storage/ports/access.ts';
import type { ForumStore } from '#server/storage/ports/forums.ts';
import type { Storage } from '#server/storage/ports/storage.ts';
import type { Permissions } from '#server/sync/permissions.ts';
import type { WorkshopState } from '#domain/workshop/state.ts';
import type { Workshops } from './workshops.ts';

interface SeatRegister {
  /** Who has a seat now; removed ones are not among them. */
  people(forum: ForumId): Promise<readonly { seat: Seat; person: Person }[]>;
  onChange(listener: SeatListener): () => void;
}

export interface WorkshopPermissionsParts {
  readonly workshops: Workshops;
  readonly storage: { readonly forums: Pick<ForumStore, 'byId' | 'byRoom'>; readonly access: Storage['access'] };
  readonly seats: SeatRegister;
  readonly clock: () => number;
}

/**
 * The sync server's question "what may this seat do with this document?", answered from the workshops' state. Changes of roles and
 * removals count from the moment they are known here, whatever a socket was let in with.
 */
export class WorkshopPermissions implements Permissions {
  readonly #workshops: Workshops;
  readonly #forums: Pick<ForumStore, 'byId' | 'byRoom'>;
  readonly #seats: SeatRegister;
  readonly #epochs: Storage['access'];
  readonly #clock: () => number;
  /** Where each board that was asked for belongs. */
  readonly #rooms = new Map<RoomId, { readonly workshop: WorkshopId; readonly forum: ForumId }>();
  /** Null: removed. Seats that are not here yet are what they were let in as. */
  readonly #roles = new Map<SeatId, Role | null>();
  /** Seats of the forums whose roles were read. */
  readonly #known = new Map<ForumId, { readonly seats: Set<SeatId>; readonly epoch: number }>();
  #reading: Promise<void> = Promise.resolve();
  readonly #listeners = new Set<() => void>();

  constructor({ workshops, storage, seats, clock }: WorkshopPermissionsParts) {
    this.#workshops = workshops;
    this.#forums = storage.forums;
    this.#epochs = storage.access;
    this.#seats = seats;
    this.#clock = clock;
    workshops.onChange((_, events) => {
      if (events === null || events.some(takesRights)) this.#tell();
    });
    seats.onChange((forum, changes) => {
      if (changes?.every(({ seat }) => this.#isNewcomer(seat))) return this.#know(forum, changes);
      const told = this.#readRoles(forum).then(
        () => this.#tell(),
        () => void this.#known.delete(forum), // Read again by the next `load`; storage says by itself that it is away.
      );
      inBackground('changed roles were not told', told);
    });
  }

  async load(ref: DocumentRef): Promise<{ forumId: ForumId } | null> {
    switch (ref.kind) {
      case 'board': {
        const known = this.#rooms.get(ref.room);
        if (known && this.#workshops.current(known.workshop) && this.#known.has(known.forum)) {
          return { forumId: known.forum }; // rooms are never taken away
        }
        const found = await this.#forums.byRoom(ref.room);
        const state = found && (await this.#workshops.state(found.workshop));
        if (!found || !state) return null;
        if (!this.#known.has(state.forumId)) await this.#readRoles(state.forumId);
        this.#rooms.set(ref.room, { workshop: found.workshop, forum: found.forum.id });
        return { forumId: found.forum.id };
      }
      case 'group': {
        const state = this.#workshops.current(ref.workshop) ?? (await this.#workshops.state(ref.workshop));
        if (!state?.groups?.get(ref.step)?.has(ref.number)) return null;
        if (!this.#known.has(state.forumId)) await this.#readRoles(state.forumId);
        return { forumId: state.forumId };
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
    const now = this.#asNow(actor);
    return now ? access(ref, now, this.#stateOf(ref), this.#clock()) : 'none';
  }

  /** Whether an actor may make a board equal to an earlier version of it; `load` is awaited before. */
  mayRestore(ref: DocumentRef, actor: Actor): boolean {
    const now = this.#asNow(actor);
    return now !== null && mayRestore(ref, now, this.#stateOf(ref));
  }

  guards(ref: DocumentRef): readonly EpochGuard[] {
    switch (ref.kind) {
      case 'board': {
        const found = this.#rooms.get(ref.room);
        return found ? [this.#guardOfWorkshop(found.workshop), this.#guardOf(found.forum)] : [];
      }
      case 'group': {
        const state = this.#workshops.current(ref.workshop);
        return state ? [this.#guardOfWorkshop(ref.workshop), this.#guardOf(state.forumId)] : [];
      }
      case 'outcome':
        return [this.#guardOf(ref.forum)];
      case 'draft':
        return [];
      default:
        return unreachable(ref);
    }
  }

  async refresh(scopes: readonly AccessScope[]): Promise<void> {
    for (const scope of scopes) {
      const [kind, id] = scope.split(':', 2);
      if (kind === 'workshop') await this.#workshops.refresh(id as WorkshopId);
      else await this.#readRoles(id as ForumId);
    }
    this.#tell();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Has the rights that came with the seat: no epoch has grown, and no open socket may more or less than before. */
  #isNewcomer({ id, role, removedAt }: Seat): boolean {
    const known = this.#roles.get(id);
    return removedAt === null && (known === undefined ? role === 'participant' : known === role);
  }

  /** A forum that was not read yet is read when somebody asks for its documents. */
  #know(forum: ForumId, newcomers: readonly SeatChange[]): void {
    const known = this.#known.get(forum);
    if (!known) return;
    for (const { seat } of newcomers) {
      this.#roles.set(seat.id, seat.role);
      known.seats.add(seat.id);
    }
  }

  /** One after another, so that an older answer never comes last. */
  #readRoles(forum: ForumId): Promise<void> {
    const read = async () => {
      const { scope } = this.#guardOf(forum);
      const epoch = (await this.#epochs.epochs([scope])).get(scope) ?? 0; // first: what is read next is at least as new
      const people = await this.#seats.people(forum);
      const now = new Set(people.map(({ seat }) => seat.id));
      for (const seat of this.#known.get(forum)?.seats ?? []) if (!now.has(seat)) this.#roles.set(seat, null);
      for (const { seat } of people) this.#roles.set(seat.id, seat.role);
      this.#known.set(forum, { seats: now, epoch });
    };
    const done = this.#reading.then(read, read);
    this.#reading = done.catch(() => undefined);
    return done;
  }

  /** With the role of this moment; null once the seat was taken away. */
  #asNow({ seatId, role: letIn }: Actor): Actor | null {
    const known = this.#roles.get(seatId);
    const role = known === undefined ? letIn : known;
    return role && { seatId, role };
  }

  #stateOf(ref: DocumentRef): WorkshopState | null {
    const workshop =
      ref.kind === 'group' ? ref.workshop : ref.kind === 'board' ? this.#rooms.get(ref.room)?.workshop : undefined;
    return workshop === undefined ? null : this.#workshops.current(workshop);
  }

  #guardOfWorkshop(workshop: WorkshopId): EpochGuard {
    return { scope: `workshop:${workshop}`, epoch: this.#workshops.current(workshop)?.version ?? 0 };
  }

  #guardOf(forum: ForumId): EpochGuard {
    return { scope: `forum:${forum}`, epoch: this.#known.get(forum)?.epoch ?? 0 };
  }

  #tell(): void {
    tell('rights have changed', this.#listeners);
  }
}
