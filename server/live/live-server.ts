import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { Server } from 'socket.io';
import type { Person, Seat } from '#domain/forum/seat.ts';
import type { ForumId, RoomId, SeatId, WorkshopId } from '#domain/ids.ts';
import type { DocumentName } from '#protocol/document-name.ts';
import { LIVE_PATH, LIVE_PROTOCOL_VERSION } from '#protocol/live/version.ts';
import type { ScannedUpdate } from '#protocol/update/scan.ts';
import type { Admitted } from '#server/auth/passes.ts';
import { guarded } from '#server/process/boundary.ts';
import type { SeatListener, SeatChange } from '#server/forum/seat-change.ts';
import { ActivityNews, type Boards } from './activity-news.ts';
import { isLeading } from './audience.ts';
import type { Credits } from './credits.ts';
import { LiveCommands } from './live-commands.ts';
import { LiveEntrance } from './live-entrance.ts';
import { LiveFrames } from './live-frames.ts';
import { LiveNews } from './live-news.ts';
import type { LiveNamespace, LiveSocket } from './live-socket.ts';
import { LiveSockets } from './live-sockets.ts';
import type { Wrote } from './roster.ts';
import { Rosters } from './rosters.ts';
import type { Stay } from './stay.ts';
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
  /** What stands on boards; without it nobody is told. */
  readonly boards?: Boards;
  /** `crowded`: the seat has as many sockets as it may, and is told so. */
  seatOf(req: IncomingMessage, forum: ForumId): Promise<(Admitted & { readonly isCrowded?: boolean }) | null>;
  originAllowed(req: IncomingMessage): boolean;
  /** How many commands each seat may give, where they come by other ways too. */
  readonly commands?: Credits<SeatId>;
  clock(): number;
}

/**
 * The live channel: socket.io on an engine of its own that never owns the listener. A socket belongs to one seat in one
 * workshop (`?workshop=<id>`); it is told the parts that are for it, and what it sends is a command that is always answered.
 */
export class LiveServer {
  readonly #options: LiveOptions;
  readonly #entrance: LiveEntrance;
  readonly #io: LiveNamespace = new Server({ serveClient: false, connectTimeout: 5_000 });
  readonly #sockets = new LiveSockets();
  readonly #rosters: Rosters;
  readonly #news: LiveNews;
  readonly #activity: ActivityNews;
  readonly #commands: LiveCommands;
  readonly #stop: (() => void)[];

