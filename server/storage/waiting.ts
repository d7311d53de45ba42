import type { Person, Seat } from '#domain/forum/seat.ts';
import type { ForumId, SeatId } from '#domain/ids.ts';
import { described, insertSeat } from './people.ts';
import type { NewDevice } from './ports/devices.ts';
import { StorageError } from './ports/storage-error.ts';
import type { Waiting, WaitingStore } from './ports/waiting.ts';
import type { Database, Schema } from './schema.ts';
import { insertToken } from './seat-tokens.ts';

export class WaitingTable implements WaitingStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async add({ forumId, person, at }: Waiting, tokenHash: string, device: NewDevice): Promise<void> {
    const { seatId, name, country, organisation, language } = person;
    await this.#db
      .insertInto('waiting')
      .values({
        seat_id: seatId,
        forum_id: forumId,
        token_hash: tokenHash,
        mark_hash: device.markHash ?? null,
        expires_at: device.expiresAt,
        device: device.name,
        name,
        country,
        organisation,
        language,
        at,
      })
      .execute();
  }

  async byToken(tokenHash: string): Promise<Waiting | null> {
    const row = await this.#db.selectFrom('waiting').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst();
    return row ? waitingOf(row) : null;
  }

  async ofForum(forum: ForumId, most: number): Promise<Waiting[]> {
    const rows = await this.#db
      .selectFrom('waiting')
      .selectAll()
      .where('forum_id', '=', forum)
      .orderBy('at')
      .orderBy('seat_id')
      .limit(most)
      .execute();
    return rows.map(waitingOf);
  }

  async countOf(forum: ForumId): Promise<number> {
    const { count } = await this.#db
      .selectFrom('waiting')
      .select((select) => select.fn.countAll().as('count'))
      .where('forum_id', '=', forum)
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  async before({ forumId, at, person }: Waiting): Promise<number> {
    const { count } = await this.#db
      .selectFrom('waiting')
      .select((select) => select.fn.countAll().as('count'))
      .where('forum_id', '=', forumId)
      .where(({ eb, or, and }) => or([eb('at', '<', at), and([eb('at', '=', at), eb('seat_id', '<', person.seatId)])]))
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  async seat(forum: ForumId, id: SeatId, at: number, keepOut: boolean): Promise<Seat | null> {
    return this.#db.transaction().execute(async (db) => {
      const row = await db
        .deleteFrom('waiting')
        .where('seat_id', '=', id)
        .where('forum_id', '=', forum)
        .returningAll()
        .executeTakeFirst();
      if (!row) return null;
      const seat: Seat = {
        id,
        forumId: forum,
        role: 'participant',
        accountId: null,
        joinedAt: at,
        removedAt: keepOut ? at : null,
      };
      await insertSeat(db, seat, personOf(row), keepOut ? at : null);
      const { token_hash, mark_hash, expires_at, device } = row;
      if (keepOut) {
        const token = { token_hash, seat_id: id, mark_hash, created_at: at, expires_at, device };
        await db.insertInto('former_token').values(token).execute();
      } else {
        await insertToken(db, id, token_hash, {
          createdAt: at,
          expiresAt: expires_at,
          name: device,
          markHash: mark_hash,
        });
      }
      return seat;
    });
  }

  async sendAway(forum: ForumId, most: number, at: number): Promise<number> {
    return this.#db.transaction().execute(async (db) => {
      let sent = 0;
      while (sent < most) {
        const rows = await db
          .selectFrom('waiting')
          .selectAll()
          .where('forum_id', '=', forum)
          .orderBy('at')
          .orderBy('seat_id')
          .limit(Math.min(AT_ONCE, most - sent))
          .execute();
        if (rows.length === 0) break;
        const { numDeletedRows } = await db
          .deleteFrom('waiting')
          .where('forum_id', '=', forum)
          .where(
            'seat_id',
            'in',
            rows.map(({ seat_id }) => seat_id),
          )
          .executeTakeFirstOrThrow();
        // Somebody else let one of them in meanwhile: on the databases where that can be, the whole is tried again.
        if (Number(numDeletedRows) !== rows.length) throw new StorageError('the door has changed meanwhile');
        await db
          .insertInto('seat')
          .values(rows.map((row) => removedSeat(row, at)))
          .execute();
        await db
          .insertInto('person')
          .values(rows.map((row) => ({ seat_id: row.seat_id, ...described(personOf(row)) })))
          .execute();
        await db
          .insertInto('former_token')
          .values(rows.map((row) => formerToken(row, at)))
          .execute();
        sent += rows.length;
      }
      return sent;
    });
  }

  async takeBack(forum: ForumId, at: number, most: number): Promise<number> {
    return this.#db.transaction().execute(async (db) => {
      const rows = await db
        .selectFrom('seat')
        .innerJoin('person', 'person.seat_id', 'seat.id')
        .innerJoin('former_token', 'former_token.seat_id', 'seat.id')
        .select(['seat.id', 'joined_at', 'name', 'country', 'organisation', 'language'])
        .select(['token_hash', 'mark_hash', 'expires_at', 'device'])
        .where('forum_id', '=', forum)
        .where('removed_at', '=', at)
        .where('kept_out_at', 'is', null)
        .where('created_at', '=', at) // nobody ever sat on it
        .where('expires_at', 'is not', null)
        .orderBy('joined_at')
        .orderBy('seat.id')
        .limit(most)
        .execute();
      for (let from = 0; from < rows.length; from += AT_ONCE) {
        const part = rows.slice(from, from + AT_ONCE);
        const ids = part.map(({ id }) => id);
        await db.deleteFrom('former_token').where('seat_id', 'in', ids).execute();
        await db.deleteFrom('person').where('seat_id', 'in', ids).execute();
        await db.deleteFrom('seat').where('id', 'in', ids).execute();
        await db
          .insertInto('waiting')
          .values(
            part.map(({ id, joined_at, expires_at, ...row }) => ({
              ...row,
              seat_id: id,
              forum_id: forum,
              at: joined_at,
              expires_at: expires_at!,
            })),
          )
          .execute();
      }
      return rows.length;
    });
  }
}

const AT_ONCE = 200; // rows of one statement, some ten values each

const removedSeat = (row: Schema['waiting'], at: number): Schema['seat'] => ({
  id: row.seat_id,
  forum_id: row.forum_id,
  role: 'participant',
  account_id: null,
  joined_at: row.at,
  removed_at: at,
  kept_out_at: null,
  same_as: null,
});

const formerToken = (row: Schema['waiting'], at: number): Schema['former_token'] => ({
  token_hash: row.token_hash,
  seat_id: row.seat_id,
  mark_hash: row.mark_hash,
  created_at: at,
  expires_at: row.expires_at,
  device: row.device,
});

const personOf = (row: Schema['waiting']): Person => ({
  seatId: row.seat_id as SeatId,
  name: row.name,
  country: row.country,
  organisation: row.organisation,
  language: row.language,
});

const waitingOf = (row: Schema['waiting']): Waiting => ({
  forumId: row.forum_id as ForumId,
  person: personOf(row),
  at: row.at,
});
