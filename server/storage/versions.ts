import type { SeatId } from '#domain/ids.ts';
import type { DocumentName } from '#protocol/document-name.ts';
import { readCuts, writtenCuts } from './cuts.ts';
import { StorageError } from './ports/storage-error.ts';
import type { KeptVersion, RowMark, Version } from './ports/versions.ts';
import type { Database, Schema } from './schema.ts';

/** Versions with bytes of their own. Each function takes the transaction that it belongs into. */
export async function keptVersions(db: Database, document: DocumentName): Promise<Version[]> {
  const rows = await db
    .selectFrom('document_version')
    .select(['seq', 'started_at', 'at', 'seats', 'kind', 'cuts'])
    .where('document', '=', document)
    .orderBy('seq')
    .execute();
  return rows.map((row) => ({
    seq: row.seq,
    from: row.started_at,
    at: row.at,
    seats: readSeats(document, row),
    isBeforeRestore: row.kind === 'beforeRestore',
    cuts: readCuts(row.cuts),
  }));
}

export async function rowMarks(db: Database, document: DocumentName): Promise<RowMark[]> {
  const rows = await db
    .selectFrom('document_update')
    .innerJoin('document', 'document.name', 'document_update.document')
    .select(['seq', 'at', 'seat_id'])
    .where('document', '=', document)
    .whereRef('seq', '>', 'snapshot_seq')
    .orderBy('seq')
    .execute();
  return rows.map(({ seq, at, seat_id: seat }) => ({ seq, at, seat: seat as SeatId | null }));
}

export async function versionBytes(db: Database, document: DocumentName, seq: number): Promise<Uint8Array | null> {
  const row = await db
    .selectFrom('document_version')
    .select('bytes')
    .where('document', '=', document)
    .where('seq', '=', seq)
    .executeTakeFirst();
  return row ? new Uint8Array(row.bytes) : null;
}

const contentOf = (version: KeptVersion) => ({
  started_at: version.from,
  at: version.at,
  seats: JSON.stringify(version.seats),
  kind: kindOf(version),
  cuts: writtenCuts(version.cuts),
  bytes: version.state,
});

export async function keep(db: Database, document: DocumentName, version: KeptVersion): Promise<void> {
  const content = contentOf(version);
  await db
    .insertInto('document_version')
    .values({ document, seq: version.seq, ...content })
    .onConflict((conflict) => conflict.columns(['document', 'seq']).doUpdateSet(content))
    .execute();
}

/** Leaves one that is there as it is: it may have been cut meanwhile. */
export async function keepNew(db: Database, document: DocumentName, version: KeptVersion): Promise<void> {
  await db
    .insertInto('document_version')
    .values({ document, seq: version.seq, ...contentOf(version) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function drop(db: Database, document: DocumentName, seq: number): Promise<void> {
  await db.deleteFrom('document_version').where('document', '=', document).where('seq', '=', seq).execute();
}

/** Leaves one that was cut since it was looked at. */
export async function dropUnchanged(db: Database, document: DocumentName, version: Version): Promise<void> {
  const cuts = writtenCuts(version.cuts);
  await db
    .deleteFrom('document_version')
    .where('document', '=', document)
    .where('seq', '=', version.seq)
    .where('kind', '=', kindOf(version))
    .where('cuts', cuts === null ? 'is' : '=', cuts)
    .execute();
}

const kindOf = ({ isBeforeRestore }: Version) => (isBeforeRestore ? ('beforeRestore' as const) : ('written' as const));

function readSeats(document: string, row: Pick<Schema['document_version'], 'seq' | 'seats'>): Version['seats'] {
  try {
    const seats: unknown = JSON.parse(row.seats);
    if (Array.isArray(seats) && seats.every((seat) => seat === null || typeof seat === 'string')) {
      return seats as (SeatId | null)[];
    }
  } catch {
    // the same complaint as for any other nonsense
  }
  throw new StorageError(`${document}: version ${row.seq} is damaged in the database`);
}
