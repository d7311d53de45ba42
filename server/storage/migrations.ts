import { Migrator, type Migration } from 'kysely/migration';
import { sql, type Kysely } from 'kysely';
import { randomId } from '#server/auth/tokens.ts';
import { ConfigError } from '#server/config.ts';
import { columnTypes, type DialectName } from './dialects.ts';
import type { Database } from './schema.ts';

/**
 * In order, and only ever added to: an older server must be able to tell that a database is newer than itself, and a newer
 * one must be able to bring any older database up. Each runs in one transaction on every dialect.
 */
function migrations(dialect: DialectName): Record<string, Migration> {
  const { bytes, milliseconds, clientId } = columnTypes(dialect);
  return {
    '0001-forums': {
      async up(db: Kysely<unknown>) {
        await db.schema
          .createTable('forum')
          .addColumn('id', 'text', (column) => column.primaryKey())
          .addColumn('slug', 'text', (column) => column.notNull().unique())
          .addColumn('join_code', 'text', (column) => column.notNull().unique())
          .addColumn('join_code_expires_at', milliseconds)
          .addColumn('version', 'integer', (column) => column.notNull())
          .addColumn('data', 'text', (column) => column.notNull())
          .execute();
        await db.schema
          .createTable('forum_workshop')
          .addColumn('workshop_id', 'text', (column) => column.primaryKey())
          .addColumn('forum_id', 'text', (column) => column.notNull().references('forum.id'))
          .execute();
        await db.schema
          .createTable('forum_room')
          .addColumn('room_id', 'text', (column) => column.primaryKey())
          .addColumn('workshop_id', 'text', (column) => column.notNull().references('forum_workshop.workshop_id'))
          .addColumn('forum_id', 'text', (column) => column.notNull().references('forum.id'))
          .execute();
        await db.schema
          .createTable('workshop_event')
          .addColumn('workshop_id', 'text', (column) => column.notNull())
          .addColumn('version', 'integer', (column) => column.notNull())
          .addColumn('data', 'text', (column) => column.notNull())
          .addPrimaryKeyConstraint('workshop_event_order', ['workshop_id', 'version'])
          .execute();
        await db.schema
          .createTable('workshop_command')
          .addColumn('workshop_id', 'text', (column) => column.notNull())
          .addColumn('command_id', 'text', (column) => column.notNull())
          .addPrimaryKeyConstraint('workshop_command_once', ['workshop_id', 'command_id'])
          .execute();
      },
    },
    '0002-documents': {
      async up(db: Kysely<unknown>) {
        await db.schema
          .createTable('document')
          .addColumn('name', 'text', (column) => column.primaryKey())
          .addColumn('lineage', 'text', (column) => column.notNull())
          .addColumn('snapshot', bytes)
          .addColumn('snapshot_seq', 'integer', (column) => column.notNull().defaultTo(0))
          .execute();
        await db.schema
          .createTable('document_update')
          .addColumn('document', 'text', (column) => column.notNull())
          .addColumn('seq', 'integer', (column) => column.notNull())
          .addColumn('bytes', bytes, (column) => column.notNull())
          .addColumn('seat_id', 'text')
          .addColumn('at', milliseconds, (column) => column.notNull())
          .addPrimaryKeyConstraint('document_update_order', ['document', 'seq'])
          .execute();
      },
    },
    '0003-people': {
      async up(db: Kysely<unknown>) {
        await db.schema
          .createTable('account')
          .addColumn('id', 'text', (column) => column.primaryKey())
          .addColumn('email', 'text', (column) => column.notNull().unique())
          .addColumn('name', 'text', (column) => column.notNull())
          .addColumn('password_hash', 'text', (column) => column.notNull())
          .addColumn('created_at', milliseconds, (column) => column.notNull())
          .execute();
        await db.schema
          .createTable('seat')
          .addColumn('id', 'text', (column) => column.primaryKey())
          .addColumn('forum_id', 'text', (column) => column.notNull().references('forum.id'))
          .addColumn('role', 'text', (column) => column.notNull())
          .addColumn('account_id', 'text', (column) => column.references('account.id'))
          .addColumn('joined_at', milliseconds, (column) => column.notNull())
          .addColumn('removed_at', milliseconds)
          .execute();
        await db.schema.createIndex('seat_of_forum').on('seat').columns(['forum_id', 'joined_at']).execute();
        await db.schema.createIndex('seat_of_account').on('seat').column('account_id').execute();
        await db.schema
          .createTable('person')
          .addColumn('seat_id', 'text', (column) => column.primaryKey().references('seat.id'))
          .addColumn('name', 'text', (column) => column.notNull())
          .addColumn('country', 'text')
          .addColumn('organisation', 'text')
          .addColumn('language', 'text', (column) => column.notNull())
          .execute();
        await db.schema
          .createTable('seat_token')
          .addColumn('token_hash', 'text', (column) => column.primaryKey())
          .addColumn('seat_id', 'text', (column) => column.notNull().references('seat.id'))
          .execute();
        await db.schema.createIndex('token_of_seat').on('seat_token').column('seat_id').execute();
        await db.schema
          .createTable('link')
          .addColumn('token_hash', 'text', (column) => column.primaryKey())
          .addColumn('purpose', 'text', (column) => column.notNull())
          .addColumn('expires_at', milliseconds, (column) => column.notNull())
          .addColumn('spent_at', milliseconds)
          .execute();
        await db.schema
          .createTable('account_session')
          .addColumn('id_hash', 'text', (column) => column.primaryKey())
          .addColumn('account_id', 'text', (column) => column.notNull().references('account.id'))
          .addColumn('expires_at', milliseconds, (column) => column.notNull())
          .execute();
        await db.schema.createIndex('session_of_account').on('account_session').column('account_id').execute();
      },
    },
    '0004-readiness': {
      async up(db: Kysely<unknown>) {
        await db.schema
          .createTable('readiness')
          .addColumn('id', 'integer', (column) => column.primaryKey())
          .addColumn('padding', 'text', (column) => column.notNull())
          .execute();
      },
    },
    '0005-leases-and-epochs': {
      async up(db: Kysely<unknown>) {
        await db.schema
          .createTable('document_client')
          .addColumn('document', 'text', (column) => column.notNull())
          .addColumn('client', clientId, (column) => column.notNull())
          .addColumn('seat_id', 'text')
          .addPrimaryKeyConstraint('document_client_once', ['document', 'client'])
          .execute();
        await db.schema
          .createTable('access_epoch')
          .addColumn('scope', 'text', (column) => column.primaryKey())
          .addColumn('epoch', 'integer', (column) => column.notNull())
          .execute();
        await sql`insert into access_epoch (scope, epoch)
          select 'workshop:' || workshop_id, max(version) from workshop_event group by workshop_id`.execute(db);
      },
    },
    '0006-versions': {
      async up(db: Kysely<unknown>) {
        await db.schema
          .createTable('document_version')
          .addColumn('document', 'text', (column) => column.notNull())
          .addColumn('seq', 'integer', (column) => column.notNull())
          .addColumn('started_at', milliseconds, (column) => column.notNull())
          .addColumn('at', milliseconds, (column) => column.notNull())
          .addColumn('seats', 'text', (column) => column.notNull())
          .addColumn('kind', 'text', (column) => column.notNull())
          .addColumn('bytes', bytes, (column) => column.notNull())
          .addPrimaryKeyConstraint('document_version_order', ['document', 'seq'])
          .execute();
      },
    },
    '0007-door': {
      async up(db: Kysely<unknown>) {
        await db.schema.alterTable('seat').addColumn('kept_out_at', milliseconds).execute();
        await db.schema.alterTable('seat').addColumn('same_as', 'text').execute();
        await db.schema.alterTable('seat_token').addColumn('mark_hash', 'text').execute();
        await db.schema
          .createTable('former_token')
          .addColumn('token_hash', 'text', (column) => column.primaryKey())
          .addColumn('seat_id', 'text', (column) => column.notNull().references('seat.id'))
          .addColumn('mark_hash', 'text')
          .addColumn('created_at', milliseconds)
          .addColumn('expires_at', milliseconds)
          .addColumn('device', 'text')
          .execute();
        await db.schema.createIndex('former_token_of_seat').on('former_token').column('seat_id').execute();
        await db.schema.createIndex('former_token_of_mark').on('former_token').column('mark_hash').execute();
        await db.schema
          .createTable('waiting')
          .addColumn('seat_id', 'text', (column) => column.primaryKey())
          .addColumn('forum_id', 'text', (column) => column.notNull().references('forum.id'))
          .addColumn('token_hash', 'text', (column) => column.notNull().unique())
          .addColumn('mark_hash', 'text')
          .addColumn('expires_at', milliseconds, (column) => column.notNull())
          .addColumn('device', 'text')
          .addColumn('name', 'text', (column) => column.notNull())
          .addColumn('country', 'text')
          .addColumn('organisation', 'text')
          .addColumn('language', 'text', (column) => column.notNull())
          .addColumn('at', milliseconds, (column) => column.notNull())
          .execute();
        await db.schema.createIndex('waiting_of_forum').on('waiting').columns(['forum_id', 'at']).execute();
      },
    },
    '0008-devices': {
      async up(db: Kysely<unknown>) {
        for (const table of ['seat_token', 'account_session']) {
          await db.schema.alterTable(table).addColumn('created_at', milliseconds).execute();
          await db.schema.alterTable(table).addColumn('seen_at', milliseconds).execute();
          await db.schema.alterTable(table).addColumn('device', 'text').execute();
        }
        await db.schema.alterTable('seat_token').addColumn('expires_at', milliseconds).execute();
        await db.schema.alterTable('link').addColumn('created_at', milliseconds).execute();
        await db.schema.alterTable('link').addColumn('account_id', 'text').execute();
        await db.schema.createIndex('link_of_account').on('link').column('account_id').execute();
        await db.schema.createIndex('link_by_end').on('link').column('expires_at').execute();
        await db.schema
          .createTable('known_device')
          .addColumn('mark_hash', 'text', (column) => column.primaryKey())
          .addColumn('account_id', 'text', (column) => column.notNull().references('account.id'))
          .addColumn('at', milliseconds, (column) => column.notNull())
          .execute();
        await db.schema.createIndex('known_device_of_account').on('known_device').column('account_id').execute();
        // A link could take an account's seat along; from now on that seat is had by signing in.
        await sql`delete from seat_token where seat_id in (select id from seat where account_id is not null)`.execute(
          db,
        );
      },
    },
    '0009-answers': {
      async up(db: Kysely<unknown>) {
        await db.schema.alterTable('workshop_command').addColumn('answer', 'text').execute();
        await db.schema.alterTable('workshop_command').addColumn('at', milliseconds).execute();
        await db.schema.createIndex('workshop_command_by_time').on('workshop_command').column('at').execute();
      },
    },
    '0011-high-water': {
      async up(db: Kysely<unknown>) {
        await db.schema
          .createTable('high_water')
          .addColumn('id', 'text', (column) => column.primaryKey())
          .addColumn('others', 'integer', (column) => column.notNull())
          .execute();
        await sql`insert into high_water (id, others) values (${randomId()}, 0)`.execute(db);
      },
    },
    '0013-version-cuts': {
      async up(db: Kysely<unknown>) {
        await db.schema.alterTable('document_version').addColumn('cuts', 'text').execute();
      },
    },
    '0014-scripts': {
      async up(db: Kysely<unknown>) {
        await db.schema
          .createTable('script')
          .addColumn('id', 'text', (column) => column.primaryKey())
          .addColumn('account_id', 'text', (column) => column.notNull().references('account.id'))
          .addColumn('version', 'integer', (column) => column.notNull())
          .addColumn('data', 'text', (column) => column.notNull())
          .addColumn('bytes', 'integer', (column) => column.notNull())
          .addColumn('changed_at', milliseconds, (column) => column.notNull())
          .addColumn('removed_at', milliseconds)
          .execute();
        await db.schema.createIndex('script_of_account').on('script').columns(['account_id', 'changed_at']).execute();
      },
    },
    '0015-rehearsals': {
      async up(db: Kysely<unknown>) {
        await db.schema.alterTable('forum').addColumn('rehearsal_of', 'text').execute();
        await db.schema.alterTable('forum').addColumn('rehearsal_ends_at', milliseconds).execute();
        await db.schema.createIndex('rehearsal_of_forum').on('forum').column('rehearsal_of').unique().execute();
      },
    },
  };
}

