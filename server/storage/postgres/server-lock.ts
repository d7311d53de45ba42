import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { ConfigError } from '#server/config.ts';

const PATIENCE = 5_000; // ms for a server that is just going, or whose connection the database has not missed yet
const RETRY = 500; // ms
const CONNECT_MILLISECONDS = 5_000;
const KEY = `hashtextextended('dastarkhan server ' || current_schema(), 0)`;

/**
 * One server for one database, as for a data folder: rooms live in its memory. The lock belongs to a connection of its own, so the
 * database lets it go when the process or the network dies; it is taken again when the database comes back.
 */
export class PostgresServerLock {
  readonly #url: string;
  #client: pg.Client | null = null;
  #isReleased = false;

  /** Rejects with `ConfigError` when another server works on the database, or when it cannot be reached. */
  static async take(url: string, patience = PATIENCE): Promise<PostgresServerLock> {
    const lock = new PostgresServerLock(url);
    const until = performance.now() + patience;
    for (;;) {
      const holder = await lock.#try();
      if (holder === null) return lock;
      if (performance.now() > until) {
        throw new ConfigError(
          `the database is in use by another server (${holder}): stop it first; several servers on one database are not supported yet`,
        );
      }
      await sleep(RETRY);
    }
  }

  private constructor(url: string) {
    this.#url = url;
  }

  /** False while the connection is lost, or another server was faster to take the lock. */
  get isHeld(): boolean {
    return this.#client !== null;
  }

  async release(): Promise<void> {
    this.#isReleased = true;
    const client = this.#client;
    this.#client = null;
    await client?.end().catch(() => undefined);
  }

  /** Null when the lock is ours now, else who has it. */
  async #try(): Promise<string | null> {
    const client = new pg.Client({
      connectionString: this.#url,
      connectionTimeoutMillis: CONNECT_MILLISECONDS,
      application_name: `dastarkhan on ${hostname()}, process ${process.pid}`.slice(0, 63), // as much as Postgres keeps
      keepAlive: true,
    });
    client.on('error', () => undefined); // `end` follows
    try {
      await client.connect();
      const { rows } = await client.query<{ taken: boolean }>(`select pg_try_advisory_lock(${KEY}) as taken`);
      if (rows[0]?.taken) {
        client.once('end', () => this.#lost());
        this.#client = client;
        return null;
      }
      const holder = await client.query<{ application_name: string }>(
        `select application_name from pg_locks join pg_stat_activity using (pid)
          where locktype = 'advisory' and granted
            and ((classid::bigint << 32) | objid::bigint) = ${KEY} and pg_locks.database = (
              select oid from pg_database where datname = current_database())`,
      );
      await client.end();
      return holder.rows[0]?.application_name || 'unknown';
    } catch (error) {
      await client.end().catch(() => undefined);
      throw new ConfigError(
        `the database cannot be reached: ${error instanceof Error ? error.message || error.name : String(error)}`,
      );
    }
  }

  #lost(): void {
    this.#client = null;
    if (!this.#isReleased) this.#takeAgain().catch(() => undefined);
  }

  async #takeAgain(): Promise<void> {
    let said = false;
    while (!this.#isReleased) {
      const holder = await this.#try().catch(() => undefined);
      if (holder === null) break;
      if (holder !== undefined && !said) {
        console.error(`dastarkhan: another server (${holder}) has taken the database: not ready until it is gone`);
        said = true;
      }
      await sleep(RETRY, undefined, { ref: false });
    }
    if (this.#isReleased) await this.release();
  }
}
