import type { ForumId, SeatId, WorkshopId } from '#domain/ids.ts';
import { isCall } from '#domain/workshop/calls/events.ts';
import type { WorkshopEvent } from '#domain/workshop/events.ts';
import type { WorkshopState } from '#domain/workshop/state.ts';
import { isTalk } from '#domain/workshop/talk/events.ts';
import { isQuestion } from '#domain/workshop/questions/events.ts';
import { hallQuestions, ownQuestions } from '#domain/workshop/questions/view.ts';
import { askingNow } from '#domain/workshop/questions/state.ts';
import { talkNow } from '#domain/workshop/talk/state.ts';
import { hallTalk, ownTalk } from '#domain/workshop/talk/view.ts';
import type { RunningPart } from '#protocol/live/down.ts';
import { guarded } from '#server/process/boundary.ts';
import type { LiveSocket } from './live-socket.ts';
import type { LiveSockets } from './live-sockets.ts';
import type { Rosters } from './rosters.ts';
import { ToldQuestions } from './told-questions.ts';
import type { Workshops } from './workshops.ts';

const LEAST = 100; // ms; a hall that raises its hands at once is one message
const EACH_SOCKET = 1; // ms
const MOST = 1_000; // ms: who opens thousands of connections makes nobody wait for theirs

interface Parts {
  readonly sockets: LiveSockets;
  readonly rosters: Rosters;
  readonly workshops: Workshops;
  connections(): number;
}

/**
 * What the running step has besides boards and clocks, told to each as far as it concerns them and only where it differs from what
 * was told before. Gathered.
 */
export class StepNews {
  readonly #parts: Parts;
  readonly #sockets = new Set<LiveSocket>();
  readonly #workshops = new Set<WorkshopId>();
  readonly #told = new WeakMap<LiveSocket, string>();
  readonly #questions = new ToldQuestions();
  #timer: NodeJS.Timeout | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  changed(workshop: WorkshopId, events: readonly WorkshopEvent[]): void {
    if (!events.some(isAboutStep)) return;
    this.#workshops.add(workshop);
    this.#wait();
  }

  /** Somebody's name is another: it may stand beside a question, or before everybody. */
  named(forum: ForumId): void {
    for (const state of this.#parts.workshops.ofForum(forum)) {
      if (!talkNow(state) && !askingNow(state)) continue;
      this.#questions.forget(state);
      this.#workshops.add(state.id);
      this.#wait();
    }
  }

  /** Somebody has just come, or is another for this workshop. */
  soon(socket: LiveSocket): void {
    this.#sockets.add(socket);
    this.#wait();
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
  }

  #wait(): void {
    const ms = Math.min(LEAST + this.#parts.connections() * EACH_SOCKET, MOST);
    this.#timer ??= setTimeout(
      guarded('what a step has was not told', () => this.#flush()),
      ms,
    ).unref();
  }

  #flush(): void {
    this.#timer = null;
    const sockets = new Set(this.#sockets);
    for (const workshop of this.#workshops) {
      for (const socket of this.#parts.sockets.ofWorkshop(workshop)) sockets.add(socket);
    }
    this.#sockets.clear();
    this.#workshops.clear();
    const halls = new Map<WorkshopId, string>();
    const send = guarded(
      'what a step has was not sent',
      (socket: LiveSocket) => this.#send(socket, halls),
      (socket) => socket.conn.close(),
    );
    for (const socket of sockets) if (socket.connected) send(socket);
  }

  #send(socket: LiveSocket, halls: Map<WorkshopId, string>): void {
    const { workshop, actor, forum } = socket.data;
    const state = this.#parts.workshops.current(workshop);
    if (!state) return;
    let now: string;
    if (actor.role === 'participant') now = JSON.stringify(this.#ownPart(state, forum, socket));
    else {
      now = halls.get(workshop) ?? JSON.stringify(hallTalk(state) ?? hallQuestions(state));
      halls.set(workshop, now);
    }
    // nothing, too: a page that comes back may remember more
    if (now !== this.#told.get(socket)) socket.emit('running', JSON.parse(now) as RunningPart);
    this.#told.set(socket, now);
    this.#questions.tell(socket, state, (seat) => this.#parts.rosters.known(forum)?.nameOf(seat) ?? null);
  }

  /** Who speaks before everybody is known by name to everybody: names of other tables come with it, as one may not know them otherwise. */
  #ownPart(state: WorkshopState, forum: ForumId, { data }: LiveSocket): RunningPart {
    const talk = ownTalk(state, data.actor);
    if (!talk) return ownQuestions(state, data.actor.seatId);
    if (talk.circle !== null) return talk;
    const roster = this.#parts.rosters.known(forum);
    const seats: SeatId[] = [...(talk.speaker ? [talk.speaker.seat] : []), ...talk.line];
    const names = seats.flatMap((seat) => {
      const name = roster?.nameOf(seat);
      return name === undefined ? [] : [[seat, name] as const];
    });
    return { ...talk, names };
  }
}

/** Calls and messages, pins and names of rooms are told otherwise. */
const ELSEWHERE = new Set<WorkshopEvent['kind']>(['seatPinned', 'seatUnpinned', 'roomRenamed']);
const isAboutStep = (event: WorkshopEvent): boolean =>
  isTalk(event) || isQuestion(event) || !(isCall(event) || ELSEWHERE.has(event.kind));
