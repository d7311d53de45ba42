import type { ForumId, SeatId, WorkshopId } from '#domain/ids.ts';
import { isAboutApart } from '#domain/workshop/apart/apart.ts';
import { reads } from '#domain/permissions/reads.ts';
import { mayMineDiffer } from '#domain/workshop/may-mine-differ.ts';
import { isSameMine, minePart, partsFor, screenPart, screenParts, type MinePart } from '#domain/workshop/parts.ts';
import { guarded } from '#server/process/boundary.ts';
import { AUDIENCE, hearAs, isLeading, isScreen } from './audience.ts';
import { CallsNews } from './calls-news.ts';
import { Gathering, type Gathered } from './gathering.ts';
import type { LiveFrames } from './live-frames.ts';
import type { LiveSocket } from './live-socket.ts';
import type { LiveSockets } from './live-sockets.ts';
import { NamesNews } from './names-news.ts';
import type { Roster } from './roster.ts';
import type { Rosters } from './rosters.ts';
import { isAboutSeat, isMove, isToldOtherwise } from './seat-events.ts';
import { StepNews } from './step-news.ts';
import { ToldParts } from './told-parts.ts';
import type { WorkshopListener, Workshops } from './workshops.ts';

interface Parts {
  readonly frames: LiveFrames;
  readonly sockets: LiveSockets;
  readonly rosters: Rosters;
  readonly workshops: Workshops;
  connections(): number;
  clock(): number;
}

