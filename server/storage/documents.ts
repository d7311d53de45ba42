import { randomId } from '#server/auth/tokens.ts';
import { parseDocumentName, type DocumentName } from '#protocol/document-name.ts';
import { StorageError, type DocumentAppend, type DocumentStore, type StoredDocument } from './ports.ts';
import type { Database } from './schema.ts';

/** Rows of one insert: five values each, below the 32,766 that SQLite binds at most. */
const ROWS_AT_ONCE = 5_000;

export class DocumentTable implements DocumentStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async append(rows: readonly DocumentAppend[]): Promise<void> {
    if (rows.length === 0) return;
    await this.#db.transaction().execute(async (db) => {
      for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
        await db
          .insertInto('document_update')
          .values(
            rows.slice(from, from + ROWS_AT_ONCE).map((row) => ({
              document: row.document,
              seq: row.seq,
              bytes: row.update,
              seat_id: row.seat,
              at: row.at,
            })),
          )
          .execute();
      }
    });
  }

  async read(document: DocumentName): Promise<StoredDocument> {
    return this.#db.transaction().execute(async (db) => {
      await db
        .insertInto('document')
        .values({ name: document, lineage: randomId(), snapshot: null, snapshot_seq: 0 })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const head = await db
        .selectFrom('document')
        .select(['lineage', 'snapshot', 'snapshot_seq'])
        .where('name', '=', document)
        .executeTakeFirstOrThrow();
      const rows = await db
        .selectFrom('document_update')
        .select(['seq', 'bytes'])
        .where('document', '=', document)
        .where('seq', '>', head.snapshot_seq)
        .orderBy('seq')
        .execute();
      for (const [index, row] of rows.entries()) {
        const expected = head.snapshot_seq + 1 + index;
        if (row.seq !== expected) throw new StorageError(`${document}: update ${expected} is missing`);
      }
      return {
        owners: new Map(),
        lineage: head.lineage,
        snapshot: head.snapshot && new Uint8Array(head.snapshot),
        snapshotSeq: head.snapshot_seq,
        updates: rows.map((row) => new Uint8Array(row.bytes)),
        seq: head.snapshot_seq + rows.length,
      };
    });
  }

  async compact(document: DocumentName, snapshot: Uint8Array, seq: number): Promise<void> {
    await this.#db.transaction().execute(async (db) => {
      const { last } = await db
        .selectFrom('document_update')
        .select((select) => select.fn.max('seq').as('last'))
        .where('document', '=', document)
        .executeTakeFirstOrThrow();
      const head = await db
        .selectFrom('document')
        .select('snapshot_seq')
        .where('name', '=', document)
        .executeTakeFirst();
      if (!head || seq <= head.snapshot_seq || seq > (last ?? 0)) {
        throw new StorageError(`${document}: no update ${seq} to take a snapshot of`);
      }
      await db.updateTable('document').set({ snapshot, snapshot_seq: seq }).where('name', '=', document).execute();
      await db.deleteFrom('document_update').where('document', '=', document).where('seq', '<=', seq).execute();
    });
  }

  async renewLineage(document: DocumentName): Promise<string> {
    const lineage = randomId();
    await this.#db
      .insertInto('document')
      .values({ name: document, lineage, snapshot: null, snapshot_seq: 0 })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ lineage }))
      .execute();
    return lineage;
  }

  async names(): Promise<DocumentName[]> {
    const rows = await this.#db
      .selectFrom('document')
      .select('name')
      .union(this.#db.selectFrom('document_update').select('document as name'))
      .orderBy('name')
      .execute();
    return rows.map((row) => {
      const parsed = parseDocumentName(row.name);
      if (!parsed) throw new StorageError(`the database names a document “${row.name}”, which cannot be`);
      return parsed.name;
    });
  }
}
