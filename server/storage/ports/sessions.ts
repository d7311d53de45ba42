import type { AccountId } from '#domain/ids.ts';
import type { Device } from './devices.ts';

/** Sessions by the hash of their id: who reads the database cannot become anybody. */
export interface SessionStore {
  insert(session: {
    idHash: string;
    account: AccountId;
    expiresAt: number;
    createdAt?: number;
    device?: string | null;
  }): Promise<void>;
  /** Sessions of the account that are not over, the latest first. */
  ofAccount(account: AccountId, now: number): Promise<Device[]>;
  /** A visit. */
  seen(idHash: string, at: number, device: string | null): Promise<void>;
  byHash(idHash: string): Promise<{ account: AccountId; expiresAt: number } | null>;
  extend(idHash: string, expiresAt: number): Promise<void>;
  remove(idHash: string): Promise<void>;
  /** Returns the hashes of those that ended. */
  removeOfAccount(account: AccountId, except?: string | null): Promise<string[]>;
  removeExpired(now: number): Promise<void>;
  /** Which of these hashes, of sessions and of seat tokens, are there, and when each is over (null: no end is known). */
  ends(hashes: readonly string[]): Promise<ReadonlyMap<string, number | null>>;
}
