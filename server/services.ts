import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ForumId, SeatId } from '#domain/ids.ts';
import type { Guests } from '#domain/seating/guest.ts';
import { rootsOf } from '#protocol/document-shape.ts';
import { Accounts } from './auth/accounts.ts';
import { CookieJar } from './auth/cookies.ts';
import { Erasure } from './auth/erasure.ts';
import { NewPasswords } from './auth/new-passwords.ts';
import { Passes, type Admitted } from './auth/passes.ts';
import { Sessions } from './auth/sessions.ts';
import { GivenClock, SystemClock, type Clock } from './clock.ts';
import type { Config } from './config.ts';
import { GuestBook } from './forum/guest-book.ts';
import { Forums } from './forum/forums.ts';
import { Reading } from './forum/reading.ts';
import { Seats } from './forum/seats.ts';
import { Likeness } from './likeness/likeness.ts';
import { BoardHistory } from './history/board-history.ts';
import { Cutting } from './history/cutting.ts';
import { Versions } from './history/versions.ts';
import { clientAddress, type TrustedProxy } from './http/client-address.ts';
import { guestOrigin, guestOrigins } from './http/guest-origin.ts';
import { setHeaders } from './http/headers.ts';
import { answerHealth } from './http/health.ts';
import { HostNotice } from './http/host-notice.ts';
import { refuseHost } from './http/host.ts';
import { originAllowed } from './http/origin.ts';
import { refuseRequest, refuseUpgrade, SocketDoors } from './http/socket-doors.ts';
import { ProxyNotice } from './http/proxy-notice.ts';
import { Unfinished } from './http/unfinished.ts';
import { Credits } from './live/credits.ts';
import { LiveServer } from './live/live-server.ts';
import { Mixing } from './live/mixing.ts';
import { WorkshopPermissions } from './live/workshop-permissions.ts';
import { Workshops } from './live/workshops.ts';
import { Documents } from './documents/documents.ts';
import { Outcomes } from './outcome/outcomes.ts';
import { inBackground } from './process/boundary.ts';
import { report } from './process/report.ts';
import { describeLoss } from './storage/high-water.ts';
import { lockWhenFree } from './storage/lock.ts';
import { Rehearsals } from './rehearsal/rehearsals.ts';
import { Scripts } from './script/scripts.ts';
import { RECOVERY_MINUTES, recoveryAfter } from './storage/recovery.ts';
import { eraseAgain } from './storage/erasure-journal.ts';
import { openStorage } from './storage/open-storage.ts';
import type { Storage } from './storage/ports/storage.ts';
import { keepSwept } from './storage/sweep.ts';
import { SyncServer } from './sync/sync-server.ts';
import { writeRules } from './sync/write-rules.ts';

/** Everything that runs, made once in `startServices` and handed down; routes reach it through `locals.services`. */
export interface Services {
  readonly config: Config;
  readonly storage: Storage;
  readonly cookies: CookieJar;
  readonly accounts: Accounts;
  readonly newPasswords: NewPasswords;
  readonly erasure: Erasure;
  readonly sessions: Sessions;
  readonly forums: Forums;
  readonly seats: Seats;
  readonly workshops: Workshops;
  readonly mixing: Mixing;
  readonly scripts: Scripts;
  readonly rehearsals: Rehearsals;
  readonly reading: Reading;
  readonly sync: SyncServer;
  readonly live: LiveServer;
  /** How many commands each seat may still give, by whichever way they come. */
  readonly commands: Credits<SeatId>;
  readonly documents: Documents;
  readonly outcomes: Outcomes;
  readonly likeness: Likeness;
  readonly history: BoardHistory;
  /** One line in the log about what was not expected, for pages too. */
  report(what: string, error: unknown): void;
  /** The server's time for steps: epoch milliseconds that no change of the machine's clock moves. */
  time(): number;
  /** The origin for links that other devices open, from the one that a page was asked for at. */
  guestOrigin(requested: string): string;
  /** All that it could be, the likeliest first. */
  guestOrigins(requested: string): string[];
  /** Where a request comes from, by the word of a trusted proxy if there is one. What limits count by. */
  clientAddress(req: IncomingMessage): string;
  /** True when the request was one for the services themselves (live channel, health), not for a page. */
  request(req: IncomingMessage, res: ServerResponse): boolean;
  /** True when the upgrade was for `/sync` or `/live`. */
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** For an end that nobody has planned: takes nothing more, and resolves when what was taken is stored. */
  keep(): Promise<void>;
  /** `close` has begun: what is not answered by now may fail for want of storage. */
  readonly isClosing: boolean;
  close(): Promise<void>;
}

