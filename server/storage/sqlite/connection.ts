import Sqlite from 'better-sqlite3';

/** How long one process waits for another's write before it gives up. */
const BUSY_MILLISECONDS = 5_000;
/** A checkpoint delays the commit that reaches it: 5 ms for half of these on a busy disk, 20 ms for twice as many, measured. */
const CHECKPOINT_PAGES = 1_000;
/** A long read (a backup) lets the log grow; the file is cut back to this once the log starts anew. */
const LONGEST_IDLE_LOG = 16_000_000;
/** Lists of values make ever new texts; what everyday queries need is far less. */
const MOST_STATEMENTS = 256;
const REUSABLE = /^\s*(select|insert|update|delete|with)\b/i;

/** One file with one connection. `synchronous=FULL`: a commit is on the disk before it is answered. `secure_delete`: erased is erased. */
export function connect(file: string): Sqlite.Database {
  const database = new Sqlite(file);
  try {
    database.pragma(`busy_timeout = ${BUSY_MILLISECONDS}`);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    database.pragma('secure_delete = ON');
    database.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    database.pragma(`journal_size_limit = ${LONGEST_IDLE_LOG}`);
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

/** Prepared statements by their text, the oldest dropped first. */
export class Statements {
  readonly #database: Sqlite.Database;
  readonly #known = new Map<string, Sqlite.Statement<unknown[]>>();

  constructor(database: Sqlite.Database) {
    this.#database = database;
  }

  get(sql: string): Sqlite.Statement<unknown[]> {
    const known = this.#known.get(sql);
    if (known) return known;
    const statement = this.#database.prepare<unknown[]>(sql);
    if (!REUSABLE.test(sql)) return statement;
    if (this.#known.size >= MOST_STATEMENTS) {
      const [oldest] = this.#known.keys();
      if (oldest !== undefined) this.#known.delete(oldest);
    }
    this.#known.set(sql, statement);
    return statement;
  }
}
