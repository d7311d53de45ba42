import { Server as Engine } from 'engine.io';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { Server, type Socket } from 'socket.io';
import * as v from 'valibot';
import type { Actor, Person, Seat } from '#domain/forum/seat.ts';
import type { ForumId, SeatId, WorkshopId } from '#domain/ids.ts';
import { view } from '#domain/workshop/view.ts';
import type { DownEvents } from '#protocol/live/down.ts';
import { commandMessageSchema, type Acknowledgement, type UpEvents } from '#protocol/live/up.ts';
import { LIVE_PATH, LIVE_PROTOCOL_VERSION } from '#protocol/live/version.ts';
import type { Admitted, Pass } from '#server/auth/passes.ts';
import type { Roster } from '#server/forum/reading.ts';
import { guarded, inBackground } from '#server/process/boundary.ts';
import { report } from '#server/process/report.ts';
import { Credits } from './credits.ts';
import { Names } from './names.ts';
import type { Workshops } from './workshops.ts';

export interface LiveOptions {
  readonly workshops: Workshops;
  readonly seats: {
    /** Who has a seat now; removed ones are not among them. */
    people(forum: ForumId): Promise<readonly { seat: Seat; person: Person }[]>;
    onChange(listener: (forum: ForumId) => void): () => void;
  };
  readonly reading: { rosterOf(forum: ForumId): Promise<Roster> };
  seatOf(req: IncomingMessage, forum: ForumId): Promise<Admitted | null>;
  originAllowed(req: IncomingMessage): boolean;
  clock(): number;
}

/** Who is on a socket; the role changes when the organizer changes it. */
interface Guest {
  actor: Actor;
  readonly pass: Pass | undefined;
  readonly workshop: WorkshopId;
  readonly forum: ForumId;
}

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
  readonly #changed = new Set<WorkshopId>();
  readonly #presence = new Set<WorkshopId>();
  readonly #credits: Credits<SeatId>;
  /** After the time: asked by every page, so not on a command's account. */
  readonly #questions: Credits<SeatId>;
  readonly #names: Names;
  readonly #stop: (() => void)[];
  #flushing: NodeJS.Immediate | null = null;

  constructor(options: LiveOptions) {
    this.#options = options;
    this.#names = new Names({
      roster: (forum) => options.reading.rosterOf(forum),
      listeners: (forum) => this.#ofForum(forum),
      failed: (forum) => this.#dropForum(forum),
    });
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
    this.#io = new Server({ serveClient: false, connectTimeout: 5_000 });
    this.#io.bind(this.#engine as never); // Typed as engine.io's own base class, which it is.
    this.#io.use((socket, next) => {
      const current = socket.handshake.query.v === String(LIVE_PROTOCOL_VERSION);
      next(current ? undefined : new Error('protocolChanged'));
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
      options.workshops.onChange((workshop) => this.#mark(this.#changed, workshop)),
      options.seats.onChange(
        guarded(
          'changed seats were not told',
          (forum: ForumId) => this.#seatsChanged(forum),
          (forum) => this.#dropForum(forum),
        ),
      ),
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
    const { pass, ...actor } = admitted;
    return { actor, pass, workshop: state.id, forum: state.forumId };
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
      if (table.size === 0 && this.#sockets.get(guest.workshop) === table) this.#sockets.delete(guest.workshop);
      this.#mark(this.#presence, guest.workshop);
    };
    socket.on('disconnect', guarded('a live socket did not leave', leave));
    guest.pass?.onOver(() => socket.disconnect(true));
    try {
      const people = await this.#options.seats.people(guest.forum);
      // Whoever was removed between the check at the door and now is found here.
      if (!people.some(({ seat }) => seat.id === guest.actor.seatId)) return void socket.disconnect(true);
      await this.#options.workshops.takeSeat(guest.workshop, guest.actor);
      this.#sendView(socket);
      socket.emit('people', (await this.#options.reading.rosterOf(guest.forum))(socket.data.actor));
      socket.emit('present', this.#present(guest.workshop));
      this.#mark(this.#presence, guest.workshop);
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

  /** Removed seats go at once, changed roles get the view that is theirs now, everybody gets the names. */
  async #seatsChanged(forum: ForumId): Promise<void> {
    const seated = this.#options.workshops.seated(forum); // Before people are read: who sits by now is among them.
    const people = await this.#options.seats.people(forum);
    const seats = new Map(people.map(({ seat }) => [seat.id, seat]));
    for (const socket of this.#ofForum(forum)) {
      const { actor } = socket.data;
      const role = seats.get(actor.seatId)?.role;
      if (!role) {
        socket.disconnect(true);
        continue;
      }
      if (role !== actor.role) {
        socket.data.actor = { seatId: actor.seatId, role };
        this.#sendView(socket);
      }
    }
    this.#names.tell(forum);
    for (const seat of seated) if (!seats.has(seat)) await this.#options.workshops.leave(forum, seat);
  }

  /** Who may stay is unknown while storage is away: everybody comes back through the door. */
  #dropForum(forum: ForumId): void {
    for (const socket of this.#ofForum(forum)) socket.conn.close();
  }

  #ofForum(forum: ForumId): LiveSocket[] {
    return [...this.#sockets.values()].flatMap((table) => [...table]).filter(({ data }) => data.forum === forum);
  }

  #mark(which: Set<WorkshopId>, workshop: WorkshopId): void {
    which.add(workshop);
    this.#flushing ??= setImmediate(guarded('news of workshops were not told', () => this.#flush()));
  }

  /** One message a socket and event-loop turn, however many commands came in it. */
  #flush(): void {
    this.#flushing = null;
    const changed = [...this.#changed];
    const presence = [...this.#presence];
    this.#changed.clear();
    this.#presence.clear();
    const sendView = guarded(
      'a view was not sent',
      (socket: LiveSocket) => this.#sendView(socket),
      (socket) => socket.conn.close(),
    );
    for (const workshop of changed) {
      for (const socket of this.#sockets.get(workshop) ?? []) sendView(socket);
      const state = this.#sockets.has(workshop) ? this.#options.workshops.current(workshop) : null;
      if (state) this.#names.follow(state);
    }
    for (const workshop of presence) {
      const present = this.#present(workshop);
      for (const socket of this.#sockets.get(workshop) ?? []) socket.emit('present', present);
    }
  }

  #present(workshop: WorkshopId): SeatId[] {
    return [...new Set([...(this.#sockets.get(workshop) ?? [])].map(({ data }) => data.actor.seatId))];
  }

  #sendView(socket: LiveSocket): void {
    const state = this.#options.workshops.current(socket.data.workshop);
    const now = this.#options.clock();
    if (state) socket.emit('view', { view: view(state, socket.data.actor, now), now });
  }
}
