import { Server as Engine } from 'engine.io';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { Server, type Socket } from 'socket.io';
import * as v from 'valibot';
import type { Actor, Person, Seat } from '#domain/forum/seat.ts';
import type { ForumId, RoomId, SeatId, WorkshopId } from '#domain/ids.ts';
import type { WorkshopEvent } from '#domain/workshop/events.ts';
import { leads } from '#domain/permissions/may.ts';
import { view } from '#domain/workshop/view.ts';
import type { DownEvents } from '#protocol/live/down.ts';
import { commandMessageSchema, type Acknowledgement, type UpEvents } from '#protocol/live/up.ts';
import { LIVE_PATH, LIVE_PROTOCOL_VERSION } from '#protocol/live/version.ts';
import type { Admitted, Pass } from '#server/auth/passes.ts';
import { guarded, inBackground } from '#server/process/boundary.ts';
import { report } from '#server/process/report.ts';
import type { SeatListener, SeatChange } from '#server/forum/seat-change.ts';
import { Credits } from './credits.ts';
import { Gathering, type Gathered } from './gathering.ts';
import { PacketCredits } from './packet-credits.ts';
import { Roster, type Wrote } from './roster.ts';
import type { Workshops } from './workshops.ts';

export interface LiveOptions {
  readonly workshops: Workshops;
  readonly seats: {
    /** Who has a seat now; removed ones are not among them. */
    people(forum: ForumId): Promise<readonly { seat: Seat; person: Person }[]>;
    onChange(listener: SeatListener): () => void;
  };
  /** Those who wait at a forum's door, for who runs it. */
  readonly door?: {
    countOf(forum: ForumId): Promise<number>;
    onChange(listener: (forum: ForumId) => void): () => void;
  };
  /** Which seats have written in each of these rooms. */
  wrote?(rooms: readonly RoomId[]): Promise<Wrote>;
  /** `crowded`: the seat has as many sockets as it may, and is told so. */
  seatOf(req: IncomingMessage, forum: ForumId): Promise<(Admitted & { readonly isCrowded?: boolean }) | null>;
  originAllowed(req: IncomingMessage): boolean;
  clock(): number;
}

/** Who is on a socket; the role changes when the organizer changes it. */
interface Guest {
  actor: Actor;
  readonly pass: Pass | undefined;
  readonly isCrowded: boolean;
  readonly workshop: WorkshopId;
  readonly forum: ForumId;
}

type EngineSocket = Parameters<Parameters<Engine['on']>[1]>[0] & {
  on(event: 'packet', listener: () => void): void;
  close(): void;
};
type LiveSocket = Socket<UpEvents, DownEvents, Record<string, never>, Guest>;

const WORKSHOP_ID = /^[a-z0-9]{8,40}$/;

/**
 * The live channel: socket.io on an engine of its own that never owns the listener. A socket belongs to one seat in one
 * workshop (`?workshop=<id>`); it gets its own view of it, and what it sends is a command that is always answered.
 */
export class LiveServer {
  readonly #options: LiveOptions;
  readonly #engine: Engine;
  readonly #io: Server<UpEvents, DownEvents, Record<string, never>, Guest>;
  readonly #admitted = new WeakMap<IncomingMessage, Guest>();
  readonly #sockets = new Map<WorkshopId, Set<LiveSocket>>();
  readonly #ofSeat = new Map<SeatId, Set<LiveSocket>>();
  readonly #changed = new Set<WorkshopId>();
  readonly #own = new Set<LiveSocket>();
  readonly #rosters = new Map<ForumId, Roster>();
  /** Who was last said to be there. */
  readonly #told = new Map<WorkshopId, ReadonlySet<SeatId>>();
  readonly #gathering: Gathering;
  readonly #credits: Credits<SeatId>;
  /** After the time: asked by every page, so not on a command's account. */
  readonly #questions: Credits<SeatId>;
  readonly #stop: (() => void)[];
  #flushing: NodeJS.Immediate | null = null;