/** What changed, told to whom it concerns: parts at the end of the turn, arrivals, names and presence gathered. */
export class LiveNews {
  readonly #parts: Parts;
  readonly #gathering: Gathering;
  readonly #calls: CallsNews;
  readonly #step: StepNews;
  readonly #names: NamesNews;
  readonly #changed = new Set<WorkshopId>();
  /** Of which those who lead are told the version, whatever it brought: words of steps to come are asked for by it. */
  readonly #newer = new Set<WorkshopId>();
  /** Of which everybody's own part is looked at. */
  readonly #moved = new Set<WorkshopId>();
  readonly #own = new Set<LiveSocket>();
  readonly #told = new Map<WorkshopId, ToldParts>();
  /** Who was last said to be there. */
  readonly #present = new Map<WorkshopId, ReadonlySet<SeatId>>();
  /** What of itself each socket was told last. */
  readonly #mine = new WeakMap<LiveSocket, MinePart>();
  /** Those that know how things stand: before, what is another would be told of nothing. */
  readonly #greeted = new WeakSet<LiveSocket>();
  #flushing: NodeJS.Immediate | null = null;
  /** Workshops of which it is to be told how many sit where. */
  readonly #counting = new Map<WorkshopId, NodeJS.Timeout>();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#calls = new CallsNews(parts);
    this.#step = new StepNews(parts);
    this.#names = new NamesNews(parts);
    this.#gathering = new Gathering(
      (gathered) => this.#tellGathered(gathered),
      () => parts.connections(),
    );
  }

  /**
   * Chairs that are taken or changed are gathered, but for those whose they are; whatever else changes is told at once, also how many
   * are to move while it is announced who sits elsewhere in the next step.
   */
  workshopChanged(...[workshop, all, before]: Parameters<WorkshopListener>): void {
    const events = all && all.filter((event) => !isAboutApart(event)); // a page of its own shows them
    if (events?.length === 0) return;
    const state = this.#parts.workshops.current(workshop);
    for (const event of events ?? []) {
      if (event.kind === 'roomsMixed' || event.kind === 'mixTakenBack') {
        for (const socket of this.#parts.sockets.ofWorkshop(workshop)) this.sendSoon(socket);
      }
      if (state?.step.turn?.seats && isMove(event)) this.#mark(workshop);
      if (!isAboutSeat(event)) continue;
      this.#gathering.moved(workshop, event.seat);
      if (state) this.#gathering.named(state.forumId, event.seat);
      for (const socket of this.#parts.sockets.ofSeat(event.seat)) {
        if (socket.data.workshop === workshop) this.sendSoon(socket);
      }
    }
    this.#calls.changed(workshop, events ?? [], before);
    this.#step.changed(workshop, events ?? [], before);
    if (events === null || !events.every(isToldOtherwise)) this.#mark(workshop);
    if (!state || !before || mayMineDiffer(before, state)) this.#moved.add(workshop);
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

  /** Everything at once, for who has just come. From here on what changes is told. */
  async greet(socket: LiveSocket, roster: Roster): Promise<void> {
    const { workshop } = socket.data;
    this.#sendWhole(socket);
    this.#sendPlan(socket);
    this.#sendPresent(socket);
    this.#calls.soon(socket);
    this.#step.soon(socket);
    this.came(workshop);
    await this.#names.greet(socket, roster);
  }

  close(): void {
    if (this.#flushing) clearImmediate(this.#flushing);
    for (const timer of this.#counting.values()) clearTimeout(timer);
    this.#gathering.close();
    this.#calls.close();
    this.#step.close();
  }

  /** Nobody listens any more. */
  forget(workshop: WorkshopId): void {
    this.#told.delete(workshop);
    this.#newer.delete(workshop);
    clearTimeout(this.#counting.get(workshop));
    this.#counting.delete(workshop);
  }

  #mark(workshop: WorkshopId): void {
    this.#changed.add(workshop);
    this.#newer.add(workshop);
    this.#flushSoon();
  }

  /** Somebody's own place or role is another: what they may know of, and the names, are. What was for them before is not any more. */
  sendSoon(socket: LiveSocket): void {
    this.#hear(socket);
    this.#own.add(socket);
    this.#flushSoon();
  }

  #flushSoon(): void {
    this.#flushing ??= setImmediate(guarded('news of workshops were not told', () => this.#flush()));
  }

  /** One message a part and event-loop turn, however many commands came in it. */
  #flush(): void {
    this.#flushing = null;
    const changed = [...this.#changed];
    const moved = new Set(this.#moved);
    const own = [...this.#own];
    this.#changed.clear();
    this.#moved.clear();
    this.#own.clear();
    const send = guarded(
      'a seat was not told its own',
      (socket: LiveSocket) => this.#sendMine(socket),
      (socket) => socket.conn.close(),
    );
    const sendNames = guarded(
      'names were not sent',
      (socket: LiveSocket) => this.#names.greet(socket, this.#parts.rosters.of(socket.data.forum)),
      (socket) => socket.conn.close(),
    );
    for (const socket of own) {
      if (!socket.connected || !this.#greeted.has(socket)) continue;
      send(socket);
      sendNames(socket);
      this.#calls.soon(socket);
      this.#step.soon(socket);
    }
    const now = this.#parts.clock();
    for (const workshop of changed) {
      for (const socket of moved.has(workshop) ? this.#parts.sockets.ofWorkshop(workshop) : [])
        if (this.#isOtherwise(socket, now)) send(socket);
      this.#tellParts(workshop);
    }
  }

  #tellGathered({ seats, names, present }: Gathered): void {
    for (const workshop of new Set([...seats.keys(), ...present])) this.#tellParts(workshop);
    for (const [forum, changed] of names) this.#names.changed(forum, changed);
    for (const workshop of present) {
      this.#calls.hall(workshop);
      const before = this.#present.get(workshop) ?? new Set();
      const now = this.#parts.sockets.presentIn(workshop);
      if (now.size > 0) this.#present.set(workshop, now);
      else this.#present.delete(workshop);
      const came = [...now].filter((seat) => !before.has(seat));
      const left = [...before].filter((seat) => !now.has(seat));
      if (came.length + left.length > 0)
        this.#parts.frames.tellAudience(AUDIENCE.leading(workshop), 'tick', { came, left });
    }
  }

  /** Each part that is another than it was told, to those whom it is for. */
  #tellParts(workshop: WorkshopId): void {
    const state = this.#parts.workshops.current(workshop);
    const told = this.#told.get(workshop);
    if (!state || !told) return;
    const { frames, sockets } = this.#parts;
    const [version, now] = [state.version, this.#parts.clock()];
    const { shared, rooms, control, screen, countsIn } = told.news(state, sockets.presentIn(workshop), now);
    if (shared) frames.tellAudience(AUDIENCE.all(workshop), 'shared', { version, now, changed: shared });
    for (const room of rooms) frames.tellAudience(AUDIENCE.room(workshop, room.id), 'room', { version, rooms: [room] });
    if (rooms.length > 0) frames.tellAudience(AUDIENCE.watching(workshop), 'room', { version, rooms });
    const isNewer = this.#newer.delete(workshop);
    if (control || isNewer)
      frames.tellAudience(AUDIENCE.leading(workshop), 'control', { version, changed: control ?? {} });
    if (screen) frames.tellAudience(AUDIENCE.screens(workshop), 'screen', { version, ...screen });
    if (countsIn !== null && !this.#counting.has(workshop)) this.#countIn(workshop, countsIn);
  }

  #countIn(workshop: WorkshopId, ms: number): void {
    const tell = guarded('it was not told how many sit where', () => {
      this.#counting.delete(workshop);
      this.#tellParts(workshop);
    });
    this.#counting.set(workshop, setTimeout(tell, ms).unref());
  }

  #hear(socket: LiveSocket): void {
    const { workshop, actor } = socket.data;
    if (!this.#greeted.has(socket)) return;
    hearAs(socket, this.#parts.workshops.current(workshop)?.seating.get(actor.seatId) ?? null);
  }

  #sendWhole(socket: LiveSocket): void {
    const { workshop, actor } = socket.data;
    const state = this.#parts.workshops.current(workshop);
    if (!state) return;
    const [present, now] = [this.#parts.sockets.presentIn(workshop), this.#parts.clock()];
    if (!this.#told.has(workshop)) this.#told.set(workshop, new ToldParts(state, present, now));
    this.#greeted.add(socket);
    this.#own.delete(socket);
    this.#hear(socket);
    const parts = isScreen(socket)
      ? { ...screenParts(state, actor, now), screen: screenPart(state, present) }
      : partsFor(state, actor, now);
    this.#told.get(workshop)?.given(parts);
    this.#mine.set(socket, parts.mine);
    socket.emit('whole', { ...parts, now });
  }

  /** What is announced to a seat, or what it may do, is another than it was told. */
  #isOtherwise(socket: LiveSocket, now: number): boolean {
    const { workshop, actor } = socket.data;
    const state = this.#parts.workshops.current(workshop);
    if (!state || !this.#greeted.has(socket)) return false;
    const told = this.#mine.get(socket);
    return !told || !isSameMine(minePart(state, actor, now), told);
  }

  #sendMine(socket: LiveSocket): void {
    const { workshop, actor } = socket.data;
    const state = this.#parts.workshops.current(workshop);
    if (!state) return;
    const make = isScreen(socket) ? screenParts : partsFor;
    const { version, mine, rooms, control } = make(state, actor, this.#parts.clock());
    this.#told.get(workshop)?.given({ rooms, ...(control && { control }) });
    this.#mine.set(socket, mine);
    socket.emit('mine', { version, mine, rooms, ...(control && { control }) });
    this.#sendPresent(socket);
  }

  #sendPresent(socket: LiveSocket): void {
    if (!isLeading(socket)) return;
    // as others were told: who has come or gone since is told to all
    socket.emit('tick', { came: [...(this.#present.get(socket.data.workshop) ?? [])], left: [], whole: true });
  }

  #sendPlan(socket: LiveSocket): void {
    const plan = this.#parts.workshops.shown.of(socket.data.workshop);
    if (!plan) return;
    const { joinCode, ...shown } = plan;
    // it stands on the wall
    const readsCode =
      isScreen(socket) || reads({ kind: 'seat', ...socket.data.actor, rooms: [] }, { kind: 'joinCode' });
    socket.emit('plan', { ...shown, ...(readsCode && joinCode !== undefined && { joinCode }) });
  }
}
