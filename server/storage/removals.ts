import type { Seat } from '#domain/forum/seat.ts';
import type { AccountId, ForumId, SeatId } from '#domain/ids.ts';
import { raiseForumEpoch } from './access.ts';
import { seatOf } from './people.ts';
import type { Removal, RemovalStore } from './ports/removals.ts';
import type { Database } from './schema.ts';
import { keepTokens, retireTokens } from './seat-tokens.ts';

const AT_ONCE = 200; // seats of one statement

export class RemovalTable implements RemovalStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async join(seat: SeatId, into: SeatId, at: number): Promise<void> {
    await this.#db.transaction().execute(async (db) => {
      await raiseForumEpochOf(db, seat);
      await keepTokens(db, [seat]);
      await db.updateTable('seat_token').set({ seat_id: into }).where('seat_id', '=', seat).execute();
      await db.updateTable('seat').set({ same_as: into }).where('same_as', '=', seat).execute();
      await db.updateTable('seat').set({ removed_at: at, same_as: into }).where('id', '=', seat).execute();
    });
  }

  async restore(seat: SeatId): Promise<void> {
    await this.#db.transaction().execute(async (db) => {
      await raiseForumEpochOf(db, seat);
      await restore(db, [seat]);
    });
  }

  async removeMany(forum: ForumId, seats: readonly SeatId[], at: number): ReturnType<RemovalStore['removeMany']> {
    return this.#db.transaction().execute(async (db) => {
      await raiseForumEpoch(db, forum);
      const removed: SeatId[] = [];
      const tokens: string[] = [];
      for (let from = 0; from < seats.length; from += AT_ONCE) {
        const guests = await db
          .selectFrom('seat')
          .select('id')
          .where('id', 'in', seats.slice(from, from + AT_ONCE))
          .where('forum_id', '=', forum)
          .where('role', '=', 'participant')
          .where('account_id', 'is', null)
          .where('removed_at', 'is', null)
          .execute();
        const ids = guests.map(({ id }) => id as SeatId);
        if (ids.length === 0) continue;
        tokens.push(...(await retireTokens(db, ids)));
        await db.updateTable('seat').set({ removed_at: at }).where('id', 'in', ids).execute();
        removed.push(...ids);
      }
      return { seats: removed, tokens };
    });
  }

  async restoreMany(forum: ForumId, at: number): ReturnType<RemovalStore['restoreMany']> {
    return this.#db.transaction().execute(async (db) => {
      await raiseForumEpoch(db, forum);
      const rows = await db
        .selectFrom('seat')
        .select('id')
        .where('forum_id', '=', forum)
        .where('removed_at', '=', at)
        .where('kept_out_at', 'is', null)
        .where('same_as', 'is', null)
        .execute();
      const tokens: string[] = [];
      for (let from = 0; from < rows.length; from += AT_ONCE) {
        tokens.push(
          ...(await restore(
            db,
            rows.slice(from, from + AT_ONCE).map(({ id }) => id),
          )),
        );
      }
      return { seats: rows.length, tokens };
    });
  }

  async ofForum(forum: ForumId): Promise<ReadonlyMap<SeatId, Removal>> {
    const rows = await this.#db
      .selectFrom('seat')
      .select(['id', 'kept_out_at', 'same_as'])
      .where('forum_id', '=', forum)
      .where('removed_at', 'is not', null)
      .execute();
    return new Map(
      rows.map(({ id, kept_out_at, same_as }) => [
        id as SeatId,
        { keptOut: kept_out_at !== null, sameAs: same_as as SeatId | null },
      ]),
    );
  }

  async seatOfToken(tokenHash: string): Promise<Seat | null> {
    const row = await this.#db
      .selectFrom('former_token')
      .innerJoin('seat', 'seat.id', 'former_token.seat_id')
      .selectAll('seat')
      .where('token_hash', '=', tokenHash)
      .executeTakeFirst();
    return row ? seatOf(row) : null;
  }

  async isAccountKeptOut(forum: ForumId, account: AccountId): Promise<boolean> {
    const found = await this.#db
      .selectFrom('seat')
      .select('id')
      .where('forum_id', '=', forum)
      .where('account_id', '=', account)
      .where('kept_out_at', 'is not', null)
      .executeTakeFirst();
    return found !== undefined;
  }

  async isKeptOut(
    forum: ForumId,
    { tokenHash, markHash }: { tokenHash: string | null; markHash: string | null },
  ): Promise<boolean> {
    const marks = [
      ...(tokenHash === null ? [] : [['token_hash', tokenHash] as const]),
      ...(markHash === null ? [] : [['mark_hash', markHash] as const]),
    ];
    for (const [column, hash] of marks) {
      const found = await this.#db
        .selectFrom('former_token')
        .innerJoin('seat', 'seat.id', 'former_token.seat_id')
        .select('seat.id')
        .where(column, '=', hash)
        .where('forum_id', '=', forum)
        .where('kept_out_at', 'is not', null)
        .executeTakeFirst();
      if (found) return true;
    }
    return false;
  }
}

async function restore(db: Database, seats: readonly string[]): Promise<string[]> {
  const tokens = await db.selectFrom('former_token').selectAll().where('seat_id', 'in', seats).execute();
  await db.deleteFrom('former_token').where('seat_id', 'in', seats).execute();
  for (const token of tokens) {
    // One that was lent to the seat of the same person comes back.
    await db
      .insertInto('seat_token')
      .values({ ...token, seen_at: null })
      .onConflict((conflict) => conflict.column('token_hash').doUpdateSet({ seat_id: token.seat_id }))
      .execute();
  }
  await db
    .updateTable('seat')
    .set({ removed_at: null, kept_out_at: null, same_as: null })
    .where('id', 'in', seats)
    .execute();
  return tokens.map(({ token_hash }) => token_hash);
}

async function raiseForumEpochOf(db: Database, seat: SeatId): Promise<void> {
  const known = await db.selectFrom('seat').select('forum_id').where('id', '=', seat).executeTakeFirst();
  if (known) await raiseForumEpoch(db, known.forum_id as ForumId);
}
