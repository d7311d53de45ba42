import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ConfigError } from '#server/config.ts';
import { PostgresServerLock } from '#server/storage/postgres/server-lock.ts';

const databaseUrl = process.env.TEST_DATABASE_URL;

describe.skipIf(!databaseUrl)('two servers on one PostgreSQL', () => {
  let admin: pg.Client;
  let url: string;
  let schema: string;
  const held: PostgresServerLock[] = [];
  const take = async (patience: number) => {
    const lock = await PostgresServerLock.take(url, patience);
    held.push(lock);
    return lock;
  };

  /** The database's process of the connection that holds the lock. */
  const holdingProcess = async (): Promise<number | null> => {
    const { rows } = await admin.query<{ pid: number }>(
      `select pid from pg_locks where locktype = 'advisory' and granted
        and ((classid::bigint << 32) | objid::bigint) = hashtextextended('dastarkhan server ' || $1, 0)`,
      [schema],
    );
    return rows[0]?.pid ?? null;
  };

  beforeEach(async () => {
    admin = new pg.Client({ connectionString: databaseUrl });
    await admin.connect();
    schema = `second_${crypto.randomUUID().replaceAll('-', '')}`;
    await admin.query(`create schema ${schema}`);
    const inSchema = new URL(databaseUrl!);
    inSchema.searchParams.set('options', `-c search_path=${schema}`);
    url = inSchema.href;
  });
  afterEach(async () => {
    await Promise.all(held.splice(0).map((lock) => lock.release()));
    await admin.query(`drop schema ${schema} cascade`);
    await admin.end();
  });

  test('[D5] the second one is refused in words that name the first', async () => {
    const first = await take(0);
    const refusal = await take(0).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ConfigError);
    expect((refusal as Error).message).toContain(`process ${process.pid}`);
    await first.release();
    expect((await take(2_000)).isHeld).toBe(true);
  });

  test('[D5] it is taken again after the connection was cut, unless somebody else was faster', async () => {
    const first = await take(0);
    const holder = await holdingProcess();
    await admin.query('select pg_terminate_backend($1)', [holder]);
    await vi.waitFor(async () => expect([null, holder]).not.toContain(await holdingProcess()), 60_000);
    await vi.waitFor(() => expect(first.isHeld).toBe(true), 60_000);
    await expect(take(0)).rejects.toThrow(ConfigError);
  });
});

test('[D5] a database that cannot be reached is said in one line', async () => {
  const refusal = await PostgresServerLock.take('postgres://nobody@127.0.0.1:1/none', 0).catch(
    (error: unknown) => error,
  );
  expect(refusal).toBeInstanceOf(ConfigError);
  expect((refusal as Error).message).not.toContain('\n');
});
