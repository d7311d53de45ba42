import { Lucia, TimeSpan, type Adapter } from 'lucia';
import type { AccountId } from '#domain/ids.ts';
import type { Account, Storage } from '#server/storage/ports.ts';
import { hashToken } from './tokens.ts';

/** Days of no visit after which one has to sign in again; half of them after the last extension it is extended. */
const SESSION_DAYS = 30;

declare module 'lucia' {
  interface Register {
    Lucia: Lucia<Record<never, never>, { account: Account }>;
    DatabaseUserAttributes: Account;
  }
}

/** Who is signed in. lucia decides about time and extension; the store sees only hashes of session ids. */
export class Sessions {
  readonly #storage: Pick<Storage, 'sessions' | 'accounts'>;
  readonly #lucia: Lucia<Record<never, never>, { account: Account }>;

  constructor(storage: Pick<Storage, 'sessions' | 'accounts'>) {
    this.#storage = storage;
    this.#lucia = new Lucia<Record<never, never>, { account: Account }>(hashingAdapter(storage), {
      sessionExpiresIn: new TimeSpan(SESSION_DAYS, 'd'),
      getUserAttributes: (account) => ({ account }),
    });
  }

  /** A new session with a new token each time: nothing a browser had before becomes a session. */
  async create(account: Account): Promise<{ token: string; expiresAt: number }> {
    await this.#storage.sessions.removeExpired(Date.now());
    const session = await this.#lucia.createSession(account.id, {});
    return { token: session.id, expiresAt: session.expiresAt.getTime() };
  }

  /** `fresh`: its end was moved, so the cookie should be set again with `expiresAt`. */
  async validate(token: string): Promise<{ account: Account; fresh: boolean; expiresAt: number } | null> {
    const { session, user } = await this.#lucia.validateSession(token);
    if (!session) return null;
    return { account: user.account, fresh: session.fresh, expiresAt: session.expiresAt.getTime() };
  }

  async end(token: string): Promise<void> {
    await this.#lucia.invalidateSession(token);
  }

  async endAll(account: AccountId): Promise<void> {
    await this.#lucia.invalidateUserSessions(account);
  }
}

function hashingAdapter({ sessions, accounts }: Pick<Storage, 'sessions' | 'accounts'>): Adapter {
  return {
    async getSessionAndUser(token) {
      const session = await sessions.byHash(hashToken(token));
      if (!session) return [null, null];
      const account = await accounts.byId(session.account);
      return [
        { id: token, userId: session.account, expiresAt: new Date(session.expiresAt), attributes: {} },
        account && { id: account.id, attributes: account },
      ];
    },
    getUserSessions: async () => {
      throw new Error('sessions cannot be listed: only hashes of their ids are kept');
    },
    setSession: ({ id, userId, expiresAt }) =>
      sessions.insert({ idHash: hashToken(id), account: userId as AccountId, expiresAt: expiresAt.getTime() }),
    updateSessionExpiration: (token, expiresAt) => sessions.extend(hashToken(token), expiresAt.getTime()),
    deleteSession: (token) => sessions.remove(hashToken(token)),
    deleteUserSessions: (account) => sessions.removeOfAccount(account as AccountId),
    deleteExpiredSessions: () => sessions.removeExpired(Date.now()),
  };
}