/** The one composition root: nothing else makes one of these parts. Rejects with `ConfigError` for what the operator must mend. */
export async function startServices(
  config: Config,
  given: Clock | (() => number) = new SystemClock(),
): Promise<Services> {
  const clocks = typeof given === 'function' ? new GivenClock(given) : given;
  const clock = () => clocks.now();
  const time = () => clocks.time();
  const lock = config.databaseUrl ? await lockDatabase(config.databaseUrl) : await lockWhenFree(config.dataDir);
  const storage = await openStorage(config, { accept: true }).catch(async (error: unknown) => {
    await lock.release();
    throw error;
  });
  let isClosing = false;
  const { loss } = storage.losses;
  if (loss) {
    for (const line of describeLoss(loss)) console.error(`dastarkhan: ${line}`);
    console.error(`dastarkhan: for ${RECOVERY_MINUTES} minutes, open browsers bring back what they still have of it`);
  }
  if (config.redisUrl) console.error('dastarkhan: REDIS_URL is not used: one server works alone for now');
  const again = await eraseAgain(storage.erasure, config.dataDir);
  if (again > 0) console.error(`dastarkhan: ${again} erased before were back, from a backup, and are erased again`);
  const cookies = new CookieJar(config.origin ?? (config.certificate && 'https:'));
  const passes = new Passes({ ...storage, clock });
  const sessions = new Sessions(storage, passes);
  const forums = new Forums(storage, clock);
  const workshops = new Workshops(storage, time, (forum, newcomer): Promise<Guests> => guests.of(forum, newcomer));
  const takeSeat = workshops.takeSeat.bind(workshops);
  const seats = new Seats({ storage, clock, forums, sessions, cookies, passes, takeSeat });
  const guests = new GuestBook({ seats, person: (seat) => storage.people.person(seat) });
  const reading = new Reading({ people: storage.people, seats, workshops });
  const accounts = new Accounts(storage, clock, (forum) => seats.announce(forum));
  const permissions = new WorkshopPermissions({ workshops, storage, seats, clock: time });

  const doors = new SocketDoors((req, forum) => admitted(seats, req, forum));
  const door = {
    originAllowed: (req: IncomingMessage) => originAllowed(req, config.origin),
    clock: time,
  };
  const sync = new SyncServer({
    ...door,
    seatOf: doors.seatOf('sync'),
    stillSeated: (req, forum) => stillSeated(seats, req, forum),
    documents: storage.documents,
    permissions,
    rules: writeRules,
    roots: rootsOf,
    check: () => storage.check(),
    isRecovering: recoveryAfter(loss),
  });
  const documents = new Documents((name) => sync.stored(name));
  const likeness = new Likeness(documents);
  const commands = new Credits<SeatId>(time);
  const live = new LiveServer({
    ...door,
    commands,
    seatOf: doors.seatOf('live'),
    workshops,
    seats,
    door: seats.door,
    wrote: (rooms) => reading.wrote(rooms),
    boards: { documents: storage.documents, itemAt: (document, letter) => documents.itemAt(document, letter) },
  });
  sync.onStored((document, seq, update, seat) => live.stored(document, seq, update, seat));
  const mixing = new Mixing({
    workshops,
    guests: (forum) => guests.of(forum),
    present: (workshop) => live.presentIn(workshop),
    clock: time,
  });
  const outcomes = new Outcomes(storage, documents);
  const versions = new Versions(storage.documents, sync);
  const history = new BoardHistory({ versions, people: storage.people, permissions, clock });
  const cutting = new Cutting({ versions, workshops, sync, clock: time });
  const parts = { storage, clock, cookies, forums, seats, passes, workshops, sync, cutting, documents };
  const rehearsals = new Rehearsals(parts);
  await clearRehearsals(rehearsals);
  // What is not followed now is followed when somebody next asks for the workshop.
  forums.onChange((forum) => inBackground('a plan was not followed', workshops.planChanged(forum)));
  forums.onChange((forum) => inBackground('nobody was let in', seats.fillChairs(forum)));
  forums.onChange((forum) => inBackground('tokens keep their old end', daysChanged(forums, seats, forum)));

  const sweeping = keepSwept(storage, clock);
  const hostNotice = new HostNotice();
  const proxyNotice = new ProxyNotice(config.origin ?? (config.certificate && 'https:'));
  const unfinished = new Unfinished();
  const addressOf = clientAddresses(config.trustedProxy ?? null);
  const vitals = {
    metricsToken: config.metricsToken,
    ready: async () => {
      if (!sync.healthy) throw new Error('sync cannot store');
      if (!lock.isHeld) throw new Error('the database may be another server’s');
      await storage.check();
    },
    gauges: () => ({ ...sync.stats(), live_connections: live.connections, documents_read: documents.readings }),
  };
  return {
    config,
    storage,
    cookies,
    accounts,
    newPasswords: new NewPasswords({ storage, clock, passes }),
    erasure: new Erasure({
      storage,
      clock,
      passes,
      dataDir: config.dataDir,
      announce: (forum) => seats.announce(forum),
    }),
    sessions,
    forums,
    seats,
    workshops,
    mixing,
    scripts: new Scripts(storage.scripts, clock),
    rehearsals,
    reading,
    sync,
    live,
    commands,
    documents,
    likeness,
    outcomes,
    history,
    report,
    time,
    guestOrigin(requested) {
      const origin = guestOrigin(requested, config);
      hostNotice.look(requested, origin);
      return origin;
    },
    guestOrigins: (requested) => guestOrigins(requested, config),
    clientAddress: addressOf,
    request(req, res) {
      setHeaders(res, config.origin);
      if (refuseHost(req, res, config.origin)) return true;
      proxyNotice.look(req);
      if (unfinished.refuses(req, res, addressOf(req))) return true;
      const pathname = pathOf(req);
      if (live.handles(pathname)) live.request(req, res, (stay) => doors.enter(req, stay, () => refuseRequest(res)));
      else if (sync.handles(pathname))
        sync.request(req, res, pathname, (way) => doors.enter(req, way, () => refuseRequest(res)));
      else return answerHealth(req, res, pathname, vitals);
      return true;
    },
    upgrade(req, socket, head) {
      const pathname = pathOf(req);
      if (!live.handles(pathname) && !pathname.startsWith('/sync/')) return false;
      if (!doors.enter(req, socket, () => refuseUpgrade(socket))) return true;
      if (live.handles(pathname)) live.upgrade(req, socket, head);
      else sync.upgrade(req, socket, head, pathname);
      return true;
    },
    keep: () => sync.keep(),
    get isClosing() {
      return isClosing;
    },
    async close() {
      isClosing = true;
      await rehearsals.close();
      workshops.close();
      passes.close();
      sessions.close();
      seats.devices.close();
      outcomes.close();
      documents.close();
      likeness.close();
      await Promise.all([sync.close(), live.close()]);
      await cutting.stop();
      await sweeping.stop();
      await clearRehearsals(rehearsals);
      await storage.close();
      await lock.release();
    },
  };
}

