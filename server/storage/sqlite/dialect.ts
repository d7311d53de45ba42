import {
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type DatabaseIntrospector,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryCompiler,
  type QueryResult,
} from 'kysely';
import type { SqliteThread } from './sqlite-thread.ts';

/** Kysely over the database's thread. Its own mutex gives the one connection to one transaction at a time. */
export class ThreadedSqliteDialect implements Dialect {
  readonly #thread: SqliteThread;

  constructor(thread: SqliteThread) {
    this.#thread = thread;
  }

  createDriver(): Driver {
    return new ThreadedSqliteDriver(this.#thread);
  }

  createAdapter(): SqliteAdapter {
    return new TransactionalSqliteAdapter();
  }

  createQueryCompiler(): QueryCompiler {
    return new SqliteQueryCompiler();
  }

  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return new SqliteIntrospector(db);
  }
}

class ThreadedSqliteDriver implements Driver {
  readonly #thread: SqliteThread;
  readonly #connection: ThreadedSqliteConnection;

  constructor(thread: SqliteThread) {
    this.#thread = thread;
    this.#connection = new ThreadedSqliteConnection(thread);
  }

  async init(): Promise<void> {}
  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }
  async beginTransaction(): Promise<void> {
    this.#connection.isToBegin = true;
  }
  commitTransaction(): Promise<void> {
    return this.#end('commit');
  }
  rollbackTransaction(): Promise<void> {
    return this.#end('rollback');
  }
  async releaseConnection(): Promise<void> {}
  destroy(): Promise<void> {
    return this.#thread.close();
  }

  async #end(how: 'commit' | 'rollback'): Promise<void> {
    const hasBegun = !this.#connection.isToBegin;
    this.#connection.isToBegin = false;
    if (hasBegun) await this.#thread.transact(how);
  }
}

class ThreadedSqliteConnection implements DatabaseConnection {
  readonly #thread: SqliteThread;
  /** A transaction begins with its first query: asked for by itself it would cost a message, and others wait for it as long. */
  isToBegin = false;

  constructor(thread: SqliteThread) {
    this.#thread = thread;
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const isFirst = this.isToBegin;
    this.isToBegin = false;
    const { rows, changes, lastInsertRowid } = await this.#thread.query(sql, parameters, isFirst);
    return { rows: rows as R[], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  }

  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('nothing is read in streams here');
  }
}

/** SQLite can change tables within a transaction; so a migration is applied as a whole, by one process, or not at all. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}
