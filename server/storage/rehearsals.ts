import type { Forum } from '#domain/forum/forum.ts';
import type { ForumId, SeatId } from '#domain/ids.ts';
import { documentName, type DocumentName } from '#protocol/document-name.ts';
import { raiseForumEpoch, raisePassesEpoch } from './access.ts';
import { forumOf } from './forums.ts';
import type { LinkPurpose } from './ports/accounts.ts';
import type { RehearsalStore } from './ports/rehearsals.ts';
import type { Database } from './schema.ts';

const AT_ONCE = 200; // variables of one query

interface Files {
  /** What the database no longer holds of documents is no loss. */
  readonly forget: (documents: readonly DocumentName[]) => Promise<void>;
  /** Takes what was deleted out of the database's files. */
  readonly scrub: () => Promise<void>;
}

export class RehearsalTable implements RehearsalStore {
  readonly #db: Database;
  readonly #files: Files;

  constructor(db: Database, files: Files) {
    this.#db = db;
    this.#files = files;
  }

  async of(forum: ForumId): Promise<Forum | null> {
    const row = await this.#db.selectFrom('forum').selectAll().where('rehearsal_of', '=', forum).executeTakeFirst();
    return row ? forumOf(row) : null;
  }

  async all(): Promise<Forum[]> {
    const rows = await this.#db.selectFrom('forum').selectAll().where('rehearsal_of', 'is not', null).execute();
    return rows.map((row) => forumOf(row));
  }

  empty(rehearsal: ForumId, at: number): Promise<string[]> {
    return this.#db.transaction().execute(async (db) => {
      if (!(await isRehearsal(db, rehearsal, false))) return [];
      await raiseForumEpoch(db, rehearsal);
      await raisePassesEpoch(db);
      const seats = db.selectFrom('seat').select('id').where('forum_id', '=', rehearsal);
      const tokens = await db.deleteFrom('seat_token').where('seat_id', 'in', seats).returning('token_hash').execute();
      await db.deleteFrom('waiting').where('forum_id', '=', rehearsal).execute();
      await db
        .updateTable('seat')
        .set({ removed_at: at })
        .where('forum_id', '=', rehearsal)
        .where('removed_at', 'is', null)
        .execute();
      return tokens.map(({ token_hash }) => token_hash);
    });
  }

  async remove(rehearsal: Forum): Promise<void> {
    if (!(await isRehearsal(this.#db, rehearsal.id, true))) return;
    const documents = await this.#documentsOf(rehearsal);
    await this.#files.forget(documents);
    await this.#db.transaction().execute(async (db) => {
      await removeDocuments(db, documents);
      await removeWorkshops(db, rehearsal);
      await removePeople(db, rehearsal.id);
      await db.deleteFrom('access_epoch').where('scope', '=', `forum:${rehearsal.id}`).execute();
      for (const table of ['forum_room', 'forum_workshop'] as const) {
        await db.deleteFrom(table).where('forum_id', '=', rehearsal.id).execute();
      }
      await db.deleteFrom('forum').where('id', '=', rehearsal.id).where('rehearsal_of', 'is not', null).execute();
    });
    await this.#files.scrub();
  }

  /** Boards, what pairs and groups wrote, and the outcome's own texts. */
  async #documentsOf(rehearsal: Forum): Promise<DocumentName[]> {
    const boards = rehearsal.agenda.flatMap((item) =>
      item.kind === 'workshop' ? item.rooms.map(({ id }) => documentName({ kind: 'board', room: id })) : [],
    );
    const named = [...boards, documentName({ kind: 'outcome', forum: rehearsal.id })];
    const groups = await Promise.all(workshopsOf(rehearsal).map((id) => this.#namedLike(`group/${id}/%`)));
    return [...named, ...groups.flat()];
  }

  async #namedLike(pattern: string): Promise<DocumentName[]> {
    const rows = await this.#db
      .selectFrom('document')
      .select('name')
      .where('name', 'like', pattern)
      .union(this.#db.selectFrom('document_update').select('document as name').where('document', 'like', pattern))
      .execute();
    return rows.map(({ name }) => name as DocumentName);
  }
}

const workshopsOf = ({ agenda }: Forum) => agenda.flatMap((item) => (item.kind === 'workshop' ? [item.id] : []));

/** `ifGone`: what a forum is that is not there any more. */
async function isRehearsal(db: Database, forum: ForumId, ifGone: boolean): Promise<boolean> {
  const row = await db.selectFrom('forum').select('rehearsal_of').where('id', '=', forum).executeTakeFirst();
  return row ? row.rehearsal_of !== null : ifGone;
}

async function removeDocuments(db: Database, documents: readonly DocumentName[]): Promise<void> {
  for (let from = 0; from < documents.length; from += AT_ONCE) {
    const some = documents.slice(from, from + AT_ONCE);
    for (const table of ['document_update', 'document_client', 'document_version'] as const) {
      await db.deleteFrom(table).where('document', 'in', some).execute();
    }
    await db.deleteFrom('document').where('name', 'in', some).execute();
  }
}

async function removeWorkshops(db: Database, rehearsal: Forum): Promise<void> {
  for (const id of workshopsOf(rehearsal)) {
    await db.deleteFrom('workshop_event').where('workshop_id', '=', id).execute();
    await db.deleteFrom('workshop_command').where('workshop_id', '=', id).execute();
    await db.deleteFrom('access_epoch').where('scope', '=', `workshop:${id}`).execute();
  }
}

async function removePeople(db: Database, forum: ForumId): Promise<void> {
  const rows = await db.selectFrom('seat').select('id').where('forum_id', '=', forum).execute();
  await removeLinks(db, forum, new Set(rows.map(({ id }) => id as SeatId)));
  const seats = db.selectFrom('seat').select('id').where('forum_id', '=', forum);
  for (const table of ['person', 'seat_token', 'former_token'] as const) {
    await db.deleteFrom(table).where('seat_id', 'in', seats).execute();
  }
  await db.deleteFrom('waiting').where('forum_id', '=', forum).execute();
  await db.deleteFrom('seat').where('forum_id', '=', forum).execute();
}

/** Invitations, and links by which a seat moves to another device. */
async function removeLinks(db: Database, forum: ForumId, seats: ReadonlySet<SeatId>): Promise<void> {
  for (const { token_hash, purpose } of await db.selectFrom('link').select(['token_hash', 'purpose']).execute()) {
    const known = JSON.parse(purpose) as LinkPurpose;
    const isOfIt =
      (known.kind === 'invite' && known.forum === forum) || (known.kind === 'moveSeat' && seats.has(known.seat));
    if (isOfIt) await db.deleteFrom('link').where('token_hash', '=', token_hash).execute();
  }
}