const MIGRATION_TABLE = 'dastarkhan_migration';

/** Brings the database to this version, or to an older one (`upTo`). Refuses one that a newer version has already changed. */
export async function migrate(db: Database, dialect: DialectName, upTo?: string): Promise<void> {
  const known = migrations(dialect);
  const before = await appliedMigrations(db);
  const newer = before.filter((name) => !(name in known));
  if (newer.length > 0) {
    throw new ConfigError(
      `the database is from a newer version of Dastarkhan (it has ${newer.join(', ')}): update, or restore a backup of this version`,
    );
  }
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => known },
    migrationTableName: MIGRATION_TABLE,
    migrationLockTableName: `${MIGRATION_TABLE}_lock`,
  });
  const { error } = await (upTo === undefined ? migrator.migrateToLatest() : migrator.migrateTo(upTo));
  if (error) throw error;
  // What was deleted before `secure_delete` was set lies in the file still; written anew it holds only what is in it.
  if (dialect === 'sqlite' && before.length > 0 && !before.includes('0008-devices')) await sql`vacuum`.execute(db);
}

/** Names of the migrations a database has had; empty for a new one. */
export async function appliedMigrations(db: Database): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === MIGRATION_TABLE)) return [];
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(MIGRATION_TABLE)} order by name`.execute(
    db,
  );
  return rows.map((row) => row.name);
}