  constructor(options: LiveOptions) {
    this.#options = options;
    this.#credits = new Credits(() => options.clock());
    this.#questions = new Credits(() => options.clock());
    this.#engine = new Engine({
      transports: ['websocket'],
      maxHttpBufferSize: 65_536,
      perMessageDeflate: false,
      allowRequest: (req, answer) => {
        const admitted = this.#admit(req).then(
          (guest) => {
            if (guest) this.#keepFor(req, guest);
            answer(guest ? null : 'not allowed', guest !== null);
          },
          () => answer('not available', false),
        );
        inBackground('a live socket was not admitted', admitted);
      },
    });
    // Below the namespace, so that what is no event, or malformed, counts as well.
    const time = () => options.clock();
    this.#engine.on('connection', (conn: EngineSocket) => {
      const credits = new PacketCredits(time);
      conn.on(
        'packet',
        guarded('a packet was not counted', () => credits.spend() || this.#cut(conn)),
      );
    });
    this.#gathering = new Gathering(
      (gathered) => this.#tellGathered(gathered),
      () => this.connections,
    );
    this.#io = new Server({ serveClient: false, connectTimeout: 5_000 });
    this.#io.bind(this.#engine as never); // Typed as engine.io's own base class, which it is.
    this.#io.use((socket, next) => {
      const current = socket.handshake.query.v === String(LIVE_PROTOCOL_VERSION);
      if (!current) return next(new Error('protocolChanged'));
      next(this.#admitted.get(socket.request)?.isCrowded ? new Error('tooManyTabs') : undefined);
    });
    this.#io.on(
      'connection',
      guarded(
        'a live socket was not welcomed',
        (socket: LiveSocket) => this.#welcome(socket),
        (socket) => socket.conn.close(),
      ),
    );
    this.#stop = [
      options.workshops.onChange((workshop, events) => this.#workshopChanged(workshop, events ?? null)),
      options.seats.onChange(
        guarded(
          'changed seats were not told',
          (forum: ForumId, changes?: readonly SeatChange[]) => this.#seatsChanged(forum, changes),
          (forum) => this.#dropForum(forum),
        ),
      ),
      options.door?.onChange(guarded('the door was not told of', (forum: ForumId) => this.#doorChanged(forum))) ??
        (() => undefined),
    ];
  }

  handles(pathname: string): boolean {
    return pathname === LIVE_PATH || pathname === `${LIVE_PATH}/`;
  }

  request(req: IncomingMessage, res: ServerResponse): void {
    this.#engine.handleRequest(req as never, res);
  }

  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#engine.handleUpgrade(req as never, socket, head);
  }

  /** Sockets that are connected now, for metrics. */
  get connections(): number {
    return this.#engine.clientsCount;
  }

  async close(): Promise<void> {
    for (const stop of this.#stop) stop();
    if (this.#flushing) clearImmediate(this.#flushing);
    this.#gathering.close();
    this.#engine.close(); // First: a closed transport makes clients come back, a disconnect from the namespace does not.
    await this.#io.close();
  }

  async #admit(req: IncomingMessage): Promise<Guest | null> {
    if (!this.#options.originAllowed(req)) return null;
    const workshop = new URL(req.url ?? '/', 'http://localhost').searchParams.get('workshop') ?? '';
    if (!WORKSHOP_ID.test(workshop)) return null;
    const state = await this.#options.workshops.state(workshop as WorkshopId);
    const admitted = state && (await this.#options.seatOf(req, state.forumId));
    if (!state || !admitted) return null;
    const { pass, isCrowded = false, ...actor } = admitted;
    return { actor, pass, isCrowded, workshop: state.id, forum: state.forumId };
  }

  /** Until the namespace is entered, which a client may never do; the pass is let go with the connection. */
  #keepFor(req: IncomingMessage, guest: Guest): void {
    this.#admitted.set(req, guest);
    const { pass } = guest;
    if (!pass) return;
    if (req.socket.destroyed) pass.letGo();
    else req.socket.once('close', () => pass.letGo());
    pass.onOver(() => req.socket.destroy());
  }

  async #welcome(socket: LiveSocket): Promise<void> {
    const guest = this.#admitted.get(socket.request);
    if (!guest) return void socket.disconnect(true);
    Object.assign(socket.data, guest);
    const table = this.#sockets.get(guest.workshop) ?? new Set();
    this.#sockets.set(guest.workshop, table.add(socket));
    const own = this.#ofSeat.get(guest.actor.seatId) ?? new Set();
    this.#ofSeat.set(guest.actor.seatId, own.add(socket));
    void socket.join(guest.workshop);
    socket.on(
      'command',
      guarded('a command was not answered', (message: unknown, acknowledge: unknown) =>
        this.#command(socket, message, acknowledge),
      ),
    );
    socket.on(
      'time',
      guarded('the time was not told', (acknowledge: unknown) => this.#time(socket, acknowledge)),
    );
    const leave = () => {
      table.delete(socket);
      own.delete(socket);
      if (own.size === 0 && this.#ofSeat.get(guest.actor.seatId) === own) this.#ofSeat.delete(guest.actor.seatId);
      if (table.size === 0 && this.#sockets.get(guest.workshop) === table) this.#sockets.delete(guest.workshop);
      if (this.#ofForum(guest.forum).next().done) this.#rosters.delete(guest.forum);
      this.#gathering.came(guest.workshop);
    };
    socket.on('disconnect', guarded('a live socket did not leave', leave));
    guest.pass?.onOver(() => socket.disconnect(true));
    try {
      const roster = this.#roster(guest.forum);
      await roster.ready();
      // Whoever was removed between the check at the door and now is found here.
      if (roster.roleOf(guest.actor.seatId) === null) await roster.readAgain();
      if (roster.roleOf(guest.actor.seatId) === null) return void socket.disconnect(true);
      await this.#options.workshops.takeSeat(guest.workshop, guest.actor);
      this.#sendView(socket);
      socket.emit('people', await roster.namesFor(socket.data.actor));
      socket.emit('present', [...this.#presentIn(guest.workshop)]);
      this.#gathering.came(guest.workshop);
      if (leads(guest.actor)) await this.#tellDoor(guest.forum, [socket]);
    } catch {
      socket.conn.close(); // Storage is away: the client comes back by itself.
    }
  }

  async #command(socket: LiveSocket, message: unknown, acknowledge: unknown): Promise<void> {
    if (typeof acknowledge !== 'function') return void socket.disconnect(true);
    acknowledge(await this.#answer(socket, message));
  }

  #time(socket: LiveSocket, acknowledge: unknown): void {
    if (typeof acknowledge !== 'function') return void socket.disconnect(true);
    if (this.#questions.spend(socket.data.actor.seatId) === null) acknowledge(this.#options.clock());
  }

  async #answer(socket: LiveSocket, message: unknown): Promise<Acknowledgement> {
    const { actor, pass, workshop } = socket.data;
    if (pass?.isOver) return { refused: { kind: 'notAllowed' } };
    const seconds = this.#credits.spend(actor.seatId);
    if (seconds !== null) return { refused: { kind: 'tooManyTries', seconds } };
    const parsed = v.safeParse(commandMessageSchema, message);
    if (!parsed.success) {
      const [issue] = parsed.issues;
      return { refused: { kind: 'fieldInvalid', field: v.getDotPath(issue) ?? 'command', reason: issue.type } };
    }
    try {
      const { command, id } = parsed.output;
      const result = await this.#options.workshops.command(workshop, actor, command, id);
      return result.ok ? { ok: true, version: result.value.version } : { refused: result.refusal };
    } catch (error) {
      report(`a command in workshop ${workshop} was not stored`, error);
      return { refused: { kind: 'notStored' } };
    }
  }

  /** Chairs that are taken or changed are gathered; whatever else changes is everybody's new view at once. */
  #workshopChanged(workshop: WorkshopId, events: readonly WorkshopEvent[] | null): void {
    const forum = this.#options.workshops.current(workshop)?.forumId;
    for (const event of events ?? []) {
      if (!isAboutSeat(event)) continue;
      this.#gathering.moved(workshop, event.seat);
      if (forum) this.#gathering.named(forum, event.seat);
      for (const socket of this.#ofSeat.get(event.seat) ?? []) {
        if (socket.data.workshop === workshop) this.#sendSoon(socket);
      }
    }
    if (events === null || !events.every(isAboutSeat)) this.#mark(workshop);
  }

  /** Removed seats go at once, changed roles get the view that is theirs now, names are gathered. */
  async #seatsChanged(forum: ForumId, changes?: readonly SeatChange[]): Promise<void> {
    const { workshops } = this.#options;
    const roster = this.#rosters.get(forum);
    if (!roster && !changes && workshops.seated(forum).length === 0) return;
    const seated = changes ? changes.map(({ seat }) => seat.id) : workshops.seated(forum);
    let changed: readonly SeatId[] = seated;
    const isGone = new Set<SeatId>();
    if (changes) {
      roster?.change(changes);
      for (const { seat } of changes) if (seat.removedAt !== null) isGone.add(seat.id);
    } else {
      const known = this.#roster(forum);
      changed = [...new Set([...(await known.readAgain()), ...seated])];
      for (const seat of changed) if (known.roleOf(seat) === null) isGone.add(seat);
    }
    const roles = this.#rosters.get(forum);
    for (const seat of changed) {
      this.#gathering.named(forum, seat);
      for (const socket of [...(this.#ofSeat.get(seat) ?? [])]) {
        if (socket.data.forum !== forum) continue;
        const role = isGone.has(seat) ? null : (roles?.roleOf(seat) ?? null);
        if (role === null) socket.disconnect(true);
        else if (role !== socket.data.actor.role) {
          socket.data.actor = { seatId: seat, role };
          this.#sendSoon(socket);
        }
      }
    }
    for (const seat of isGone) await workshops.leave(forum, seat);
  }

  #roster(forum: ForumId): Roster {
    const known = this.#rosters.get(forum);
    if (known) return known;
    const { seats, workshops, wrote, clock } = this.#options;
    const made = new Roster({
      people: () => seats.people(forum),
      workshops: () => workshops.ofForum(forum),
      wrote: async (open) => (await wrote?.(open.flatMap(({ rooms }) => rooms.map(({ id }) => id)))) ?? new Map(),
      clock,
    });
    this.#rosters.set(forum, made);
    return made;
  }

  async #doorChanged(forum: ForumId): Promise<void> {
    await this.#tellDoor(
      forum,
      [...this.#ofForum(forum)].filter(({ data }) => leads(data.actor)),
    );
  }

  async #tellDoor(forum: ForumId, sockets: readonly LiveSocket[]): Promise<void> {
    if (sockets.length === 0 || !this.#options.door) return;
    const waiting = await this.#options.door.countOf(forum);
    for (const socket of sockets) socket.emit('door', waiting);
  }

  /** It sends too much of anything: it may come back, but not so. */
  #cut(conn: EngineSocket): void {
    conn.close();
  }

  /** Who may stay is unknown while storage is away: everybody comes back through the door. */
  #dropForum(forum: ForumId): void {
    for (const socket of this.#ofForum(forum)) socket.conn.close();
  }

  *#ofForum(forum: ForumId): Generator<LiveSocket> {
    for (const table of this.#sockets.values())
      for (const socket of table) if (socket.data.forum === forum) yield socket;
  }

  #mark(workshop: WorkshopId): void {
    this.#changed.add(workshop);
    this.#flushSoon();
  }

  /** Somebody's own place or role is another: the whole view and the names are. */
  #sendSoon(socket: LiveSocket): void {
    this.#own.add(socket);
    this.#flushSoon();
  }

  #flushSoon(): void {
    this.#flushing ??= setImmediate(guarded('news of workshops were not told', () => this.#flush()));
  }

  /** One message a socket and event-loop turn, however many commands came in it. */
  #flush(): void {
    this.#flushing = null;
    const changed = [...this.#changed];
    const own = [...this.#own];
    this.#changed.clear();
    this.#own.clear();
    const send = guarded(
      'a view was not sent',
      (socket: LiveSocket) => this.#sendView(socket),
      (socket) => socket.conn.close(),
    );
    const sendNames = guarded(
      'names were not sent',
      async (socket: LiveSocket) =>
        socket.emit('people', await this.#roster(socket.data.forum).namesFor(socket.data.actor)),
      (socket) => socket.conn.close(),
    );
    for (const workshop of changed) for (const socket of this.#sockets.get(workshop) ?? []) send(socket);
    for (const socket of own) {
      if (!socket.connected) continue;
      send(socket);
      sendNames(socket);
    }
  }

  #tellGathered({ seats, names, present }: Gathered): void {
    for (const [workshop, moved] of seats) {
      const state = this.#options.workshops.current(workshop);
      if (!state) continue;
      const chairs = [...moved].map((seat) => [seat, state.seating.get(seat) ?? null] as const);
      this.#io.to(workshop).emit('seated', { version: state.version, chairs });
    }
    for (const [forum, changed] of names) this.#tellNames(forum, changed);
    for (const workshop of present) {
      const before = this.#told.get(workshop) ?? new Set();
      const now = this.#presentIn(workshop);
      if (now.size > 0) this.#told.set(workshop, now);
      else this.#told.delete(workshop);
      const came = [...now].filter((seat) => !before.has(seat));
      const left = [...before].filter((seat) => !now.has(seat));
      if (came.length + left.length > 0) this.#io.to(workshop).emit('presentChanged', { came, left });
    }
  }

  /** To whom a name may be told depends on role and rooms alone: each such kind of viewer is asked for once. */
  #tellNames(forum: ForumId, changed: ReadonlySet<SeatId>): void {
    const roster = this.#rosters.get(forum);
    if (!roster) return;
    const kinds = new Map<string, LiveSocket[]>();
    const open = this.#options.workshops.ofForum(forum);
    for (const socket of this.#ofForum(forum)) {
      const { seatId, role } = socket.data.actor;
      const rooms = open.map(({ seating }) => seating.get(seatId) ?? '').join();
      const kind = changed.has(seatId) ? seatId : `${role} ${rooms}`;
      const alike = kinds.get(kind);
      if (alike) alike.push(socket);
      else kinds.set(kind, [socket]);
    }
    for (const sockets of kinds.values()) {
      const here = roster.someFor(sockets[0]!.data.actor, changed);
      const named = new Set(here.map(({ seatId }) => seatId));
      // Who went, and who sits where one may not know them any more.
      const gone = [...changed].filter((seat) => !named.has(seat));
      this.#io.to(sockets.map(({ id }) => id)).emit('peopleChanged', { here, gone });
    }
  }

  #presentIn(workshop: WorkshopId): Set<SeatId> {
    const seats = new Set<SeatId>();
    for (const { data } of this.#sockets.get(workshop) ?? []) seats.add(data.actor.seatId);
    return seats;
  }

  #sendView(socket: LiveSocket): void {
    const state = this.#options.workshops.current(socket.data.workshop);
    const now = this.#options.clock();
    if (state) socket.emit('view', { view: view(state, socket.data.actor, now), now });
  }
}

type SeatEvent = Extract<WorkshopEvent, { kind: 'seatTaken' | 'seatMoved' | 'seatLeft' }>;

const isAboutSeat = (event: WorkshopEvent): event is SeatEvent =>
  event.kind === 'seatTaken' || event.kind === 'seatMoved' || event.kind === 'seatLeft';
