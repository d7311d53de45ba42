import type { AccountId, ScriptId } from '#domain/ids.ts';
import { LIMITS } from '#domain/limits.ts';
import type { ScriptFile } from '#protocol/script-schema.ts';
import type { OwnScript, ScriptsFull, ScriptStore } from './ports/scripts.ts';
import type { Database, Schema } from './schema.ts';

export class ScriptTable implements ScriptStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async ofAccount(account: AccountId): Promise<{ kept: OwnScript[]; removed: OwnScript[] }> {
    const rows = await this.#db
      .selectFrom('script')
      .selectAll()
      .where('account_id', '=', account)
      .orderBy('changed_at', 'desc')
      .orderBy('id')
      .execute();
    return {
      kept: rows.filter(({ removed_at }) => removed_at === null).map(scriptOf),
      removed: rows
        .filter(({ removed_at }) => removed_at !== null)
        .sort((a, b) => b.removed_at! - a.removed_at!)
        .map(scriptOf),
    };
  }

  async own(account: AccountId, id: ScriptId): Promise<OwnScript | null> {
    const row = await this.#db
      .selectFrom('script')
      .selectAll()
      .where('id', '=', id)
      .where('account_id', '=', account)
      .where('removed_at', 'is', null)
      .executeTakeFirst();
    return row ? scriptOf(row) : null;
  }

  insert(script: OwnScript): Promise<'stored' | 'known' | ScriptsFull> {
    const row = rowOf(script);
    return this.#inTurn(script.account, async (db) => {
      const known = await db.selectFrom('script').select('id').where('id', '=', script.id).executeTakeFirst();
      if (known) return 'known';
      const full = await fullWith(db, script.account, row.bytes, null);
      if (full) return full;
      await db.insertInto('script').values(row).execute();
      return 'stored';
    });
  }

  update(script: OwnScript): Promise<'stored' | 'conflict' | ScriptsFull> {
    const { version, data, bytes, changed_at } = rowOf(script);
    return this.#inTurn(script.account, async (db) => {
      const stored = await db
        .selectFrom('script')
        .select('version')
        .where('id', '=', script.id)
        .where('account_id', '=', script.account)
        .where('removed_at', 'is', null)
        .executeTakeFirst();
      if (stored?.version !== version - 1) return 'conflict';
      const full = await fullWith(db, script.account, bytes, script.id);
      if (full) return full;
      await db.updateTable('script').set({ version, data, bytes, changed_at }).where('id', '=', script.id).execute();
      return 'stored';
    });
  }

  remove(account: AccountId, id: ScriptId, at: number): Promise<boolean> {
    return this.#inTurn(account, async (db) => {
      const { numUpdatedRows } = await db
        .updateTable('script')
        .set({ removed_at: at })
        .where('id', '=', id)
        .where('account_id', '=', account)
        .where('removed_at', 'is', null)
        .executeTakeFirstOrThrow();
      if (numUpdatedRows === 0n) return false;
      const removed = await db
        .selectFrom('script')
        .select('id')
        .where('account_id', '=', account)
        .where('removed_at', 'is not', null)
        .orderBy('removed_at', 'desc')
        .orderBy('changed_at', 'desc')
        .execute();
      const over = removed.slice(LIMITS.scriptsOfAccount.most).map((row) => row.id);
      if (over.length > 0) await db.deleteFrom('script').where('id', 'in', over).execute();
      return true;
    });
  }

  bringBack(account: AccountId, id: ScriptId): Promise<'stored' | 'unknown' | ScriptsFull> {
    return this.#inTurn(account, async (db) => {
      const row = await db
        .selectFrom('script')
        .select('bytes')
        .where('id', '=', id)
        .where('account_id', '=', account)
        .where('removed_at', 'is not', null)
        .executeTakeFirst();
      if (!row) return 'unknown';
      const full = await fullWith(db, account, row.bytes, null);
      if (full) return full;
      await db.updateTable('script').set({ removed_at: null }).where('id', '=', id).execute();
      return 'stored';
    });
  }

  async prune(before: number): Promise<void> {
    await this.#db.deleteFrom('script').where('removed_at', '<', before).execute();
  }

  /** One after the other for each account: what it has is counted before more is stored. The row is written to hold it, on every dialect. */
  #inTurn<T>(account: AccountId, work: (db: Database) => Promise<T>): Promise<T> {
    return this.#db.transaction().execute(async (db) => {
      await db
        .updateTable('account')
        .set((row) => ({ created_at: row.ref('created_at') }))
        .where('id', '=', account)
        .execute();
      return work(db);
    });
  }
}

/** `besides`: the one that is written anew. */
async function fullWith(
  db: Database,
  account: AccountId,
  bytes: number,
  besides: ScriptId | null,
): Promise<ScriptsFull | null> {
  const others = await db
    .selectFrom('script')
    .select(['id', 'bytes'])
    .where('account_id', '=', account)
    .where('removed_at', 'is', null)
    .execute();
  const kept = others.filter(({ id }) => id !== besides);
  if (kept.length >= LIMITS.scriptsOfAccount.most) return 'tooMany';
  const all = kept.reduce((sum, one) => sum + one.bytes, bytes);
  return all > LIMITS.bytesOfScripts.most ? 'tooLarge' : null;
}

function rowOf({ id, account, version, script, changedAt }: OwnScript): Schema['script'] {
  const data = JSON.stringify(script);
  const bytes = Buffer.byteLength(data);
  return { id, account_id: account, version, data, bytes, changed_at: changedAt, removed_at: null };
}

const scriptOf = (row: Schema['script']): OwnScript => ({
  id: row.id as ScriptId,
  account: row.account_id as AccountId,
  version: row.version,
  script: JSON.parse(row.data) as ScriptFile,
  changedAt: row.removed_at ?? row.changed_at,
});
