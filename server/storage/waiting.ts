import type { Person, Seat } from '#domain/forum/seat.ts';
import type { ForumId, SeatId } from '#domain/ids.ts';
import { insertSeat } from './people.ts';
import type { NewDevice } from './ports/devices.ts';
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
}

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
