import type { AccountId } from '#domain/ids.ts';
import type { Account, AccountStore, LinkPurpose } from './ports.ts';
import type { Database, Schema } from './schema.ts';

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

  async addLink(tokenHash: string, purpose: LinkPurpose, expiresAt: number): Promise<void> {
    await this.#db
      .insertInto('link')
      .values({ token_hash: tokenHash, purpose: JSON.stringify(purpose), expires_at: expiresAt, spent_at: null })
      .execute();
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
