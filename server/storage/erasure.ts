import type { AccountId, ForumId, SeatId } from '#domain/ids.ts';
import { raiseForumEpoch } from './access.ts';
import { countOrganizers } from './people.ts';
import type { Erased, ErasureStore } from './ports/erasure.ts';
import type { Database } from './schema.ts';
import { removeTokens } from './seat-tokens.ts';
import { endSessions } from './sessions.ts';

/** Thrown inside a transaction to leave it without a trace. */
class LastOrganizer extends Error {
  readonly forum: ForumId;

  constructor(forum: ForumId) {
    super(`forum ${forum} would have no organizer`);
    this.forum = forum;
  }
}

export class ErasureTable implements ErasureStore {
  readonly #db: Database;
  readonly #scrub: () => Promise<void>;

  /** `scrub`: takes what was deleted out of the database's files. */
  constructor(db: Database, scrub: () => Promise<void>) {
    this.#db = db;
    this.#scrub = scrub;
  }

  person(seat: SeatId, at: number, again = false): Promise<Erased> {
    return this.#erase(async (db) => {
      const known = await db.selectFrom('seat').select('forum_id').where('id', '=', seat).executeTakeFirst();
      if (!known) return { forums: [], passes: [] };
      const forum = known.forum_id as ForumId;
      await eraseSeat(db, seat, forum, at, again);
      return { forums: [forum], passes: [] };
    });
  }

  account(account: AccountId, at: number, again = false): Promise<Erased> {
    return this.#erase(async (db) => {
      const passes = await endSessions(db, account, null);
      const seats = await db
        .selectFrom('seat')
        .select(['id', 'forum_id'])
        .where('account_id', '=', account)
        .orderBy('forum_id') // Everybody takes the forums' locks in one order.
        .execute();
      for (const { id, forum_id } of seats) await eraseSeat(db, id as SeatId, forum_id as ForumId, at, again);
      await db.updateTable('seat').set({ account_id: null }).where('account_id', '=', account).execute();
      await db.deleteFrom('script').where('account_id', '=', account).execute();
      await db.deleteFrom('known_device').where('account_id', '=', account).execute();
      await db.deleteFrom('link').where('account_id', '=', account).execute();
      await db.deleteFrom('account').where('id', '=', account).execute();
      return { forums: [...new Set(seats.map(({ forum_id }) => forum_id as ForumId))], passes };
    });
  }

  async isKnown(who: { readonly seat: SeatId } | { readonly account: AccountId }): Promise<boolean> {
    const found =
      'seat' in who
        ? await this.#db.selectFrom('person').select('seat_id').where('seat_id', '=', who.seat).executeTakeFirst()
        : await this.#db.selectFrom('account').select('id').where('id', '=', who.account).executeTakeFirst();
    return found !== undefined;
  }

  async #erase(work: (db: Database) => Promise<{ forums: ForumId[]; passes: string[] }>): Promise<Erased> {
    try {
      const done = await this.#db.transaction().execute(work);
      await this.#scrub();
      return { kind: 'erased', ...done };
    } catch (error) {
      if (error instanceof LastOrganizer) return { kind: 'lastOrganizer', forum: error.forum };
      throw error;
    }
  }
}

/** The seat's row stays, removed: what was written keeps the id of who wrote it, and nobody's name. */
async function eraseSeat(db: Database, seat: SeatId, forum: ForumId, at: number, again: boolean): Promise<void> {
  await raiseForumEpoch(db, forum);
  const before = await countOrganizers(db, forum);
  await removeTokens(db, seat);
  // Other seats of the same person, which were joined into this one, have the name too.
  const also = await db.selectFrom('seat').select('id').where('same_as', '=', seat).execute();
  const seats = [seat, ...also.map(({ id }) => id)];
  for (const table of ['person', 'former_token', 'waiting'] as const) {
    await db.deleteFrom(table).where('seat_id', 'in', seats).execute();
  }
  await db.updateTable('seat').set({ removed_at: at }).where('id', '=', seat).where('removed_at', 'is', null).execute();
  if (again || before === 0 || (await countOrganizers(db, forum)) > 0) return;
  const isKept = db.selectFrom('forum').select('id').where('id', '=', forum).where('rehearsal_of', 'is', null);
  if (await isKept.executeTakeFirst()) throw new LastOrganizer(forum);
}
