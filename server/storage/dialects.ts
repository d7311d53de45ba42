import { Kysely, PostgresDialect, sql, type DatabaseConnection, type Dialect, type Driver } from 'kysely';
import { keepPrivate } from './private-files.ts';
import type { DocumentLog } from './documents.ts';
import { readMarkFile, type Held } from './high-water.ts';
import { StorageError } from './ports/storage-error.ts';
import { PostgresDocumentLog } from './postgres/document-log.ts';
import type { Database, Schema } from './schema.ts';
import type { MarkReport } from './sqlite/messages.ts';
import { ThreadedSqliteDialect } from './sqlite/dialect.ts';
import { SqliteThread } from './sqlite/sqlite-thread.ts';

/** Everything in which the databases differ, with the two folders beside it; no other file knows which one it talks to. */
export type DialectName = 'sqlite' | 'postgres';

export interface OpenDatabase {
  readonly dialect: DialectName;
  readonly db: Database;
  readonly log: DocumentLog;
  /** Compares the database, once it is migrated, with what it has held, and writes that down from now on. */
  mark(accept: boolean): Promise<MarkReport>;
  /** These documents are about to be removed: that the database does not hold them is no loss. */
  forget(documents: readonly string[]): Promise<void>;
  /** What is stored now, to be compared with a mark. */
  held(): Promise<Held>;
  close(): Promise<void>;
}

const CONNECT_MILLISECONDS = 5_000;
const LONGEST_COMPLAINT = 300;

export const columnTypes = (dialect: DialectName) =>
  dialect === 'sqlite'
    ? { bytes: 'blob' as const, milliseconds: 'integer' as const, clientId: 'integer' as const }
    : { bytes: 'bytea' as const, milliseconds: 'bigint' as const, clientId: 'bigint' as const };

/** The server keeps what it has acknowledged, as far as we can see. */
const COMPLETE: MarkReport = { loss: null, earlier: [] };

/** One file with one connection, in a thread of its own. `markFile`: beside it, for all that is no copy. */
export async function openSqlite(file: string, markFile: string | null = null): Promise<OpenDatabase> {
  keepPrivate(file);
  const thread = await SqliteThread.open(file);
  const db = new Kysely<Schema>({ dialect: new ThreadedSqliteDialect(thread) });
  return {
    dialect: 'sqlite',
    db,
    log: thread,
    async mark(accept) {
      if (markFile === null) return COMPLETE;
      const known = readMarkFile(markFile); // before the database: a server's commit in between is no loss
      return thread.mark(markFile, known, await heldBy(db), accept);
    },
    forget: (documents) => thread.forget(documents),
    held: () => heldBy(db),
    close: () => close(db, thread),
  };
}

export async function openPostgres(url: string): Promise<OpenDatabase> {
  const { default: pg } = await import('pg'); // most have no use for it
  const types = {
    // bigint arrives as text; milliseconds and counts stay far below 2^53.
    getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
      oid === pg.types.builtins.INT8
        ? Number
        : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
  };
  const pool = new pg.Pool({ connectionString: url, types, max: 10, connectionTimeoutMillis: CONNECT_MILLISECONDS });
  // A dropped connection is replaced at the next query, which reports if that fails. The pool takes its own listener off one that is in use.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db = new Kysely<Schema>({ dialect: reporting(new PostgresDialect({ pool })) });
  return {
    dialect: 'postgres',
    db,
    log: new PostgresDocumentLog(db),
    mark: async () => COMPLETE,
    forget: async () => undefined,
    held: () => heldBy(db),
    close: () => db.destroy(),
  };
}

/** `ok`, or what is damaged, as the database itself judges; some damage keeps it even from looking. */
export async function integrityOf(db: Database, dialect: DialectName): Promise<string> {
  if (dialect === 'postgres') return 'ok';
  try {
    const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(db);
    // One line, of which the first words say enough: a damaged file can have thousands of complaints.
    const complaints = rows.map((row) => row.integrity_check).join('; ');
    return complaints.replace(/\s+/g, ' ').slice(0, LONGEST_COMPLAINT);
  } catch (error) {
    return reason(error);
  }
}

async function heldBy(db: Database): Promise<Held> {
  const { id, others } = await db.selectFrom('high_water').selectAll().executeTakeFirstOrThrow();
  const documents = new Map<string, number>();
  const take = (name: string, seq: number) => {
    if (seq > (documents.get(name) ?? 0)) documents.set(name, seq);
  };
  const heads = await db.selectFrom('document').select(['name', 'snapshot_seq']).execute();
  for (const { name, snapshot_seq } of heads) take(name, snapshot_seq);
  // One that was only ever appended to has no head.
  const rows = await db
    .selectFrom('document_update')
    .select((select) => ['document', select.fn.max('seq').as('last')])
    .groupBy('document')
    .execute();
  for (const { document, last } of rows) take(document, Number(last));
  return { database: id, others, documents };
}

/**
 * Takes what was deleted out of the files. SQLite overwrites it in the pages by itself (`secure_delete`), and keeps the pages as they
 * were in its log until that is cut off.
 */
export async function scrub(db: Database, dialect: DialectName): Promise<void> {
  if (dialect === 'sqlite') await sql`pragma wal_checkpoint(truncate)`.execute(db);
}

/** Kysely closes only what it has used. */
async function close(db: Database, thread: SqliteThread): Promise<void> {
  await db.destroy();
  await thread.close();
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Turns whatever the database reports into `StorageError`, at the one place every query passes. */
function reporting(dialect: Dialect): Dialect {
  return {
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createDriver: () => reportingDriver(dialect.createDriver()),
  };
}

async function reported<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StorageError) throw error;
    throw new StorageError(`the database refused: ${reason(error)}`, { cause: error });
  }
}

function reportingDriver(driver: Driver): Driver {
  const wrapped = new WeakMap<DatabaseConnection, DatabaseConnection>();
  const originals = new WeakMap<DatabaseConnection, DatabaseConnection>();
  const wrap = (connection: DatabaseConnection): DatabaseConnection => {
    const known = wrapped.get(connection);
    if (known) return known;
    const outer: DatabaseConnection = {
      executeQuery: (query, options) => reported(() => connection.executeQuery(query, options)),
      streamQuery: (query, size, options) => connection.streamQuery(query, size, options),
    };
    wrapped.set(connection, outer);
    originals.set(outer, connection);
    return outer;
  };
  const inner = (outer: DatabaseConnection): DatabaseConnection => originals.get(outer) ?? outer;
  return {
    init: (options) => reported(() => driver.init(options)),
    acquireConnection: (options) => reported(async () => wrap(await driver.acquireConnection(options))),
    beginTransaction: (connection, settings) => reported(() => driver.beginTransaction(inner(connection), settings)),
    commitTransaction: (connection) => reported(() => driver.commitTransaction(inner(connection))),
    rollbackTransaction: (connection) => reported(() => driver.rollbackTransaction(inner(connection))),
    releaseConnection: (connection) => driver.releaseConnection(inner(connection)),
    destroy: () => driver.destroy(),
  };
}
