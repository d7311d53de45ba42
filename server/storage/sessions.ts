import type { AccountId } from '#domain/ids.ts';
import type { SessionStore } from './ports.ts';
import type { Database } from './schema.ts';

export class SessionTable implements SessionStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async insert(session: { idHash: string; account: AccountId; expiresAt: number }): Promise<void> {
    await this.#db
      .insertInto('account_session')
      .values({ id_hash: session.idHash, account_id: session.account, expires_at: session.expiresAt })
      .execute();
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
    await this.#db.deleteFrom('account_session').where('id_hash', '=', idHash).execute();
  }

  async removeOfAccount(account: AccountId): Promise<void> {
    await this.#db.deleteFrom('account_session').where('account_id', '=', account).execute();
  }

  async removeExpired(now: number): Promise<void> {
    await this.#db.deleteFrom('account_session').where('expires_at', '<=', now).execute();
  }
}
