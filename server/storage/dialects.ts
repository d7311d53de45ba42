import Sqlite from 'better-sqlite3';
import {
  Kysely,
  PostgresDialect,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
  sql,
  type DatabaseConnection,
  type Dialect,
  type Driver,
} from 'kysely';
import pg from 'pg';
import { ConfigError } from '#server/config.ts';
import { StorageError } from './ports.ts';
import type { Database, Schema } from './schema.ts';

/** Everything in which the databases differ; no other file knows which one it talks to. */
export type DialectName = 'sqlite' | 'postgres';

/** Below it a checkpoint may lose committed transactions: https://sqlite.org/wal.html#walresetbug */
const LEAST_SQLITE = [3, 51, 3] as const;
/** How long one process waits for another's write before it gives up. */
const BUSY_MILLISECONDS = 5_000;
const LONGEST_COMPLAINT = 300;

export const columnTypes = (dialect: DialectName) =>
  dialect === 'sqlite'
    ? { bytes: 'blob' as const, milliseconds: 'integer' as const }
    : { bytes: 'bytea' as const, milliseconds: 'bigint' as const };

/** One file with one connection. `synchronous=FULL`: a commit is on the disk before it is answered. */
export function openSqlite(file: string): { db: Database; raw: Sqlite.Database } {
  const raw = connect(file);
  try {
    raw.pragma(`busy_timeout = ${BUSY_MILLISECONDS}`);
    raw.pragma('journal_mode = WAL');
    raw.pragma('synchronous = FULL');
    raw.pragma('foreign_keys = ON');
    refuseOldSqlite(raw.prepare('select sqlite_version()').pluck().get() as string);
  } catch (error) {
    raw.close();
    throw error instanceof ConfigError ? error : new ConfigError(`${file} cannot be opened: ${reason(error)}`);
  }
  return { db: new Kysely<Schema>({ dialect: reporting(new ImmediateSqliteDialect(raw)) }), raw };
}

export function openPostgres(url: string): { db: Database } {
  const types = {
    // bigint arrives as text; milliseconds and counts stay far below 2^53.
    getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
      oid === pg.types.builtins.INT8
        ? Number
        : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
  };
  const pool = new pg.Pool({ connectionString: url, types, max: 10, connectionTimeoutMillis: BUSY_MILLISECONDS });
  // A dropped idle connection is replaced at the next query, which reports if that fails.
  pool.on('error', () => undefined);
  return { db: new Kysely<Schema>({ dialect: reporting(new PostgresDialect({ pool })) }) };
}

export async function closeDatabase(db: Database): Promise<void> {
  await db.destroy();
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

export function refuseOldSqlite(version: string): void {
  const parts = version.split('.').map(Number);
  for (const [place, least] of LEAST_SQLITE.entries()) {
    const part = parts[place] ?? 0;
    if (part > least) return;
    if (part < least) {
      throw new ConfigError(
        `SQLite ${version} can lose data; at least ${LEAST_SQLITE.join('.')} is needed: run npm install`,
      );
    }
  }
}

function connect(file: string): Sqlite.Database {
  try {
    return new Sqlite(file);
  } catch (error) {
    throw new ConfigError(`${file} cannot be opened: ${reason(error)}`);
  }
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Transactions take the write lock at once: one that starts as a reader cannot become a writer after another's commit. */
class ImmediateSqliteDialect extends SqliteDialect {
  readonly #raw: Sqlite.Database;

  constructor(raw: Sqlite.Database) {
    super({ database: raw });
    this.#raw = raw;
  }

  override createDriver(): Driver {
    return new ImmediateSqliteDriver(this.#raw);
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalSqliteAdapter();
  }
}

class ImmediateSqliteDriver extends SqliteDriver {
  readonly #raw: Sqlite.Database;

  constructor(raw: Sqlite.Database) {
    super({ database: raw });
    this.#raw = raw;
  }

  override async beginTransaction(): Promise<void> {
    this.#raw.exec('begin immediate');
  }

  override async rollbackTransaction(): Promise<void> {
    // A full disk makes SQLite roll back by itself; a second rollback would hide the real error.
    if (this.#raw.inTransaction) this.#raw.exec('rollback');
  }
}

/** SQLite can change tables within a transaction; so a migration is applied as a whole, by one process, or not at all. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

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