  constructor(options: LiveOptions) {
    const { workshops } = options;
    const clock = () => options.clock();
    this.#options = options;
    this.#entrance = new LiveEntrance(options);
    this.#rosters = new Rosters(options);
    this.#commands = new LiveCommands(workshops, clock, options.commands);
    const [sockets, rosters] = [this.#sockets, this.#rosters];
    const frames = new LiveFrames({ io: this.#io, streamOf: (request) => this.#entrance.streamOf(request) });
    this.#news = new LiveNews({ frames, sockets, rosters, workshops, clock, connections: () => this.connections });
    this.#activity = new ActivityNews({ frames, sockets, workshops, boards: options.boards, clock });
    this.#io.bind(this.#entrance.engine as never); // Typed as engine.io's own base class, which it is.
    this.#io.use((socket, next) => {
      const current = socket.handshake.query.v === String(LIVE_PROTOCOL_VERSION);
      if (!current) return next(new Error('protocolChanged'));
      next(this.#entrance.guestOf(socket.request)?.isCrowded ? new Error('tooManyTabs') : undefined);
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
      workshops.onChange((...changed) => this.#news.workshopChanged(...changed)),
      workshops.shown.onChange((workshop) => this.#news.planChanged(workshop)),
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

  request(req: IncomingMessage, res: ServerResponse, enter: (stay: Stay) => boolean): void {
    this.#entrance.request(req, res, enter);
  }

  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#entrance.upgrade(req, socket, head);
  }

  /** Sockets that are connected now, for metrics. */
  get connections(): number {
    return this.#entrance.engine.clientsCount;
  }

  /** The seats that are connected to a workshop now. */
  presentIn(workshop: WorkshopId): ReadonlySet<SeatId> {
    return this.#sockets.presentIn(workshop);
  }

  /** Something that people wrote is on disk. */
  stored(document: DocumentName, seq: number, update: ScannedUpdate, seat: SeatId | null): void {
    this.#activity.stored(document, seq, update, seat);
  }

  async close(): Promise<void> {
    for (const stop of this.#stop) stop();
    this.#news.close();
    this.#activity.close();
    this.#entrance.engine.close(); // First: a closed transport makes clients come back, a disconnect from the namespace does not.
    await this.#io.close();
  }

  async #welcome(socket: LiveSocket): Promise<void> {
    const guest = this.#entrance.guestOf(socket.request);
    if (!guest) return void socket.disconnect(true);
    Object.assign(socket.data, guest);
    this.#sockets.add(socket);
    this.#commands.listenTo(socket);
    const leave = () => {
      this.#sockets.remove(socket);
      if (this.#sockets.isEmpty(guest.forum)) this.#rosters.forget(guest.forum);
      if (this.#sockets.isNobodyIn(guest.workshop)) this.#forget(guest.workshop);
      this.#news.came(guest.workshop);
    };
    socket.on('disconnect', guarded('a live socket did not leave', leave));
    guest.pass?.onOver(() => socket.disconnect(true));
    try {
      const roster = this.#rosters.of(guest.forum);
      await roster.ready();
      // Whoever was removed between the check at the door and now is found here.
      if (roster.roleOf(guest.actor.seatId) === null) await roster.readAgain();
      if (roster.roleOf(guest.actor.seatId) === null) return void socket.disconnect(true);
      await this.#options.workshops.takeSeat(guest.workshop, guest.actor);
      await this.#news.greet(socket, roster);
      this.#activity.greet(socket);
      if (isLeading(socket)) await this.#tellDoor(guest.forum, [socket]);
    } catch {
      socket.conn.close(); // Storage is away: the client comes back by itself.
    }
  }

  #forget(workshop: WorkshopId): void {
    this.#news.forget(workshop);
    this.#activity.forget(workshop);
  }

  /** Removed seats go at once, changed roles are told what is theirs now, names are gathered. */
  async #seatsChanged(forum: ForumId, changes?: readonly SeatChange[]): Promise<void> {
    const { workshops } = this.#options;
    const roster = this.#rosters.known(forum);
    if (!roster && !changes && workshops.seated(forum).length === 0) return;
    const seated = changes ? changes.map(({ seat }) => seat.id) : workshops.seated(forum);
    let changed: readonly SeatId[] = seated;
    const isGone = new Set<SeatId>();
    if (changes) {
      roster?.change(changes);
      for (const { seat } of changes) if (seat.removedAt !== null) isGone.add(seat.id);
    } else {
      const known = this.#rosters.of(forum);
      changed = [...new Set([...(await known.readAgain()), ...seated])];
      for (const seat of changed) if (known.roleOf(seat) === null) isGone.add(seat);
    }
    const roles = this.#rosters.known(forum);
    for (const seat of changed) {
      this.#news.named(forum, seat);
      for (const socket of this.#sockets.ofSeat(seat)) {
        if (socket.data.forum !== forum) continue;
        const role = isGone.has(seat) ? null : (roles?.roleOf(seat) ?? null);
        if (role === null) socket.disconnect(true);
        else if (role !== socket.data.actor.role) {
          socket.data.actor = { seatId: seat, role };
          this.#news.sendSoon(socket);
        }
      }
    }
    for (const seat of isGone) await workshops.leave(forum, seat);
  }

  async #doorChanged(forum: ForumId): Promise<void> {
    await this.#tellDoor(forum, [...this.#sockets.ofForum(forum)].filter(isLeading));
  }

  async #tellDoor(forum: ForumId, sockets: readonly LiveSocket[]): Promise<void> {
    if (sockets.length === 0 || !this.#options.door) return;
    const waiting = await this.#options.door.countOf(forum);
    for (const socket of sockets) socket.emit('door', waiting);
  }

  /** Who may stay is unknown while storage is away: everybody comes back through the door. */
  #dropForum(forum: ForumId): void {
    for (const socket of this.#sockets.ofForum(forum)) socket.conn.close();
  }
}
