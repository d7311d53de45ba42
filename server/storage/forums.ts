import type { Forum } from '#domain/forum/forum.ts';
import { shownSlug, storedSlug } from '#domain/forum/slug.ts';
import type { AccountId, ForumId, WorkshopId } from '#domain/ids.ts';
import { parseStoredForum } from '#protocol/forum-schema.ts';
import type { ForumStore } from './ports/forums.ts';
import { readForum, ReadForums } from './read-forums.ts';
import { StorageError } from './ports/storage-error.ts';
import type { Database, Schema } from './schema.ts';

export class ForumTable implements ForumStore {
  readonly #db: Database;
  readonly #read = new ReadForums();

  constructor(db: Database) {
    this.#db = db;
  }

  async insert(forum: Forum): Promise<boolean> {
    return this.#db.transaction().execute(async (db) => {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('forum')
        .values(rowOf(forum))
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow();
      if (numInsertedOrUpdatedRows !== 1n) return false;
      await listRooms(db, forum);
      return true;
    });
  }

  async update(forum: Forum): Promise<boolean> {
    return this.#db.transaction().execute((db) => updateForum(db, forum));
  }

  async byId(id: ForumId): Promise<Forum | null> {
    return this.#found(await this.#db.selectFrom('forum').selectAll().where('id', '=', id).executeTakeFirst());
  }

  async bySlug(slug: string): Promise<Forum | null> {
    return this.#found(
      await this.#db.selectFrom('forum').selectAll().where('slug', '=', storedSlug(slug)).executeTakeFirst(),
    );
  }

  async byJoinCode(code: string): Promise<Forum | null> {
    return this.#found(await this.#db.selectFrom('forum').selectAll().where('join_code', '=', code).executeTakeFirst());
  }

  async byWorkshop(id: WorkshopId): Promise<Forum | null> {
    return this.#found(
      await this.#db
        .selectFrom('forum_workshop')
        .innerJoin('forum', 'forum.id', 'forum_workshop.forum_id')
        .selectAll('forum')
        .where('workshop_id', '=', id)
        .executeTakeFirst(),
    );
  }

  async byRoom(room: string): Promise<{ forum: Forum; workshop: WorkshopId } | null> {
    const row = await this.#db
      .selectFrom('forum_room')
      .innerJoin('forum', 'forum.id', 'forum_room.forum_id')
      .selectAll('forum')
      .select('workshop_id')
      .where('room_id', '=', room)
      .executeTakeFirst();
    return row ? { forum: this.#forumOf(row), workshop: row.workshop_id as WorkshopId } : null;
  }

  async ofAccount(account: AccountId): Promise<Forum[]> {
    const rows = await this.#db
      .selectFrom('seat')
      .innerJoin('forum', 'forum.id', 'seat.forum_id')
      .selectAll('forum')
      .where('account_id', '=', account)
      .where('removed_at', 'is', null)
      .where('rehearsal_of', 'is', null)
      .orderBy('joined_at', 'desc')
      .orderBy('forum.id')
      .execute();
    return [...new Map(rows.map((row) => [row.id, this.#forumOf(row)])).values()];
  }

  #found(row: Schema['forum'] | undefined): Forum | null {
    return row ? this.#forumOf(row) : null;
  }

  #forumOf(row: Schema['forum']): Forum {
    return forumOf(row, this.#read.of(row.id, row.data));
  }
}

/** For a transaction: false when another version is stored than the one before this. */
export async function updateForum(db: Database, forum: Forum): Promise<boolean> {
  const { id, slug: _kept, ...row } = rowOf(forum);
  const { numUpdatedRows } = await db
    .updateTable('forum')
    .set(row)
    .where('id', '=', id)
    .where('version', '=', forum.version - 1)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows !== 1n) return false;
  await listRooms(db, forum);
  return true;
}

/** Look-up rows for every workshop and room of the forum. They are only ever added: a room is never deleted. */
async function listRooms(db: Database, forum: Forum): Promise<void> {
  for (const workshop of forum.agenda) {
    if (workshop.kind !== 'workshop') continue;
    await db
      .insertInto('forum_workshop')
      .values({ workshop_id: workshop.id, forum_id: forum.id })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    for (const room of workshop.rooms) {
      await db
        .insertInto('forum_room')
        .values({ room_id: room.id, workshop_id: workshop.id, forum_id: forum.id })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
  }
  await refuseForeignRooms(db, forum);
}

/** Ids of workshops and rooms are unique everywhere: one that another forum or workshop has would open its boards. */
async function refuseForeignRooms(db: Database, forum: Forum): Promise<void> {
  for (const workshop of forum.agenda) {
    if (workshop.kind !== 'workshop') continue;
    const owner = await db
      .selectFrom('forum_workshop')
      .select('forum_id')
      .where('workshop_id', '=', workshop.id)
      .executeTakeFirstOrThrow();
    if (owner.forum_id !== forum.id) throw new StorageError(`workshop ${workshop.id} belongs to another forum`);
    for (const room of workshop.rooms) {
      const place = await db
        .selectFrom('forum_room')
        .select('workshop_id')
        .where('room_id', '=', room.id)
        .executeTakeFirstOrThrow();
      if (place.workshop_id !== workshop.id) throw new StorageError(`room ${room.id} belongs to another workshop`);
    }
  }
}

function rowOf(forum: Forum): Schema['forum'] {
  const { id, slug, joinCode, joinCodeExpiresAt, version, rehearsal, ...details } = forum;
  const data = JSON.stringify(details);
  // What would not be readable again must not be written.
  parseStoredForum(JSON.parse(data), (problem) => new StorageError(`forum ${id} cannot be stored: ${problem}`));
  return {
    ...{ id, slug, join_code: joinCode, join_code_expires_at: joinCodeExpiresAt, version, data },
    rehearsal_of: rehearsal?.of ?? null,
    rehearsal_ends_at: rehearsal?.endsAt ?? null,
  };
}

export function forumOf(row: Schema['forum'], details = readForum(row.id, row.data)): Forum {
  return {
    ...details,
    id: row.id as ForumId,
    slug: shownSlug(row.slug),
    version: row.version,
    joinCode: row.join_code,
    joinCodeExpiresAt: row.join_code_expires_at,
    ...(row.rehearsal_of !== null && {
      rehearsal: { of: row.rehearsal_of as ForumId, endsAt: row.rehearsal_ends_at ?? 0 },
    }),
  };
}
