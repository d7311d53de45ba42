import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openStorage } from '#server/storage/open-storage.ts';
import { storageContract, type StorageUnderTest } from './storage.ts';

storageContract('SQLite', async (): Promise<StorageUnderTest> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'dastarkhan-contract-'));
  return {
    open: () => openStorage({ dataDir, databaseUrl: undefined }),
    dump: async () => Buffer.concat(readdirSync(dataDir).map((file) => readFileSync(join(dataDir, file)))),
    clear: async () => rmSync(dataDir, { recursive: true }),
  };
});

const databaseUrl = process.env.TEST_DATABASE_URL;
if (databaseUrl) storageContract('Postgres', () => emptySchema(databaseUrl));

/** Each test gets a schema of its own, so that one database serves them all. */
async function emptySchema(url: string): Promise<StorageUnderTest> {
  const schema = `contract_${crypto.randomUUID().replaceAll('-', '')}`;
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query(`create schema ${schema}`);
  const inSchema = new URL(url);
  inSchema.searchParams.set('options', `-c search_path=${schema}`);
  return {
    open: () => openStorage({ dataDir: '', databaseUrl: inSchema.href }),
    dump: async () => {
      const { rows } = await admin.query<{ xml: string }>(`select schema_to_xml($1, true, false, '')::text as xml`, [
        schema,
      ]);
      return Buffer.from(rows[0]?.xml ?? '');
    },
    clear: async () => {
      await admin.query(`drop schema ${schema} cascade`);
      await admin.end();
    },
  };
}