async function lockDatabase(url: string) {
  const { PostgresServerLock } = await import('./storage/postgres/server-lock.ts'); // with `pg`, which most have no use for
  return PostgresServerLock.take(url);
}

async function admitted(seats: Seats, req: IncomingMessage, forum: ForumId): Promise<Admitted | null> {
  const known = await seats.admit(req.headers, forum);
  return known && { seatId: known.seat.id, role: known.seat.role, pass: known.pass };
}

/** Whoever came by one request and comes by another. */
async function stillSeated(seats: Seats, req: IncomingMessage, forum: ForumId): Promise<SeatId | null> {
  const known = await seats.admit(req.headers, forum);
  known?.pass?.letGo();
  return known?.seat.id ?? null;
}

/** One that stays is no reason to turn people away: it is tried again at the next start. */
async function clearRehearsals(rehearsals: Rehearsals): Promise<void> {
  await rehearsals.clear().catch((error: unknown) => report('a rehearsal was left behind', error));
}

async function daysChanged(forums: Forums, seats: Seats, id: ForumId): Promise<void> {
  const forum = await forums.byId(id);
  if (forum) await seats.devices.follow(forum);
}

/** Says once that a proxy's word is not taken: behind one everybody would share one address, and its limits. */
function clientAddresses(trusted: TrustedProxy): (req: IncomingMessage) => string {
  let isSaid = trusted !== null;
  return (req) => {
    if (!isSaid && req.headers['x-forwarded-for'] !== undefined) {
      isSaid = true;
      console.error(
        'dastarkhan: X-Forwarded-For is ignored: behind a proxy set TRUSTED_PROXY, such as TRUSTED_PROXY=1',
      );
    }
    return clientAddress(req, trusted);
  };
}

const pathOf = (req: IncomingMessage): string => (req.url ?? '/').split('?', 1)[0] ?? '/';
