import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { io, type Socket } from 'socket.io-client';
import { DEFAULT_JOIN_FORM, DEFAULT_RULE, type Forum } from '#domain/forum/forum.ts';
import type { Person, Role, Seat } from '#domain/forum/seat.ts';
import type { CommandId, ForumId, RoomId, SeatId, WorkshopId } from '#domain/ids.ts';
import type { WorkshopCommand } from '#domain/workshop/commands.ts';
import type { WorkshopView } from '#domain/workshop/view.ts';
import type { WorkshopEvent } from '#domain/workshop/events.ts';
import { composed } from '#domain/workshop/composed.ts';
import type { Parts, ScreenPart } from '#domain/workshop/parts.ts';
import type { DownEvents, PersonAtTable, PlanMessage } from '#protocol/live/down.ts';
import type { Acknowledgement, UpEvents } from '#protocol/live/up.ts';
import { toldControl, toldMine, toldPeople, toldRooms, toldShared, toldTick } from '#protocol/live/told.ts';
import { LIVE_PATH, LIVE_PROTOCOL_VERSION } from '#protocol/live/version.ts';
import type { SeatListener } from '#server/forum/seat-change.ts';
import type { Credits } from '#server/live/credits.ts';
import { LiveServer } from '#server/live/live-server.ts';
import { Workshops } from '#server/live/workshops.ts';
import type { CommandAnswer, EventStore } from '#server/storage/ports/events.ts';
import type { ForumStore } from '#server/storage/ports/forums.ts';

export const WORKSHOP = 'workshop0001' as WorkshopId;
export const FORUM = 'forum0000001' as ForumId;
export const NORTH = 'north0000001' as RoomId;
export const SOUTH = 'south0000001' as RoomId;

export const aForum = (
  rooms = [
    { id: NORTH, name: 'North' },
    { id: SOUTH, name: 'South' },
  ],
): Forum => ({
  id: FORUM,
  slug: 'water',
  version: 1,
  joinCode: 'ABCDEFGH',
  joinCodeExpiresAt: null,
  title: 'Water',
  language: 'ru',
  from: '2026-05-01',
  to: '2026-05-01',
  place: 'Osh',
  organisers: [],
  countries: ['KG'],
  languages: ['ru'],
  decisionRule: DEFAULT_RULE,
  joinForm: DEFAULT_JOIN_FORM,
  agenda: [{ kind: 'workshop', id: WORKSHOP, title: 'Together', speakers: [], links: [], keyPoints: [], rooms }],
  outcome: {},
});

/** Keeps the ports' promises in memory: versions checked, a command applied once. */
export class MemoryStorage {
  readonly log: WorkshopEvent[] = [];
  readonly commands = new Map<CommandId, CommandAnswer>();
  forum: Forum;
  /** Rejects every append while set, as a full disk does. */
  broken = false;

  constructor(forum: Forum) {
    this.forum = forum;
  }

  readonly events: EventStore = {
    append: async (_workshop, after, events, command, decided) => {
      if (this.broken) throw new Error('disk full');
      if (command !== null && this.commands.has(command)) return 'repeated';
      if (this.log.length !== after) return 'conflict';
      if (decided?.forum && decided.forum.version !== this.forum.version + 1) return 'conflict';
      this.forum = decided?.forum ?? this.forum;
      if (command !== null && decided) this.commands.set(command, decided.answer);
      this.log.push(...events);
      return 'appended';
    },
    answer: async (_workshop, command) => this.commands.get(command) ?? null,
    prune: async () => this.commands.clear(),
    read: async (_workshop, after) => this.log.slice(after),
  };

  readonly access = { epochs: () => Promise.resolve(new Map()) };

  readonly forums = {
    byId: async (id: ForumId) => (id === FORUM ? this.forum : null),
    byWorkshop: async (id: WorkshopId) => (this.forum.agenda.some((item) => item.id === id) ? this.forum : null),
    byRoom: async (room: string) => {
      const item = this.forum.agenda.find(
        (entry) => entry.kind === 'workshop' && entry.rooms.some((r) => r.id === room),
      );
      return item ? { forum: this.forum, workshop: item.id as WorkshopId } : null;
    },
    update: async (forum: Forum) => {
      if (forum.version !== this.forum.version + 1) return false;
      this.forum = forum;
      return true;
    },
  } as unknown as ForumStore;
}

export class MemorySeats {
  readonly #people: { seat: Seat; person: Person }[] = [];
  readonly #listeners = new Set<SeatListener>();

  add(id: string, role: Role): SeatId {
    const seat: Seat = { id: id as SeatId, forumId: FORUM, role, accountId: null, joinedAt: 0, removedAt: null };
    const person = { seatId: seat.id, name: id, country: 'KG', organisation: null, language: 'ky' };
    this.#people.push({ seat, person });
    this.#tell();
    return seat.id;
  }

