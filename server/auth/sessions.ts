import { Lucia, TimeSpan, type Adapter } from 'lucia';
import type { AccountId } from '#domain/ids.ts';
import type { Account } from '#server/storage/ports/accounts.ts';
import type { Storage } from '#server/storage/ports/storage.ts';
import { deviceName } from './device-name.ts';
import { EndedHere } from './ended-here.ts';
import { hashOfDevice, ownDevices, type OwnDevice } from './own-devices.ts';
import { hashToken } from './tokens.ts';
import { Visits } from './visits.ts';

/** Days of no visit after which one has to sign in again; half of them after the last extension it is extended. */
const SESSION_DAYS = 30;

declare module 'lucia' {
  interface Register {
    Lucia: Lucia<Record<never, never>, { account: Account }>;
    DatabaseUserAttributes: Account;
  }
}

/** Hears which sessions have ended. */
interface Ended {
  end(hashes: Iterable<string>): void;
}

/** Who is signed in. lucia decides about time and extension; the store sees only hashes of session ids. */
export class Sessions {
  readonly #storage: Pick<Storage, 'sessions' | 'accounts'>;
  readonly #passes: Ended;
  readonly #visits = new Visits();
  readonly #ended: EndedHere;
  readonly #lucia: Lucia<Record<never, never>, { account: Account }>;

  /** `passes` hears of each session that ended here, after it has ended in storage. */
  constructor(storage: Pick<Storage, 'sessions' | 'accounts'>, passes: Ended = { end: () => undefined }) {
    this.#storage = storage;
    this.#passes = passes;
    this.#ended = new EndedHere({
      isKnown: async (hash) => (await storage.sessions.byHash(hash)) !== null,
      remove: (hash) => storage.sessions.remove(hash),
    });
    this.#lucia = new Lucia<Record<never, never>, { account: Account }>(hashingAdapter(storage), {
      sessionExpiresIn: new TimeSpan(SESSION_DAYS, 'd'),
      getUserAttributes: (account) => ({ account }),
    });
  }

  /** A new session with a new token each time: nothing a browser had before becomes a session. */
  async create(account: Account, userAgent?: string | null): Promise<{ token: string; expiresAt: number }> {
    await this.#storage.sessions.removeExpired(Date.now());
    const session = await this.#lucia.createSession(account.id, {});
    await this.#storage.sessions.seen(hashToken(session.id), Date.now(), deviceName(userAgent));
    return { token: session.id, expiresAt: session.expiresAt.getTime() };
  }

  /** `fresh`: its end was moved, so the cookie should be set again with `expiresAt`. */
  async validate(token: string): Promise<{ account: Account; fresh: boolean; expiresAt: number } | null> {
    if (this.#ended.has(hashToken(token))) return null;
    const { session, user } = await this.#lucia.validateSession(token);
    if (!session) return null;
    return { account: user.account, fresh: session.fresh, expiresAt: session.expiresAt.getTime() };
  }

  /** Where the account is signed in. `token`: of the device that asks. */
  async devices(account: AccountId, token: string | null): Promise<OwnDevice[]> {
    return ownDevices(await this.#storage.sessions.ofAccount(account, Date.now()), token);
  }

  /** Notes a visit of a session that is good, once a day. */
  async visited(token: string, userAgent: string | null): Promise<void> {
    const hash = hashToken(token);
    if (!this.#visits.isFirst(hash, Date.now())) return;
    // Only for the list of devices: a full disk must keep nobody from reading.
    await this.#storage.sessions.seen(hash, Date.now(), deviceName(userAgent)).catch(() => undefined);
  }

  /** Also while storage takes nothing: then it is remembered here until it does. */
  async end(token: string): Promise<void> {
    await this.#ended.end(hashToken(token));
    this.#passes.end([hashToken(token)]);
  }

  /** Ends one of the account's own sessions, as `devices` names it. */
  async endDevice(account: AccountId, id: string): Promise<void> {
    const hash = hashOfDevice(await this.#storage.sessions.ofAccount(account, Date.now()), id);
    if (hash === null) return;
    await this.#storage.sessions.remove(hash);
    this.#passes.end([hash]);
  }

  /** Ends all but the one with this token. */
  async endAll(account: AccountId, except: string | null = null): Promise<void> {
    this.#passes.end(await this.#storage.sessions.removeOfAccount(account, except && hashToken(except)));
  }

  close(): void {
    this.#ended.close();
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
      sessions.insert({
        idHash: hashToken(id),
        account: userId as AccountId,
        expiresAt: expiresAt.getTime(),
        createdAt: Date.now(),
      }),
    // Both happen while somebody reads, and again at the next visit: a full disk must keep nobody from it.
    updateSessionExpiration: (token, expiresAt) =>
      sessions.extend(hashToken(token), expiresAt.getTime()).catch(() => undefined),
    deleteSession: (token) => sessions.remove(hashToken(token)).catch(() => undefined),
    deleteUserSessions: async (account) => void (await sessions.removeOfAccount(account as AccountId)),
    deleteExpiredSessions: () => sessions.removeExpired(Date.now()),
  };
}
