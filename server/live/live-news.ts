import type { ForumId, SeatId, WorkshopId } from '#domain/ids.ts';
import { isCall } from '#domain/workshop/calls/events.ts';
import type { WorkshopEvent } from '#domain/workshop/events.ts';
import { leads } from '#domain/permissions/may.ts';
import { reads } from '#domain/permissions/reads.ts';
import { isQuestion } from '#domain/workshop/questions/events.ts';
import { isTalk } from '#domain/workshop/talk/events.ts';
import { view } from '#domain/workshop/view.ts';
import { guarded } from '#server/process/boundary.ts';
import { CallsNews } from './calls-news.ts';
import { Gathering, type Gathered } from './gathering.ts';
import type { LiveNamespace, LiveSocket } from './live-socket.ts';
import type { LiveSockets } from './live-sockets.ts';
import type { Roster } from './roster.ts';
import type { Rosters } from './rosters.ts';
import { StepNews } from './step-news.ts';
import type { Workshops } from './workshops.ts';

interface Parts {
  readonly io: LiveNamespace;
  readonly sockets: LiveSockets;
  readonly rosters: Rosters;
  readonly workshops: Workshops;
  connections(): number;
  clock(): number;
}

/** What changed, told to whom it concerns: views at the end of the turn, arrivals and names gathered. */
export class LiveNews {
  readonly #parts: Parts;
  readonly #gathering: Gathering;
  readonly #calls: CallsNews;
  readonly #step: StepNews;
  readonly #changed = new Set<WorkshopId>();
  readonly #own = new Set<LiveSocket>();
  readonly #leading = new Set<LiveSocket>();
  /** Who was last said to be there. */
  readonly #told = new Map<WorkshopId, ReadonlySet<SeatId>>();
  #flushing: NodeJS.Immediate | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#calls = new CallsNews(parts);
    this.#step = new StepNews(parts);
    this.#gathering = new Gathering(
      (gathered) => this.#tellGathered(gathered),
      () => parts.connections(),
    );
  }

  /**
   * Chairs that are taken or changed are gathered; whatever else changes is everybody's new view at once, with other names too when
   * rooms were mixed. Pins are for those who run the workshop; while it is announced who sits elsewhere in the next step, a pin or
   * another chair changes what one is told of that, and how many they are.
   */
  workshopChanged(workshop: WorkshopId, events: readonly WorkshopEvent[] | null): void {
    const state = this.#parts.workshops.current(workshop);
    const forum = state?.forumId;
    const isSeating = state?.step.turn?.seats !== undefined;
    for (const event of events ?? []) {
      if (event.kind === 'roomsMixed' || event.kind === 'mixTakenBack') {
        for (const socket of this.#parts.sockets.ofWorkshop(workshop)) this.sendSoon(socket);
      }
      if (isPin(event) || (isSeating && isMove(event))) this.#viewOfThoseWhoLead(workshop);
      if (isAboutSeat(event) || (isSeating && isPin(event))) this.#viewOfSeat(workshop, event.seat);
      if (!isAboutSeat(event)) continue;
      this.#gathering.moved(workshop, event.seat);
      if (forum) this.#gathering.named(forum, event.seat);
    }
    this.#calls.changed(workshop, events ?? []);
    this.#step.changed(workshop, events ?? []);
    if (events === null || !events.every(isToldOtherwise)) this.#mark(workshop);
  }

  /** The question, a title or the join code is another. */
  planChanged(workshop: WorkshopId): void {
    for (const socket of this.#parts.sockets.ofWorkshop(workshop)) this.#sendPlan(socket);
  }

  /** Whose name, or whose right to be named, is another. */
  named(forum: ForumId, seat: SeatId): void {
    this.#gathering.named(forum, seat);
    this.#step.named(forum);
  }

  /** Somebody came or went. */
  came(workshop: WorkshopId): void {
    this.#gathering.came(workshop);
  }

  /** Everything at once, for who has just come. */
  async greet(socket: LiveSocket, roster: Roster): Promise<void> {
    const { workshop, actor } = socket.data;
    this.#sendView(socket);
    this.#sendPlan(socket);
    socket.emit('people', await roster.namesFor(actor));
    socket.emit('present', [...this.#parts.sockets.presentIn(workshop)]);
    this.#calls.soon(socket);
    this.#step.soon(socket);
    this.came(workshop);
  }

  close(): void {
    if (this.#flushing) clearImmediate(this.#flushing);
    this.#gathering.close();
    this.#calls.close();
    this.#step.close();
  }

  #viewOfSeat(workshop: WorkshopId, seat: SeatId): void {
    for (const socket of this.#parts.sockets.ofSeat(seat)) {
      if (socket.data.workshop === workshop) this.sendSoon(socket);
    }
  }

  #viewOfThoseWhoLead(workshop: WorkshopId): void {
    for (const socket of this.#parts.sockets.ofWorkshop(workshop)) {
      if (leads(socket.data.actor)) this.#leading.add(socket);
    }
    this.#flushSoon();
  }

  #mark(workshop: WorkshopId): void {
    this.#changed.add(workshop);
    this.#flushSoon();
  }

  /** Somebody's own place or role is another: the whole view and the names are. */
  sendSoon(socket: LiveSocket): void {
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
    const leading = [...this.#leading];
    this.#leading.clear();
    const send = guarded(
      'a view was not sent',
      (socket: LiveSocket) => this.#sendView(socket),
      (socket) => socket.conn.close(),
    );
    const sendNames = guarded(
      'names were not sent',
      async (socket: LiveSocket) =>
        socket.emit('people', await this.#parts.rosters.of(socket.data.forum).namesFor(socket.data.actor)),
      (socket) => socket.conn.close(),
    );
    for (const workshop of changed) for (const socket of this.#parts.sockets.ofWorkshop(workshop)) send(socket);
    for (const socket of leading) if (socket.connected) send(socket);
    for (const socket of own) {
      if (!socket.connected) continue;
      send(socket);
      sendNames(socket);
      this.#calls.soon(socket);
      this.#step.soon(socket);
    }
  }

  #tellGathered({ seats, names, present }: Gathered): void {
    for (const [workshop, moved] of seats) {
      const state = this.#parts.workshops.current(workshop);
      if (!state) continue;
      const chairs = [...moved].map((seat) => [seat, state.seating.get(seat) ?? null] as const);
      this.#parts.io.to(workshop).emit('seated', { version: state.version, chairs });
    }
    for (const [forum, changed] of names) this.#tellNames(forum, changed);
    for (const workshop of present) {
      this.#calls.hall(workshop);
      const before = this.#told.get(workshop) ?? new Set();
      const now = this.#parts.sockets.presentIn(workshop);
      if (now.size > 0) this.#told.set(workshop, now);
      else this.#told.delete(workshop);
      const came = [...now].filter((seat) => !before.has(seat));
      const left = [...before].filter((seat) => !now.has(seat));
      if (came.length + left.length > 0) this.#parts.io.to(workshop).emit('presentChanged', { came, left });
    }
  }

  /** To whom a name may be told depends on role and rooms alone: each such kind of viewer is asked for once. */
  #tellNames(forum: ForumId, changed: ReadonlySet<SeatId>): void {
    const roster = this.#parts.rosters.known(forum);
    if (!roster) return;
    const kinds = new Map<string, LiveSocket[]>();
    const open = this.#parts.workshops.ofForum(forum);
    for (const socket of this.#parts.sockets.ofForum(forum)) {
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
      this.#parts.io.to(sockets.map(({ id }) => id)).emit('peopleChanged', { here, gone });
    }
  }

  #sendView(socket: LiveSocket): void {
    const state = this.#parts.workshops.current(socket.data.workshop);
    const now = this.#parts.clock();
    if (state) socket.emit('view', { view: view(state, socket.data.actor, now), now });
  }

  #sendPlan(socket: LiveSocket): void {
    const plan = this.#parts.workshops.shown.of(socket.data.workshop);
    if (!plan) return;
    const { joinCode, ...shown } = plan;
    const readsCode = reads({ kind: 'seat', ...socket.data.actor, rooms: [] }, { kind: 'joinCode' });
    socket.emit('plan', { ...shown, ...(readsCode && { joinCode }) });
  }
}

type SeatEvent = Extract<WorkshopEvent, { kind: 'seatTaken' | 'seatMoved' | 'seatLeft' }>;
type PinEvent = Extract<WorkshopEvent, { kind: 'seatPinned' | 'seatUnpinned' }>;

/** Who comes was not to move. */
const isMove = ({ kind }: WorkshopEvent): boolean => kind === 'seatMoved' || kind === 'seatLeft';

const isPin = (event: WorkshopEvent): event is PinEvent => event.kind === 'seatPinned' || event.kind === 'seatUnpinned';

const isToldOtherwise = (event: WorkshopEvent): boolean =>
  isAboutSeat(event) ||
  isPin(event) ||
  isCall(event) ||
  isTalk(event) ||
  isQuestion(event) ||
  event.kind === 'roomsMixed' ||
  event.kind === 'mixTakenBack';

const isAboutSeat = (event: WorkshopEvent): event is SeatEvent =>
  event.kind === 'seatTaken' || event.kind === 'seatMoved' || event.kind === 'seatLeft';
