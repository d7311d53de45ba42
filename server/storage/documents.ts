import { randomId } from '#server/auth/tokens.ts';
import { parseDocumentName, type DocumentName } from '#protocol/document-name.ts';
import type { EpochGuard } from './ports/access.ts';
import {
  otherWriter,
  type ClientLease,
  type DocumentAppend,
  type DocumentStore,
  type KnownLineage,
  type StoredDocument,
} from './ports/documents.ts';
import { StorageError } from './ports/storage-error.ts';
import type { KeptVersion } from './ports/versions.ts';
import type { Database } from './schema.ts';
import { drop, dropUnchanged, keep, keepNew, keptVersions, rowMarks, versionBytes } from './versions.ts';

/** Appending and reading, which each kind of database does in its own way. */
export interface DocumentLog {
  append(
    rows: readonly DocumentAppend[],
    leases: readonly ClientLease[],
    guards: readonly EpochGuard[],
    lineages: readonly KnownLineage[],
  ): Promise<void>;
  /** `newLineage` is for a document that has none yet. */
  read(document: DocumentName, newLineage: string): Promise<StoredDocument>;
}

export class DocumentTable implements DocumentStore {
  readonly #db: Database;
  readonly #log: DocumentLog;

  constructor(db: Database, log: DocumentLog) {
    this.#db = db;
    this.#log = log;
  }

  async append(
    rows: readonly DocumentAppend[],
    { leases = [], guards = [], lineages = [] }: Parameters<DocumentStore['append']>[1] = {},
  ): Promise<void> {
    if (rows.length === 0 && leases.length === 0) return;
    await this.#log.append(rows, leases, guards, lineages);
  }

  read(document: DocumentName): Promise<StoredDocument> {
    return this.#log.read(document, randomId());
  }

  async has(document: DocumentName): Promise<boolean> {
    const row = await this.#db
      .selectFrom('document')
      .select('name')
      .where('name', '=', document)
      .unionAll(this.#db.selectFrom('document_update').select('document as name').where('document', '=', document))
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  }

  async begun(documents: readonly DocumentName[]): Promise<ReadonlySet<DocumentName>> {
    const rows = await this.#db
      .selectFrom('document')
      .select('name')
      .where('name', 'in', documents)
      .union(this.#db.selectFrom('document_update').select('document as name').where('document', 'in', documents))
      .execute();
    return new Set(rows.map(({ name }) => name as DocumentName));
  }

  history(document: DocumentName): ReturnType<DocumentStore['history']> {
    return this.#db
      .transaction()
      .execute(async (db) => ({ kept: await keptVersions(db, document), rows: await rowMarks(db, document) }));
  }

  async compact(
    document: DocumentName,
    snapshot: Uint8Array,
    seq: number,
    versions?: Parameters<DocumentStore['compact']>[3],
  ): Promise<void> {
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
      if (versions && versions.after !== head.snapshot_seq) {
        throw new StorageError(`${document}: was compacted by somebody else`);
      }
      const { numUpdatedRows } = await db
        .updateTable('document')
        .set({ snapshot, snapshot_seq: seq })
        .where('name', '=', document)
        .where('snapshot_seq', '=', head.snapshot_seq)
        .executeTakeFirstOrThrow();
      if (numUpdatedRows !== 1n) throw new StorageError(otherWriter(document, 'was compacted'));
      await db.deleteFrom('document_update').where('document', '=', document).where('seq', '<=', seq).execute();
      if (versions) {
        for (const version of versions.drop) await dropUnchanged(db, document, version);
        for (const version of versions.keep) await keepNew(db, document, version);
      }
    });
  }

  version(document: DocumentName, seq: number): Promise<Uint8Array | null> {
    return versionBytes(this.#db, document, seq);
  }

  keepVersion(document: DocumentName, version: KeptVersion): Promise<void> {
    return keep(this.#db, document, version);
  }

  dropVersion(document: DocumentName, seq: number): Promise<void> {
    return drop(this.#db, document, seq);
  }

  async renewLineage(document: DocumentName): Promise<string> {
    const lineage = randomId();
    await this.#db.transaction().execute(async (db) => {
      await db
        .insertInto('document')
        .values({ name: document, lineage, snapshot: null, snapshot_seq: 0 })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ lineage }))
        .execute();
      await db.deleteFrom('document_client').where('document', '=', document).execute();
    });
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
