import type { Seat } from '#domain/forum/seat.ts';
import type { ForumId, SeatId } from '#domain/ids.ts';
import { LIMITS } from '#domain/limits.ts';
import { accepted, refused, type Result } from '#domain/refusal.ts';
import type { Passes } from '#server/auth/passes.ts';
import type { Storage } from '#server/storage/ports/storage.ts';
import type { SentAway } from './door.ts';
import type { SeatChange } from './seat-change.ts';

export interface RemovedSeat extends SeatChange {
  readonly removedAt: number;
  readonly keptOut: boolean;
  /** The name of the seat that this one was joined into. */
  readonly sameAs: string | null;
}

interface Parts {
  readonly storage: Pick<Storage, 'people' | 'removals'>;
  readonly clock: () => number;
  readonly passes: Pick<Passes, 'end'>;
  /** Hears of every seat that went or came back. */
  readonly changed: (seat: SeatId) => Promise<void>;
  /** Hears of a forum where many seats went (`went`) or came back at once. */
  readonly changedMany: (forum: ForumId, went: boolean) => void;
  /** Hears where a chair may be free now. */
  readonly left: (forum: ForumId) => Promise<void>;
}

const isGuest = ({ role, accountId }: Seat): boolean => role === 'participant' && accountId === null;

/** How seats are taken away, and the way back. */
export class SeatRemovals {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Takes the seat and its devices' access away. `keepOut`: these devices get no other seat either. The last organizer stays. */
  async remove(id: SeatId, keepOut = false): Promise<Result<null>> {
    const { people } = this.#parts.storage;
    const seat = await people.seat(id);
    if (!seat || seat.removedAt !== null) return refused({ kind: 'seatUnknown' });
    const devices = await people.devices(id);
    if (!(await people.removeSeat(id, this.#parts.clock(), keepOut))) return refused({ kind: 'notAllowed' });
    this.#parts.passes.end(devices.map(({ hash }) => hash));
    await this.#parts.changed(id);
    await this.#parts.left(seat.forumId);
    return accepted(null);
  }

  /** Guests who came at this moment or later and have written nothing, the latest first: whom somebody who fills a forum leaves behind. */
  async silentSince(forum: ForumId, at: number): Promise<SeatChange[]> {
    const { people } = this.#parts.storage;
    const [all, writers] = [await people.ofForum(forum), await people.writersIn(forum)];
    return all
      .filter(({ seat }) => seat.removedAt === null && seat.joinedAt >= at && isGuest(seat) && !writers.has(seat.id))
      .reverse();
  }

  /**
   * Takes many seats away at once: of these, the guests' who have still written nothing. Whoever waits at the door does not come in by
   * it: they may be of the same kind.
   */
  async removeMany(forum: ForumId, seats: ReadonlySet<SeatId>): Promise<SentAway> {
    const { storage, clock, passes } = this.#parts;
    const silent = (await this.silentSince(forum, 0)).map(({ seat }) => seat.id).filter((id) => seats.has(id));
    const at = clock();
    const removed = await storage.removals.removeMany(forum, silent.slice(0, LIMITS.removedAtOnce.most), at);
    passes.end(removed.tokens);
    if (removed.seats.length > 0) this.#parts.changedMany(forum, true);
    return { at, count: removed.seats.length };
  }

  /** Gives those back whose seats were taken away at this moment; says how many. */
  async takeBack(forum: ForumId, at: number): Promise<number> {
    const { storage, passes } = this.#parts;
    const { seats, tokens } = await storage.removals.restoreMany(forum, at);
    passes.end(tokens);
    if (seats > 0) this.#parts.changedMany(forum, false);
    return seats;
  }

  /** Gives a removed seat back, with its devices and its place. */
  async letInAgain(id: SeatId): Promise<Result<null>> {
    const { people, removals } = this.#parts.storage;
    const seat = await people.seat(id);
    if (!seat || seat.removedAt === null) return refused({ kind: 'seatUnknown' });
    await removals.restore(id);
    // A device that was on the other seat of the same person comes back as this one.
    this.#parts.passes.end((await people.devices(id)).map(({ hash }) => hash));
    await this.#parts.changed(id);
    return accepted(null);
  }

  /** Two seats of one person become one: `id` is removed, its devices have the seat `into` from now on. Texts keep their author. */
  async joinInto(id: SeatId, into: SeatId): Promise<Result<null>> {
    const { people, removals } = this.#parts.storage;
    const [seat, other] = [await people.seat(id), await people.seat(into)];
    if (!seat || seat.removedAt !== null || !other || other.removedAt !== null) return refused({ kind: 'seatUnknown' });
    if (seat.id === other.id || seat.forumId !== other.forumId) return refused({ kind: 'seatUnknown' });
    // An account's seat needs the account: a guest's devices must not inherit it.
    if (seat.accountId !== null || other.accountId !== null) return refused({ kind: 'notAllowed' });
    const devices = await people.devices(id);
    await removals.join(id, into, this.#parts.clock());
    this.#parts.passes.end(devices.map(({ hash }) => hash));
    await this.#parts.changed(id);
    return accepted(null);
  }

  /** Seats that were removed and their people, the latest first. */
  async of(forum: ForumId): Promise<RemovedSeat[]> {
    const { people, removals } = this.#parts.storage;
    const [all, why] = [await people.ofForum(forum), await removals.ofForum(forum)];
    const names = new Map(all.map(({ seat, person }) => [seat.id, person.name]));
    return all
      .flatMap(({ seat, person }): RemovedSeat[] => {
        const removal = why.get(seat.id);
        if (!removal || seat.removedAt === null) return [];
        const sameAs = removal.sameAs === null ? null : (names.get(removal.sameAs) ?? null);
        return [{ seat, person, keptOut: removal.keptOut, sameAs, removedAt: seat.removedAt }];
      })
      .sort((a, b) => b.removedAt - a.removedAt);
  }
}
