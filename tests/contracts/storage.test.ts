import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { databaseFile, openStorage } from '#server/storage/open-storage.ts';
import { accessContract } from './access.ts';
import { erasureContract } from './erasure.ts';
import { rehearsalsContract } from './rehearsals.ts';
import { scriptsContract } from './scripts.ts';
import { storageContract, type Place, type StorageUnderTest } from './storage.ts';

const onSqlite = async (): Promise<StorageUnderTest> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'dastarkhan-contract-'));
  return {
    open: () => openStorage({ dataDir, databaseUrl: undefined }),
    dump: async () => Buffer.concat(readdirSync(dataDir).map((file) => readFileSync(join(dataDir, file)))),
    watchPlaces: async () => {
      const file = databaseFile(dataDir);
      using((database) =>
        database.exec(`create table place (id integer primary key autoincrement, kind, epoch);
        create trigger edit after insert on document_update begin
          insert into place (kind, epoch) values ('edit', new.at); end;
        create trigger first_lock after insert on access_epoch when new.epoch > 0 begin
          insert into place (kind, epoch) values ('lock', new.epoch); end;
        create trigger lock after update on access_epoch begin
          insert into place (kind, epoch) values ('lock', new.epoch); end`),
      );
      return async () =>
        using((database) => database.prepare('select kind, epoch from place order by id').all()) as Place[];

      function using<T>(work: (database: Sqlite.Database) => T): T {
        const database = new Sqlite(file);
        try {
          return work(database);
        } finally {
          database.close();
        }
      }
    },
    clear: async () => rmSync(dataDir, { recursive: true }),
  };
};
storageContract('SQLite', onSqlite);
accessContract('SQLite', onSqlite);
erasureContract('SQLite', onSqlite);
rehearsalsContract('SQLite', onSqlite);
scriptsContract('SQLite', onSqlite);

const databaseUrl = process.env.TEST_DATABASE_URL;
if (databaseUrl) {
  storageContract('Postgres', () => emptySchema(databaseUrl));
  accessContract('Postgres', () => emptySchema(databaseUrl));
  erasureContract('Postgres', () => emptySchema(databaseUrl));
  rehearsalsContract('Postgres', () => emptySchema(databaseUrl));
  scriptsContract('Postgres', () => emptySchema(databaseUrl));
}

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
    watchPlaces: async () => {
      // A sequence counts when a row is written: for an epoch that is after its lock was had, for an edit after the guards.
      await admin.query(`set search_path = ${schema};
        create table place (id bigserial primary key, kind text, epoch integer);
        create function note() returns trigger language plpgsql as
          $$ begin
            if tg_argv[0] = 'edit' then insert into place (kind, epoch) values ('edit', new.at);
            elsif new.epoch > 0 then insert into place (kind, epoch) values ('lock', new.epoch);
            end if;
            return null;
          end $$;
        create trigger edit after insert on document_update for each row execute function note('edit');
        create trigger lock after insert or update on access_epoch for each row execute function note('lock')`);
      return async () => (await admin.query<Place>('select kind, epoch from place order by id')).rows;
    },
    clear: async () => {
      await admin.query(`drop schema ${schema} cascade`);
      await admin.end();
    },
  };
}
