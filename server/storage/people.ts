import { sql } from 'kysely';
import { ROLES, type Person, type Role, type Seat } from '#domain/forum/seat.ts';
import type { AccountId, ForumId, SeatId } from '#domain/ids.ts';
import { upcast, type StoredEvent } from '#domain/workshop/upcast.ts';
import type { DocumentName } from '#protocol/document-name.ts';
import { raiseForumEpoch, raisePassesEpoch } from './access.ts';
import type { Device, NewDevice } from './ports/devices.ts';
import type { PeopleStore } from './ports/people.ts';
import { StorageError } from './ports/storage-error.ts';
import type { Database, Schema } from './schema.ts';
import { deviceOf, insertToken, retireTokens } from './seat-tokens.ts';

const AT_ONCE = 200; // variables of one query; SQLite allows far more, and no forum has as many rooms

export class PeopleTable implements PeopleStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async addSeat(seat: Seat, person: Person, tokenHash: string | null, device?: NewDevice): Promise<void> {
    await this.#db.transaction().execute(async (db) => {
      await insertSeat(db, seat, person);
      if (tokenHash !== null) await insertToken(db, seat.id, tokenHash, device);
    });
  }

  async countOf(forum: ForumId): Promise<number> {
    const { count } = await this.#db
      .selectFrom('seat')
      .select((select) => select.fn.countAll().as('count'))
      .where('forum_id', '=', forum)
      .where('removed_at', 'is', null)
      .executeTakeFirstOrThrow();
    return Number(count);
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

  async organizedBy(account: AccountId): Promise<number[]> {
    const rows = await this.#db
      .selectFrom('seat')
      .select('joined_at')
      .where('account_id', '=', account)
      .where('role', '=', 'organizer')
      .where('removed_at', 'is', null)
      .orderBy('joined_at')
      .execute();
    return rows.map(({ joined_at }) => joined_at);
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

  async device(tokenHash: string): Promise<(Device & { readonly seat: Seat }) | null> {
    const row = await this.#db
      .selectFrom('seat_token')
      .innerJoin('seat', 'seat.id', 'seat_token.seat_id')
      .selectAll()
      .where('token_hash', '=', tokenHash)
      .executeTakeFirst();
    return row ? { ...deviceOf(row.token_hash, row), seat: seatOf(row) } : null;
  }

  async devices(seat: SeatId): Promise<Device[]> {
    const rows = await this.#db
      .selectFrom('seat_token')
      .selectAll()
      .where('seat_id', '=', seat)
      .orderBy((row) => row.fn.coalesce('created_at', sql.lit(0)), 'desc')
      .orderBy('token_hash')
      .execute();
    return rows.map((row) => deviceOf(row.token_hash, row));
  }

  async addToken(seat: SeatId, tokenHash: string, device?: NewDevice): Promise<void> {
    await insertToken(this.#db, seat, tokenHash, device);
  }

  async seen(
    tokenHashes: readonly string[],
    { at, name, expiresAt }: Parameters<PeopleStore['seen']>[1],
  ): Promise<void> {
    for (let from = 0; from < tokenHashes.length; from += AT_ONCE) {
      await this.#db
        .updateTable('seat_token')
        .set({ seen_at: at, ...(name !== null && { device: name }) })
        .$if(expiresAt !== null, (update) =>
          update.set({ expires_at: (row) => row.fn.coalesce('expires_at', row.val(expiresAt)) }),
        )
        .where('token_hash', 'in', tokenHashes.slice(from, from + AT_ONCE))
        .execute();
    }
  }

  async setTokenEnd(forum: ForumId, expiresAt: number): Promise<void> {
    await this.#db.transaction().execute(async (db) => {
      await raisePassesEpoch(db);
      await db
        .updateTable('seat_token')
        .set({ expires_at: expiresAt })
        .where('seat_id', 'in', (of) => of.selectFrom('seat').select('id').where('forum_id', '=', forum))
        .execute();
    });
  }

  async removeToken(tokenHash: string): Promise<void> {
    await this.#db.transaction().execute(async (db) => {
      await raisePassesEpoch(db);
      await db.deleteFrom('seat_token').where('token_hash', '=', tokenHash).execute();
      await db.deleteFrom('waiting').where('token_hash', '=', tokenHash).execute();
    });
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

  async leadersOf(forum: ForumId): Promise<string[]> {
    const rows = await this.#db
      .selectFrom('seat')
      .innerJoin('person', 'person.seat_id', 'seat.id')
      .select('person.name')
      .where('forum_id', '=', forum)
      .where('role', 'in', ['organizer', 'facilitator'])
      .where('removed_at', 'is', null)
      .execute();
    return rows.map(({ name }) => name);
  }

  async person(seat: SeatId): Promise<Person | null> {
    const row = await this.#db.selectFrom('person').selectAll().where('seat_id', '=', seat).executeTakeFirst();
    return row ? personOf(row) : null;
  }

  async wroteOn(documents: readonly DocumentName[]): Promise<ReadonlyMap<DocumentName, ReadonlySet<SeatId>>> {
    const found = new Map(documents.map((document) => [document, new Set<SeatId>()]));
    for (let from = 0; from < documents.length; from += AT_ONCE) {
      const rows = await this.#db
        .selectFrom('document_client')
        .select(['document', 'seat_id'])
        .distinct()
        .where('document', 'in', documents.slice(from, from + AT_ONCE))
        .where('seat_id', 'is not', null)
        .execute();
      for (const { document, seat_id } of rows) found.get(document as DocumentName)?.add(seat_id as SeatId);
    }
    return found;
  }

  async writersIn(forum: ForumId): Promise<ReadonlySet<SeatId>> {
    const rows = await this.#db
      .selectFrom('document_client')
      .innerJoin('seat', 'seat.id', 'document_client.seat_id')
      .select('seat.id')
      .distinct()
      .where('forum_id', '=', forum)
      .execute();
    return new Set([...rows.map(({ id }) => id as SeatId), ...(await this.#askersIn(forum))]);
  }

  async #askersIn(forum: ForumId): Promise<SeatId[]> {
    const rows = await this.#db
      .selectFrom('workshop_event')
      .innerJoin('forum_workshop', 'forum_workshop.workshop_id', 'workshop_event.workshop_id')
      .select('data')
      .where('forum_id', '=', forum)
      .where('data', 'like', '%"kind":"questionAsked"%')
      .execute();
    const events = rows.map(({ data }) => upcast(JSON.parse(data) as StoredEvent));
    return events.flatMap((event) => (event.kind === 'questionAsked' ? [event.seat] : []));
  }

  async updatePerson(person: Person): Promise<void> {
    await this.#db.updateTable('person').set(described(person)).where('seat_id', '=', person.seatId).execute();
  }

  async setRole(seat: SeatId, role: Role): Promise<boolean> {
    return changeSeat(this.#db, seat, { role });
  }

  async removeSeat(seat: SeatId, at: number, keepOut = false): Promise<boolean> {
    return changeSeat(this.#db, seat, { removed_at: at, kept_out_at: keepOut ? at : null });
  }

  async prune(now: number): Promise<void> {
    for (const table of ['seat_token', 'former_token', 'waiting'] as const) {
      await this.#db.deleteFrom(table).where('expires_at', '<=', now).execute();
    }
  }
}

/** Thrown inside a transaction to leave it without a trace. */
class Abandon extends Error {}

/** The look at the other organizers is under the epoch's lock: two who remove each other at once would leave nobody otherwise. */
async function changeSeat(
  db: Database,
  id: SeatId,
  change: Pick<Schema['seat'], 'role'> | Pick<Schema['seat'], 'removed_at' | 'kept_out_at'>,
): Promise<boolean> {
  const known = await db.selectFrom('seat').select('forum_id').where('id', '=', id).executeTakeFirst();
  if (!known) return true;
  const forum = known.forum_id as ForumId;
  try {
    await db.transaction().execute(async (transaction) => {
      await raiseForumEpoch(transaction, forum);
      if ('removed_at' in change) await retireTokens(transaction, [id]);
      const before = await countOrganizers(transaction, forum);
      await transaction.updateTable('seat').set(change).where('id', '=', id).execute();
      if (before > 0 && (await countOrganizers(transaction, forum)) === 0) throw new Abandon();
    });
    return true;
  } catch (error) {
    if (error instanceof Abandon) return false;
    throw error;
  }
}

export async function countOrganizers(db: Database, forum: ForumId): Promise<number> {
  const { organizers } = await db
    .selectFrom('seat')
    .select((select) => select.fn.countAll().as('organizers'))
    .where('forum_id', '=', forum)
    .where('role', '=', 'organizer')
    .where('removed_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(organizers);
}

export async function insertSeat(
  db: Database,
  seat: Seat,
  person: Person,
  keptOutAt: number | null = null,
): Promise<void> {
  await db
    .insertInto('seat')
    .values({
      id: seat.id,
      forum_id: seat.forumId,
      role: seat.role,
      account_id: seat.accountId,
      joined_at: seat.joinedAt,
      removed_at: seat.removedAt,
      kept_out_at: keptOutAt,
      same_as: null,
    })
    .execute();
  await db
    .insertInto('person')
    .values({ seat_id: person.seatId, ...described(person) })
    .execute();
}

export const described = (person: Person) => ({
  name: person.name,
  country: person.country,
  organisation: person.organisation,
  language: person.language,
});

export function seatOf(row: Schema['seat']): Seat {
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
