import type { SeatId } from '#domain/ids.ts';
import type { DocumentName } from '#protocol/document-name.ts';
import { AccessChanged, type EpochGuard } from '../ports/access.ts';
import {
  foreignLease,
  otherWriter,
  type ClientLease,
  type DocumentAppend,
  type KnownLineage,
  type StoredDocument,
} from '../ports/documents.ts';
import { StorageError } from '../ports/storage-error.ts';
import type { Database } from '../schema.ts';
import type { DocumentLog } from '../documents.ts';

/** Rows of one insert: five values each, below the 65,535 that Postgres binds at most. */
const ROWS_AT_ONCE = 5_000;

export class PostgresDocumentLog implements DocumentLog {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async append(
    rows: readonly DocumentAppend[],
    leases: readonly ClientLease[],
    guards: readonly EpochGuard[],
    lineages: readonly KnownLineage[],
  ): Promise<void> {
    await this.#db.transaction().execute(async (db) => {
      await holdEpochs(db, guards);
      await holdDocuments(db, rows, lineages);
      for (const lease of inOneOrder(leases)) await take(db, lease);
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

  async read(document: DocumentName, newLineage: string): Promise<StoredDocument> {
    return this.#db.transaction().execute(async (db) => {
      await db
        .insertInto('document')
        .values({ name: document, lineage: newLineage, snapshot: null, snapshot_seq: 0 })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      // Held until the end: a compaction in between would drop rows that this snapshot lacks.
      const head = await db
        .selectFrom('document')
        .select(['lineage', 'snapshot', 'snapshot_seq'])
        .where('name', '=', document)
        .forShare()
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
      const owners = await db
        .selectFrom('document_client')
        .select(['client', 'seat_id'])
        .where('document', '=', document)
        .execute();
      return {
        lineage: head.lineage,
        snapshot: head.snapshot && new Uint8Array(head.snapshot),
        snapshotSeq: head.snapshot_seq,
        updates: rows.map((row) => new Uint8Array(row.bytes)),
        seq: head.snapshot_seq + rows.length,
        owners: new Map(owners.map((row) => [row.client, row.seat_id as SeatId | null])),
      };
    });
  }
}

/** Compares the epochs and keeps them from changing until the commit, so that every change has one place in the order. */
async function holdEpochs(db: Database, guards: readonly EpochGuard[]): Promise<void> {
  if (guards.length === 0) return;
  const scopes = guards.map(({ scope }) => scope);
  let epochs = await lockedEpochs(db, scopes);
  if (epochs.size < new Set(scopes).size) {
    // A row that is not there cannot be locked. Whoever is just inserting it is waited for here.
    await db
      .insertInto('access_epoch')
      .values([...new Set(scopes)].sort().map((scope) => ({ scope, epoch: 0 })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    epochs = await lockedEpochs(db, scopes);
  }
  const changed = guards.filter(({ scope, epoch }) => epochs.get(scope)! > epoch).map(({ scope }) => scope);
  if (changed.length > 0) throw new AccessChanged(changed);
}

/** Keeps the documents from being compacted or begun anew until the commit, and refuses rows for one that already was. */
async function holdDocuments(
  db: Database,
  rows: readonly DocumentAppend[],
  lineages: readonly KnownLineage[],
): Promise<void> {
  if (rows.length === 0) return;
  const first = new Map<string, number>();
  for (const { document, seq } of rows) if (!first.has(document)) first.set(document, seq);
  const heads = await db
    .selectFrom('document')
    .select(['name', 'lineage', 'snapshot_seq'])
    .where('name', 'in', [...first.keys()])
    .orderBy('name')
    .forShare()
    .execute();
  for (const { name, snapshot_seq } of heads) {
    if (first.get(name)! <= snapshot_seq) throw new StorageError(otherWriter(name, 'was compacted'));
  }
  const stored = new Map<string, string>(heads.map(({ name, lineage }) => [name, lineage]));
  for (const { document, lineage } of lineages) {
    if (first.has(document) && stored.get(document) !== lineage) {
      throw new StorageError(otherWriter(document, 'was begun anew'));
    }
  }
}

async function lockedEpochs(db: Database, scopes: readonly string[]): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('access_epoch')
    .selectAll()
    .where('scope', 'in', scopes)
    .orderBy('scope')
    .forShare()
    .execute();
  return new Map(rows.map(({ scope, epoch }) => [scope, epoch]));
}

async function take(db: Database, { document, client, seat }: ClientLease): Promise<void> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('document_client')
    .values({ document, client, seat_id: seat })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows === 1n) return;
  const owner = await db
    .selectFrom('document_client')
    .select('seat_id')
    .where('document', '=', document)
    .where('client', '=', client)
    .executeTakeFirstOrThrow();
  if (owner.seat_id !== seat) throw new StorageError(foreignLease(document, client));
}

/** Two writers that take the same leases in different orders would wait for each other. */
const inOneOrder = (leases: readonly ClientLease[]): ClientLease[] =>
  leases.toSorted((a, b) => (a.document < b.document ? -1 : a.document > b.document ? 1 : a.client - b.client));
