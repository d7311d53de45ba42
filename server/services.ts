import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Accounts } from './auth/accounts.ts';
import type { Sessions } from './auth/sessions.ts';
import type { Config } from './config.ts';
import type { Forums } from './forum/forums.ts';
import type { Seats } from './forum/seats.ts';
import type { LiveServer } from './live/live-server.ts';
import type { Workshops } from './live/workshops.ts';
import type { Outcomes } from './outcome/outcomes.ts';
import type { Storage } from './storage/ports.ts';
import type { SyncServer } from './sync/sync-server.ts';

/** Everything that runs, made once in `startServices` and handed down; routes reach it through `locals.services`. */
export interface Services {
  readonly config: Config;
  readonly storage: Storage;
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly forums: Forums;
  readonly seats: Seats;
  readonly workshops: Workshops;
  readonly sync: SyncServer;
  readonly live: LiveServer;
  readonly outcomes: Outcomes;
  /** True when the request was one for the services themselves (live channel, health), not for a page. */
  request(req: IncomingMessage, res: ServerResponse): boolean;
  /** True when the upgrade was for `/sync` or `/live`. */
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  close(): Promise<void>;
}
