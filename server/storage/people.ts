import { ROLES, type Person, type Role, type Seat } from '#domain/forum/seat.ts';
import type { AccountId, ForumId, SeatId } from '#domain/ids.ts';
import type { DocumentName } from '#protocol/document-name.ts';
import { raiseForumEpoch } from './access.ts';
import { StorageError, type PeopleStore } from './ports.ts';
import type { Database, Schema } from './schema.ts';

const NAMES_AT_ONCE = 200; // variables of one query; SQLite allows far more, and no forum has as many rooms

export class PeopleTable implements PeopleStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async addSeat(seat: Seat, person: Person, tokenHash: string | null): Promise<void> {
    await this.#db.transaction().execute(async (db) => {
      await db
        .insertInto('seat')
        .values({
          id: seat.id,
          forum_id: seat.forumId,
          role: seat.role,
          account_id: seat.accountId,
          joined_at: seat.joinedAt,
          removed_at: seat.removedAt,
        })
        .execute();
      await db
        .insertInto('person')
        .values({ seat_id: person.seatId, ...described(person) })
        .execute();
      if (tokenHash !== null) {
        await db.insertInto('seat_token').values({ token_hash: tokenHash, seat_id: seat.id }).execute();
      }
    });
  }

  async seat(id: SeatId): Promise<Seat | null> {
    const row = await this.#db.selectFrom('seat').selectAll().where('id', '=', id).executeTakeFirst();
    return row ? seatOf(row) : null;
  }

  async seatByToken(tokenHash: string): Promise<Seat | null> {
    const row = await this.#db
      .selectFrom('seat_token')
      .innerJoin('seat', 'seat.id', 'seat_token.seat_id')
      .selectAll('seat')
      .where('token_hash', '=', tokenHash)
      .executeTakeFirst();
    return row ? seatOf(row) : null;
  }

  async seatOfAccount(forum: ForumId, account: AccountId): Promise<Seat | null> {
    const row = await this.#db
      .selectFrom('seat')
      .selectAll()
      .where('forum_id', '=', forum)
      .where('account_id', '=', account)
      .where('removed_at', 'is', null)
      .orderBy('joined_at')
      .orderBy('id')
      .executeTakeFirst();
    return row ? seatOf(row) : null;
  }

  async addToken(seat: SeatId, tokenHash: string): Promise<void> {
    await this.#db.insertInto('seat_token').values({ token_hash: tokenHash, seat_id: seat }).execute();
  }

  async ofForum(forum: ForumId): Promise<{ seat: Seat; person: Person }[]> {
    const rows = await this.#db
      .selectFrom('seat')
      .innerJoin('person', 'person.seat_id', 'seat.id')
      .selectAll()
      .where('forum_id', '=', forum)
      .orderBy('joined_at')
      .orderBy('id')
      .execute();
    return rows.map((row) => ({ seat: seatOf(row), person: personOf(row) }));
  }

  async person(seat: SeatId): Promise<Person | null> {
    const row = await this.#db.selectFrom('person').selectAll().where('seat_id', '=', seat).executeTakeFirst();
    return row ? personOf(row) : null;
  }

  async wroteOn(documents: readonly DocumentName[]): Promise<ReadonlyMap<DocumentName, ReadonlySet<SeatId>>> {
    const found = new Map(documents.map((document) => [document, new Set<SeatId>()]));
    for (let from = 0; from < documents.length; from += NAMES_AT_ONCE) {
      const rows = await this.#db
        .selectFrom('document_client')
        .select(['document', 'seat_id'])
        .distinct()
        .where('document', 'in', documents.slice(from, from + NAMES_AT_ONCE))
        .where('seat_id', 'is not', null)
        .execute();
      for (const { document, seat_id } of rows) found.get(document as DocumentName)?.add(seat_id as SeatId);
    }
    return found;
  }

  async updatePerson(person: Person): Promise<void> {
    await this.#db.updateTable('person').set(described(person)).where('seat_id', '=', person.seatId).execute();
  }

  async setRole(seat: SeatId, role: Role): Promise<void> {
    await this.#db.transaction().execute((db) => changeSeat(db, seat, { role }));
  }

  async removeSeat(seat: SeatId, at: number): Promise<void> {
    await this.#db.transaction().execute(async (db) => {
      await changeSeat(db, seat, { removed_at: at });
      await db.deleteFrom('seat_token').where('seat_id', '=', seat).execute();
    });
  }
}

async function changeSeat(
  db: Database,
  seat: SeatId,
  change: Pick<Schema['seat'], 'role'> | Pick<Schema['seat'], 'removed_at'>,
): Promise<void> {
  const changed = await db
    .updateTable('seat')
    .set(change)
    .where('id', '=', seat)
    .returning('forum_id')
    .executeTakeFirst();
  if (changed) await raiseForumEpoch(db, changed.forum_id as ForumId);
}

const described = (person: Person) => ({
  name: person.name,
  country: person.country,
  organisation: person.organisation,
  language: person.language,
});

function seatOf(row: Schema['seat']): Seat {
  const role = ROLES.find((known) => known === row.role);
  if (!role) throw new StorageError(`seat ${row.id} has the role “${row.role}”, which does not exist`);
  return {
    id: row.id as SeatId,
    forumId: row.forum_id as ForumId,
    role,
    accountId: row.account_id as AccountId | null,
    joinedAt: row.joined_at,
    removedAt: row.removed_at,
  };
}

const personOf = (row: Schema['person']): Person => ({
  seatId: row.seat_id as SeatId,
  name: row.name,
  country: row.country,
  organisation: row.organisation,
  language: row.language,
});
