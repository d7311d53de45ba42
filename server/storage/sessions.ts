import type { AccountId } from '#domain/ids.ts';
import { raisePassesEpoch } from './access.ts';
import type { Device } from './ports/devices.ts';
import type { SessionStore } from './ports/sessions.ts';
import type { Database } from './schema.ts';
import { deviceOf } from './seat-tokens.ts';

export class SessionTable implements SessionStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async insert(session: {
    idHash: string;
    account: AccountId;
    expiresAt: number;
    createdAt?: number;
    device?: string | null;
  }): Promise<void> {
    await this.#db
      .insertInto('account_session')
      .values({
        id_hash: session.idHash,
        account_id: session.account,
        expires_at: session.expiresAt,
        created_at: session.createdAt ?? null,
        seen_at: session.createdAt ?? null,
        device: session.device ?? null,
      })
      .execute();
  }

  async ofAccount(account: AccountId, now: number): Promise<Device[]> {
    const rows = await this.#db
      .selectFrom('account_session')
      .selectAll()
      .where('account_id', '=', account)
      .where('expires_at', '>', now)
      .orderBy('expires_at', 'desc')
      .orderBy('id_hash')
      .execute();
    return rows.map((row) => deviceOf(row.id_hash, row));
  }

  async seen(idHash: string, at: number, device: string | null): Promise<void> {
    await this.#db.updateTable('account_session').set({ seen_at: at, device }).where('id_hash', '=', idHash).execute();
  }

  async byHash(idHash: string): Promise<{ account: AccountId; expiresAt: number } | null> {
    const row = await this.#db
      .selectFrom('account_session')
      .selectAll()
      .where('id_hash', '=', idHash)
      .executeTakeFirst();
    return row ? { account: row.account_id as AccountId, expiresAt: row.expires_at } : null;
  }

  async extend(idHash: string, expiresAt: number): Promise<void> {
    await this.#db
      .updateTable('account_session')
      .set({ expires_at: expiresAt })
      .where('id_hash', '=', idHash)
      .execute();
  }

  async remove(idHash: string): Promise<void> {
    await this.#db.transaction().execute(async (db) => {
      await raisePassesEpoch(db);
      await db.deleteFrom('account_session').where('id_hash', '=', idHash).execute();
    });
  }

  async removeOfAccount(account: AccountId, except: string | null = null): Promise<string[]> {
    return this.#db.transaction().execute((db) => endSessions(db, account, except));
  }

  async removeExpired(now: number): Promise<void> {
    await this.#db.deleteFrom('account_session').where('expires_at', '<=', now).execute();
  }

  async ends(hashes: readonly string[]): Promise<ReadonlyMap<string, number | null>> {
    if (hashes.length === 0) return new Map();
    const [sessions, tokens] = await Promise.all([
      this.#db
        .selectFrom('account_session')
        .select(['id_hash as hash', 'expires_at'])
        .where('id_hash', 'in', hashes)
        .execute(),
      this.#db
        .selectFrom('seat_token')
        .select(['token_hash as hash', 'expires_at'])
        .where('token_hash', 'in', hashes)
        .execute(),
    ]);
    return new Map([...sessions, ...tokens].map(({ hash, expires_at }) => [hash, expires_at]));
  }
}

/** Ends an account's sessions but one. Returns the hashes of those that ended. */
export async function endSessions(db: Database, account: AccountId, except: string | null): Promise<string[]> {
  await raisePassesEpoch(db);
  const ended = await db
    .deleteFrom('account_session')
    .where('account_id', '=', account)
    .where('id_hash', '!=', except ?? '')
    .returning('id_hash')
    .execute();
  return ended.map(({ id_hash }) => id_hash);
}
