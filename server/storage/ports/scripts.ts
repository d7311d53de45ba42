import type { AccountId, ScriptId } from '#domain/ids.ts';
import type { ScriptFile } from '#protocol/script-schema.ts';

/** A script in somebody's library. */
export interface OwnScript {
  readonly id: ScriptId;
  readonly account: AccountId;
  /** Grows by one with each save. */
  readonly version: number;
  readonly script: ScriptFile;
  readonly changedAt: number;
}

/** Nothing was stored: the account has as many, or as much, as it may. */
export type ScriptsFull = 'tooMany' | 'tooLarge';

export interface ScriptStore {
  /** The latest change first; of those that were removed, `changedAt` is when. */
  ofAccount(account: AccountId): Promise<{ readonly kept: OwnScript[]; readonly removed: OwnScript[] }>;
  /** Null: none of this account, or removed. */
  own(account: AccountId, id: ScriptId): Promise<OwnScript | null>;
  /** `known`: there is one with this id already, and it stays as it is. */
  insert(script: OwnScript): Promise<'stored' | 'known' | ScriptsFull>;
  /** Saves it if the stored version is `script.version - 1`; `conflict` otherwise, and when it was removed. */
  update(script: OwnScript): Promise<'stored' | 'conflict' | ScriptsFull>;
  /** False: none of this account's. Of those removed only the latest are kept. */
  remove(account: AccountId, id: ScriptId, at: number): Promise<boolean>;
  /** As it was. `unknown`: none that was removed. */
  bringBack(account: AccountId, id: ScriptId): Promise<'stored' | 'unknown' | ScriptsFull>;
  /** Drops those that were removed before a time. */
  prune(before: number): Promise<void>;
}
