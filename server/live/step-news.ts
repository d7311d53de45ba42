import type { ForumId, SeatId, WorkshopId } from '#domain/ids.ts';
import { isCall } from '#domain/workshop/calls/events.ts';
import type { WorkshopEvent } from '#domain/workshop/events.ts';
import type { WorkshopState } from '#domain/workshop/state.ts';
import { isTalk } from '#domain/workshop/talk/events.ts';
import { isQuestion } from '#domain/workshop/questions/events.ts';
import { hallQuestions, ownQuestions } from '#domain/workshop/questions/view.ts';
import { askingNow } from '#domain/workshop/questions/state.ts';
import { reportsNow } from '#domain/workshop/reports/state.ts';
import { reportsView } from '#domain/workshop/reports/view.ts';
import { talkNow } from '#domain/workshop/talk/state.ts';
import { hallTalk, ownTalk, wallTalk } from '#domain/workshop/talk/view.ts';
import type { QuestionsMessage, RunningPart } from '#protocol/live/down.ts';
import { Alike } from './alike.ts';
import { isScreen } from './audience.ts';
import type { LiveFrames } from './live-frames.ts';
import type { LiveSocket } from './live-socket.ts';
import type { LiveSockets } from './live-sockets.ts';
import type { Rosters } from './rosters.ts';
import { Telling } from './telling.ts';
import { ToldQuestions } from './told-questions.ts';
import type { Workshops } from './workshops.ts';

interface Parts {
  readonly frames: LiveFrames;
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
  readonly #telling: Telling<Gathered>;
  readonly #told = new WeakMap<LiveSocket, string>();
  readonly #questions = new ToldQuestions();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#telling = new Telling({
      name: 'parts of the running step',
      audience: (workshop) => parts.sockets.ofWorkshop(workshop),
      begin: () => ({ halls: new Map(), parts: new Alike(), questions: new Alike() }),
      gather: (socket, gathered) => this.#gather(socket, gathered),
      tell: ({ parts: running, questions }) => {
        running.tell((sockets, part) => parts.frames.tell(sockets, 'running', part));
        questions.tell((sockets, message) => parts.frames.tell(sockets, 'questions', message));
      },
      connections: () => parts.connections(),
    });
  }

  /** `before`: what the events happened to. */
  changed(workshop: WorkshopId, events: readonly WorkshopEvent[], before: WorkshopState | null): void {
    if (!events.some(isAboutStep)) return;
    const now = this.#parts.workshops.current(workshop);
    if (!now || !before || hasMore(now) || hasMore(before)) this.#telling.workshop(workshop);
  }

  /** Somebody's name is another: it may stand beside a question, or before everybody. */
  named(forum: ForumId): void {
    for (const state of this.#parts.workshops.ofForum(forum)) {
      if (!hasMore(state)) continue;
      this.#questions.forget(state);
      this.#telling.workshop(state.id);
    }
  }

  /** Somebody has just come, or is another for this workshop. */
  soon(socket: LiveSocket): void {
    this.#telling.socket(socket);
  }

  close(): void {
    this.#telling.close();
  }

  #gather(socket: LiveSocket, { halls, parts, questions }: Gathered): void {
    const { workshop, actor, forum } = socket.data;
    const state = this.#parts.workshops.current(workshop);
    if (!state) return;
    let now: Told;
    // a wall says nothing of single rooms, and is told no other names
    if (actor.role === 'participant' || isScreen(socket)) now = told(this.#ownPart(state, forum, socket));
    else {
      now = halls.get(workshop) ?? told(hallTalk(state) ?? reportsView(state) ?? hallQuestions(state));
      halls.set(workshop, now);
    }
    // nothing, too: a page that comes back may remember more
    if (now.text !== this.#told.get(socket)) parts.add(socket, now.part, now.text);
    this.#told.set(socket, now.text);
    const nameOf = (seat: SeatId) => this.#parts.rosters.known(forum)?.nameOf(seat) ?? null;
    const message = this.#questions.news(socket, state, nameOf);
    if (message) questions.add(socket, message);
  }

  /** Who speaks before everybody is known by name to everybody: names of other tables come with it, as one may not know them otherwise. */
  #ownPart(state: WorkshopState, forum: ForumId, socket: LiveSocket): RunningPart {
    const isWall = isScreen(socket);
    const talk = isWall ? wallTalk(state) : ownTalk(state, socket.data.actor);
    if (!talk)
      return reportsView(state) ?? (isWall ? hallQuestions(state) : ownQuestions(state, socket.data.actor.seatId));
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

interface Told {
  readonly part: RunningPart;
  readonly text: string;
}

/** What is to be told to whom; `halls`: to those who run a workshop. */
interface Gathered {
  readonly halls: Map<WorkshopId, Told>;
  readonly parts: Alike<RunningPart>;
  readonly questions: Alike<QuestionsMessage>;
}

const told = (part: RunningPart): Told => ({ part, text: JSON.stringify(part) });

/** Whether the running step has anything besides boards and clocks. */
const hasMore = (state: WorkshopState): boolean =>
  talkNow(state) !== undefined || reportsNow(state) !== undefined || askingNow(state) !== null;

/** Calls and messages, pins and names of rooms are told otherwise. */
const ELSEWHERE = new Set<WorkshopEvent['kind']>(['seatPinned', 'seatUnpinned', 'roomRenamed']);
const isAboutStep = (event: WorkshopEvent): boolean =>
  isTalk(event) || isQuestion(event) || !(isCall(event) || ELSEWHERE.has(event.kind));
