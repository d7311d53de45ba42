import type { Loss } from '../high-water.ts';
import type { AccessStore } from './access.ts';
import type { AccountStore } from './accounts.ts';
import type { DocumentStore } from './documents.ts';
import type { ErasureStore } from './erasure.ts';
import type { EventStore } from './events.ts';
import type { ForumStore } from './forums.ts';
import type { PeopleStore } from './people.ts';
import type { RehearsalStore } from './rehearsals.ts';
import type { RemovalStore } from './removals.ts';
import type { ScriptStore } from './scripts.ts';
import type { SessionStore } from './sessions.ts';
import type { WaitingStore } from './waiting.ts';

/**
 * What the rest of the server may ask of storage. No port shows a type of the database library; each has one
 * contract suite (`tests/contracts`) that runs on every dialect. Times are epoch milliseconds. Every method rejects with
 * `StorageError` when the disk or the database fails; nothing is half-written then.
 */
export interface Storage {
  readonly forums: ForumStore;
  readonly events: EventStore;
  readonly documents: DocumentStore;
  readonly access: AccessStore;
  readonly people: PeopleStore;
  readonly removals: RemovalStore;
  readonly rehearsals: RehearsalStore;
  readonly waiting: WaitingStore;
  readonly accounts: AccountStore;
  readonly sessions: SessionStore;
  readonly scripts: ScriptStore;
  /** What the database was found to lack of what it has held, now and at earlier starts. */
  readonly losses: { readonly loss: Loss | null; readonly earlier: readonly Loss[] };
  readonly erasure: ErasureStore;
  /** Resolves when the database takes writes; rejects with what is wrong, a long silence too. For `/readyz`. */
  check(): Promise<void>;
  close(): Promise<void>;
}
