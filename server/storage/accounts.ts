import type { AccountId } from '#domain/ids.ts';
import { LIMITS } from '#domain/limits.ts';
import type { Seat } from '#domain/forum/seat.ts';
import { seatOf } from './people.ts';
import type { Account, AccountStore, LinkPurpose, PasswordLink } from './ports/accounts.ts';
import { endSessions } from './sessions.ts';
import type { Database, Schema } from './schema.ts';

/** Of one account; the oldest is forgotten. */
const MOST_KNOWN_DEVICES = LIMITS.devicesOfAccount.most;

export class AccountTable implements AccountStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async count(): Promise<number> {
    const { accounts } = await this.#db
      .selectFrom('account')
      .select((select) => select.fn.countAll().as('accounts'))
      .executeTakeFirstOrThrow();
    return Number(accounts);
  }

  async insert(account: Account, passwordHash: string): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await this.#db
      .insertInto('account')
      .values({
        id: account.id,
        email: account.email.toLowerCase(),
        name: account.name,
        password_hash: passwordHash,
        created_at: account.createdAt,
      })
      .onConflict((conflict) => conflict.column('email').doNothing())
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows === 1n;
  }

  async byEmail(email: string): Promise<{ account: Account; passwordHash: string } | null> {
    const row = await this.#db
      .selectFrom('account')
      .selectAll()
      .where('email', '=', email.toLowerCase())
      .executeTakeFirst();
    return row ? { account: accountOf(row), passwordHash: row.password_hash } : null;
  }

  async byId(id: AccountId): Promise<Account | null> {
    const row = await this.#db.selectFrom('account').selectAll().where('id', '=', id).executeTakeFirst();
    return row ? accountOf(row) : null;
  }

  async all(): Promise<Account[]> {
    return (await this.#db.selectFrom('account').selectAll().orderBy('email').execute()).map(accountOf);
  }

  async setPassword(id: AccountId, passwordHash: string, except: string | null): Promise<string[]> {
    return this.#db.transaction().execute(async (db) => {
      await db.updateTable('account').set({ password_hash: passwordHash }).where('id', '=', id).execute();
      await db.deleteFrom('known_device').where('account_id', '=', id).execute();
      await db.deleteFrom('link').where('account_id', '=', id).where('spent_at', 'is', null).execute();
      return endSessions(db, id, except);
    });
  }

  async addLink(
    tokenHash: string,
    purpose: LinkPurpose,
    expiresAt: number,
    createdAt: number | null = null,
  ): Promise<void> {
    await this.#db
      .insertInto('link')
      .values({
        token_hash: tokenHash,
        purpose: JSON.stringify(purpose),
        expires_at: expiresAt,
        spent_at: null,
        created_at: createdAt,
        account_id: purpose.kind === 'newPassword' ? purpose.account : null,
      })
      .execute();
  }

  async passwordLinks(account: AccountId): Promise<PasswordLink[]> {
    const rows = await this.#db
      .selectFrom('link')
      .selectAll()
      .where('account_id', '=', account)
      .orderBy('expires_at', 'desc')
      .execute();
    return rows.flatMap((row) => {
      const purpose = JSON.parse(row.purpose) as LinkPurpose;
      if (purpose.kind !== 'newPassword') return [];
      const times = { createdAt: row.created_at ?? row.expires_at, expiresAt: row.expires_at, spentAt: row.spent_at };
      return [{ by: purpose.by, ...times }];
    });
  }

  async addKnownDevice(markHash: string, account: AccountId, at: number): Promise<void> {
    await this.#db.transaction().execute(async (db) => {
      await db
        .insertInto('known_device')
        .values({ mark_hash: markHash, account_id: account, at })
        .onConflict((conflict) => conflict.column('mark_hash').doNothing())
        .execute();
      const kept = await db
        .selectFrom('known_device')
        .select('mark_hash')
        .where('account_id', '=', account)
        .orderBy('at', 'desc')
        .limit(MOST_KNOWN_DEVICES)
        .execute();
      await db
        .deleteFrom('known_device')
        .where('account_id', '=', account)
        .where(
          'mark_hash',
          'not in',
          kept.map(({ mark_hash }) => mark_hash),
        )
        .execute();
    });
  }

  async isKnownDevice(markHash: string, account: AccountId): Promise<boolean> {
    const row = await this.#db
      .selectFrom('known_device')
      .select('at')
      .where('mark_hash', '=', markHash)
      .where('account_id', '=', account)
      .executeTakeFirst();
    return row !== undefined;
  }

  async seats(id: AccountId): Promise<Seat[]> {
    const rows = await this.#db
      .selectFrom('seat')
      .selectAll()
      .where('account_id', '=', id)
      .orderBy('joined_at')
      .orderBy('id')
      .execute();
    return rows.map(seatOf);
  }

  async prune(now: number): Promise<void> {
    await this.#db.deleteFrom('link').where('expires_at', '<=', now).execute();
  }

  async link(tokenHash: string): Promise<{ purpose: LinkPurpose; expiresAt: number; spentAt: number | null } | null> {
    const row = await this.#db.selectFrom('link').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst();
    if (!row) return null;
    return { purpose: JSON.parse(row.purpose) as LinkPurpose, expiresAt: row.expires_at, spentAt: row.spent_at };
  }

  async spendLink(tokenHash: string, at: number): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable('link')
      .set({ spent_at: at })
      .where('token_hash', '=', tokenHash)
      .where('spent_at', 'is', null)
      .executeTakeFirstOrThrow();
    return numUpdatedRows === 1n;
  }
}

const accountOf = (row: Schema['account']): Account => ({
  id: row.id as AccountId,
  email: row.email,
  name: row.name,
  createdAt: row.created_at,
});