  /** A participant who joins, announced as `Seats` does it. */
  arrive(id: string): SeatId {
    const seat: Seat = {
      id: id as SeatId,
      forumId: FORUM,
      role: 'participant',
      accountId: null,
      joinedAt: 0,
      removedAt: null,
    };
    const entry = { seat, person: { seatId: seat.id, name: id, country: 'KG', organisation: null, language: 'ky' } };
    this.#people.push(entry);
    for (const listener of this.#listeners) listener(FORUM, [entry]);
    return seat.id;
  }

  change(id: SeatId, change: Partial<Seat>): void {
    const at = this.#people.findIndex(({ seat }) => seat.id === id);
    const entry = this.#people[at];
    if (entry) this.#people[at] = { ...entry, seat: { ...entry.seat, ...change } };
    this.#tell();
  }

  /** Somebody corrects their name, announced as `Seats` does it. */
  rename(id: SeatId, name: string): void {
    const at = this.#people.findIndex(({ seat }) => seat.id === id);
    const entry = { ...this.#people[at]!, person: { ...this.#people[at]!.person, name } };
    this.#people[at] = entry;
    for (const listener of this.#listeners) listener(FORUM, [entry]);
  }

  people = async () => this.#people.filter(({ seat }) => seat.removedAt === null);
  onChange(listener: SeatListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
  /** The test's stand-in for a cookie: a header with the seat's id. */
  ofRequest(req: IncomingMessage) {
    const found = this.#people.find(({ seat }) => seat.id === req.headers['x-seat'] && seat.removedAt === null);
    return found ? { seatId: found.seat.id, role: found.seat.role } : null;
  }
  #tell(): void {
    for (const listener of this.#listeners) listener(FORUM);
  }
}

export type Rig = Awaited<ReturnType<typeof liveRig>>;

export async function liveRig(options: { forum?: Forum; clock?: () => number; commands?: Credits<SeatId> } = {}) {
  const clock = options.clock ?? Date.now;
  const storage = new MemoryStorage(options.forum ?? aForum());
  const seats = new MemorySeats();
  const workshops = new Workshops(storage, clock);
  const live = new LiveServer({
    workshops,
    seats,
    seatOf: async (req) => seats.ofRequest(req),
    originAllowed: (req) => req.headers.origin === undefined || req.headers.origin === 'http://hall.test',
    clock,
    ...(options.commands && { commands: options.commands }),
  });
  const http = createServer((req, res) => {
    if (live.handles(new URL(req.url ?? '/', 'http://x').pathname)) live.request(req, res, () => true);
    else res.writeHead(404).end();
  });
  http.on('upgrade', (req, socket, head) => live.upgrade(req, socket, head));
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const guests: Guest[] = [];
  return {
    origin,
    storage,
    seats,
    workshops,
    live,
    join(
      seat: SeatId | string,
      headers: Record<string, string> = {},
      query: Record<string, string> = {},
      transports = ['websocket'],
    ): Guest {
      const guest = new Guest(origin, { 'x-seat': seat, ...headers }, query, transports);
      guests.push(guest);
      return guest;
    },
    async close() {
      for (const guest of guests) guest.socket.disconnect();
      await live.close();
      workshops.close();
      http.closeAllConnections();
      await new Promise((done) => http.close(done));
    },
  };
}

/** A client of the live channel that keeps what it was sent. */
export class Guest {
  readonly socket: Socket<DownEvents, UpEvents>;
  /** What the workshop looked like after each message that changed it, with the server's clock then. */
  readonly views: { readonly view: WorkshopView; readonly now: number }[] = [];
  /** How many messages there were of each part. */
  readonly counts: { -readonly [Part in keyof DownEvents]?: number } = {};
  /** All that came, as it came. */
  readonly frames: string[] = [];
  waiting: number | null = null;
  plan: PlanMessage | null = null;
  screen: ScreenPart | null = null;
  #parts: Parts | null = null;
  #now = 0;
  #people: ReadonlyMap<SeatId, PersonAtTable> = new Map();
  present: readonly SeatId[] = [];
  error: string | null = null;

  constructor(
    origin: string,
    extraHeaders: Record<string, string>,
    query: Record<string, string>,
    transports = ['websocket'],
  ) {
    this.socket = io(origin, {
      path: LIVE_PATH,
      addTrailingSlash: false,
      transports,
      extraHeaders,
      query: { workshop: WORKSHOP, v: String(LIVE_PROTOCOL_VERSION), ...query },
      forceNew: true,
      reconnection: false,
    });
    this.socket.onAny((part: keyof DownEvents, ...values: unknown[]) => {
      this.counts[part] = (this.counts[part] ?? 0) + 1;
      this.frames.push(`${part} ${JSON.stringify(values)}`);
    });
    this.socket.on('whole', ({ now, screen, ...parts }) => {
      this.screen = screen ?? null;
      this.#see(parts, now);
    });
    this.socket.on('shared', (message) => this.#parts && this.#see(toldShared(this.#parts, message), message.now));
    this.socket.on('mine', (message) => this.#parts && this.#see(toldMine(this.#parts, message)));
    this.socket.on('room', (message) => this.#parts && this.#see(toldRooms(this.#parts, message)));
    this.socket.on('control', (message) => this.#parts && this.#see(toldControl(this.#parts, message)));
    this.socket.on('screen', (message) => (this.screen = message));
    this.socket.on('people', (message) => (this.#people = toldPeople(this.#people, message)));
    this.socket.on('tick', (message) => (this.present = toldTick(this.present, message)));
    this.socket.on('door', (waiting) => (this.waiting = waiting));
    this.socket.on('plan', (plan) => (this.plan = plan));
    this.socket.on('connect_error', (error) => (this.error = error.message));
  }

  get view(): WorkshopView | undefined {
    return this.views.at(-1)?.view;
  }

  get people(): readonly PersonAtTable[] {
    return [...this.#people.values()];
  }

  #see(parts: Parts, now = this.#now): void {
    this.#parts = parts;
    this.#now = now;
    this.views.push({ view: composed(parts), now });
  }

  command(command: WorkshopCommand, id: string = crypto.randomUUID(), until?: number): Promise<Acknowledgement> {
    const message = { id: id as CommandId, command, ...(until !== undefined && { until }) };
    return this.socket.timeout(5_000).emitWithAck('command', message);
  }
}
