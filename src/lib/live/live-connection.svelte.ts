import { io, type Socket } from 'socket.io-client';
import type { CommandId, QuestionId, RoomId, SeatId, WorkshopId } from '#domain/ids.ts';
import type { Refusal } from '#domain/refusal.ts';
import type { WorkshopCommand } from '#domain/workshop/commands.ts';
import type { HallCalls, OwnCalls } from '#domain/workshop/calls/view.ts';
import { composed } from '#domain/workshop/composed.ts';
import type { Parts, ScreenPart } from '#domain/workshop/parts.ts';
import type { WorkshopView } from '#domain/workshop/view.ts';
import type {
  DownEvents,
  HeardQuestion,
  PersonAtTable,
  PlanMessage,
  RoomActivity,
  RunningPart,
} from '#protocol/live/down.ts';
import { questionsAfter } from '#protocol/live/questions-after.ts';
import { toldControl, toldMine, toldPeople, toldRooms, toldShared, toldTick } from '#protocol/live/told.ts';
import type { Acknowledgement, UpEvents } from '#protocol/live/up.ts';
import { LIVE_PATH, LIVE_PROTOCOL_VERSION } from '#protocol/live/version.ts';
import { MARK } from '#protocol/mark.ts';
import { newId } from '#lib/new-id.ts';
import { heedNetwork } from './heed-network.ts';
import type { LiveThen } from './kept-live.ts';
import { pauseAfter } from './resend.ts';
import { ServerOffset } from './server-offset.ts';

/** `refused`: this browser has no seat here (any more). `outdated`: the server speaks a newer protocol, reload. `crowded`: this seat is open in too many tabs. */
export type LiveStatus = 'connecting' | 'online' | 'offline' | 'refused' | 'outdated' | 'crowded';

const REFUSED: Readonly<Record<string, LiveStatus>> = { protocolChanged: 'outdated', tooManyTabs: 'crowded' };

const FAST = ['websocket'] as const;
const SLOW = ['polling', 'websocket'] as const;
const OPENS_WITHIN = 10_000; // ms; a network may take a WebSocket and then say nothing
const ACKNOWLEDGED_WITHIN = 6_000; // ms; conference Wi-Fi has pauses of several seconds
const TRIES = 12; // a minute and a half, with pauses
const ROUND_TRIPS = 5;
const ROUND_TRIP_EVERY = 400; // ms
const ASK_AGAIN = 60_000; // ms; clocks drift apart
const GAP = 3_000; // ms; hall Wi-Fi has such, and they are over before anybody has read what is said of them

/** A workshop as the server shows it to this browser, and the way to ask it for something. Made in the browser only. */
export class LiveConnection {
  readonly #workshop: WorkshopId;
  readonly #as: 'screen' | null;
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- replaced as a whole; Svelte's own would come with every board
  #people = $state.raw<ReadonlyMap<SeatId, PersonAtTable>>(new Map());
  #socket: Socket<DownEvents, UpEvents> | null = null;
  #parts = $state.raw<Parts | null>(null);
  /** What the page was rendered with, until the parts of it are told. */
  readonly #first: WorkshopView | null = null;
  readonly #view = $derived(this.#parts ? composed(this.#parts) : this.#first);
  #screen = $state.raw<ScreenPart | null>(null);
  #plan = $state.raw<PlanMessage | null>(null);
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- as above
  #activity = $state.raw<ReadonlyMap<RoomId, RoomActivity>>(new Map());
  #present = $state.raw<readonly SeatId[]>([]);
  #waiting = $state(0);
  #calls = $state.raw<OwnCalls | null>(null);
  #hall = $state.raw<HallCalls | null>(null);
  #running = $state.raw<RunningPart>(null);
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- as above
  #questions = $state.raw<ReadonlyMap<QuestionId, HeardQuestion>>(new Map());
  /** Tries in a row that came to nothing. */
  #failures = 0;
  readonly #offset: ServerOffset;
  #clockOffset = $state(0);
  #timer: ReturnType<typeof setTimeout> | null = null;
  #gap: ReturnType<typeof setTimeout> | null = null;
  #unheed: (() => void) | null = null;
  #status = $state<LiveStatus>('connecting');
  /** By `performance.now()`: when the server said something last. */
  #heardAt = performance.now();
  #asOf = $state<number | null>(null);

  /** `seed` is what the page was rendered with, so that nothing blinks while the channel opens. `as`: a screen on the wall, told no names. */
  constructor(
    workshop: WorkshopId,
    seed?: { view: WorkshopView; people?: readonly PersonAtTable[]; now?: number },
    as: 'screen' | null = null,
  ) {
    this.#workshop = workshop;
    this.#as = as;
    this.#offset = new ServerOffset(seed?.now, performance.now());
    this.#clockOffset = this.#offset.value;
    if (!seed) return;
    this.#first = seed.view;
    this.#people = toldPeople(this.#people, { put: seed.people ?? [], gone: [], whole: true });
  }

  get view(): WorkshopView | null {
    return this.#view;
  }
  /** Of which the view is put together; null until they are told. */
  get parts(): Parts | null {
    return this.#parts;
  }
  /** What was saved since the page was made is in it. Null: not told yet. */
  get plan(): PlanMessage | null {
    return this.#plan;
  }
  /** Whoever this seat may know by name. */
  get people(): ReadonlyMap<SeatId, PersonAtTable> {
    return this.#people;
  }
  /** How many wait at the forum's door; told to who runs it. */
  get waiting(): number {
    return this.#waiting;
  }
  /** A participant's own; null until they are told. */
  get calls(): OwnCalls | null {
    return this.#calls;
  }
  /** What comes from the rooms, for those who run the workshop; null until it is told. */
  get hall(): HallCalls | null {
    return this.#hall;
  }
  /** What the running step has besides boards and clocks; null: nothing, or not told yet. */
  get running(): RunningPart {
    return this.#running;
  }
  /** What was asked in the running step, where people ask. */
  get questions(): ReadonlyMap<QuestionId, HeardQuestion> {
    return this.#questions;
  }
  /** For a screen: what it shows, and how many are here. */
  get screen(): ScreenPart | null {
    return this.#screen;
  }
  /** For those who run the workshop: how much is written in each room, as far as it was told. */
  get activity(): ReadonlyMap<RoomId, RoomActivity> {
    return this.#activity;
  }
  /** For those who run the workshop: the seats that are connected to it now. */
  get present(): readonly SeatId[] {
    return this.#present;
  }
  /** Milliseconds to add to `performance.now()` to get the server's time. */
  get clockOffset(): number {
    return this.#clockOffset;
  }
  get status(): LiveStatus {
    return this.#status;
  }
  /** The server's time when all of this was so that may be otherwise by now; null while it is told, and for a gap that nobody needs to know of. */
  get asOf(): number | null {
    return this.#asOf;
  }

  /** As this device was told last, by a page before this one. */
  recall({ now, parts, running, questions }: LiveThen): void {
    this.#heardAt = Math.max(this.#heardAt, now - this.#clockOffset);
    this.#asOf = this.#heardAt + this.#clockOffset;
    if (parts.version >= (this.#view?.version ?? 0)) this.#parts = parts;
    if (!running || running.began !== this.#view?.step.began) return;
    this.#running = running;
    this.#questions = questionsAfter(this.#questions, { isWhole: true, put: questions, support: [], gone: [] });
  }

  connect(): void {
    if (this.#socket) return;
    const socket: Socket<DownEvents, UpEvents> = io({
      path: LIVE_PATH,
      addTrailingSlash: false,
      transports: [...FAST],
      extraHeaders: { [MARK]: '1' }, // what another site's page cannot send
      timeout: OPENS_WITHIN,
      query: { workshop: this.#workshop, v: String(LIVE_PROTOCOL_VERSION), ...(this.#as && { as: this.#as }) },
      reconnectionDelay: 400,
      reconnectionDelayMax: 2_500,
    });
    this.#socket = socket;
    socket.onAny(() => this.#heard());
    socket.io.on('ping', () => this.#heard());
    socket.on('connect', () => {
      this.#status = 'online';
      this.#heard();
      this.#failures = 0;
      dispatchEvent(new Event('dastarkhan:reached'));
      this.#askTime();
    });
    document.addEventListener('visibilitychange', this.#onVisible);
    this.#unheed = heedNetwork(socket);
    socket.on('disconnect', (reason) => {
      // Only a server that sends this browser away says so in words.
      this.#status = reason === 'io server disconnect' ? 'refused' : 'offline';
      this.#lost(GAP);
    });
    socket.on('connect_error', (error) => {
      this.#status = REFUSED[error.message] ?? 'offline';
      this.#failures += 1;
      this.#lost(0);
      // Twice by a WebSocket, once without: what opened without one goes over to it as soon as one gets through.
      socket.io.opts.transports = [...(this.#failures % 3 === 2 ? SLOW : FAST)];
    });
    socket.on('whole', ({ now, screen, ...parts }) => {
      this.#tellTime(now);
      this.#parts = parts;
      this.#screen = screen ?? null;
      if (parts.mine.role !== 'participant') this.#calls = null; // no longer, since this browser was away
    });
    socket.on('shared', (message) => {
      this.#tellTime(message.now);
      this.#parts &&= toldShared(this.#parts, message);
    });
    socket.on('mine', (message) => {
      this.#parts &&= toldMine(this.#parts, message);
      if (message.mine.role !== 'participant') this.#calls = null;
    });
    socket.on('room', (message) => (this.#parts &&= toldRooms(this.#parts, message)));
    socket.on('control', (message) => (this.#parts &&= toldControl(this.#parts, message)));
    socket.on('screen', ({ version: _, ...screen }) => (this.#screen = screen));
    socket.on('plan', (plan) => (this.#plan = plan));
    socket.on('people', (message) => (this.#people = toldPeople(this.#people, message)));
    socket.on('activity', (rooms) => {
      // eslint-disable-next-line svelte/prefer-svelte-reactivity -- as above
      this.#activity = new Map([...this.#activity, ...rooms.map((room) => [room.room, room] as const)]);
    });
    socket.on('tick', (message) => (this.#present = toldTick(this.#present, message)));
    socket.on('door', (waiting) => (this.#waiting = waiting));
    socket.on('calls', (calls) => (this.#calls = calls));
    socket.on('hall', (hall) => (this.#hall = hall));
    socket.on('running', (part) => (this.#running = part));
    socket.on('questions', (change) => (this.#questions = questionsAfter(this.#questions, change)));
  }

  /** Null when it is done, else why not. */
  async command(command: WorkshopCommand): Promise<Refusal | null> {
    const answer = await this.ask(command);
    return 'refused' in answer ? answer.refused : null;
  }

  /** Sent again under the same id until the server has answered; done `within` so many milliseconds or not at all: then nothing waits for the network. */
  async ask(command: WorkshopCommand, within = Infinity): Promise<Acknowledgement> {
    const latest = performance.now() + within;
    const isSoon = latest < Infinity;
    const message = { id: newId<CommandId>(), command, ...(isSoon && { until: latest + this.#clockOffset }) };
    for (let tries = 0; tries < TRIES && this.#socket && this.#status !== 'refused'; tries += 1) {
      if (tries > 0) await wait(pauseAfter(tries));
      if (!this.#socket || performance.now() >= latest || (isSoon && this.#isAway)) break;
      const patience = Math.min(ACKNOWLEDGED_WITHIN, latest - performance.now());
      try {
        const answer: Acknowledgement = await this.#socket.timeout(patience).emitWithAck('command', message);
        if (!('refused' in answer) || answer.refused.kind !== 'notStored') return answer;
      } catch {
        // No answer in time: the same id makes sending it again harmless.
      }
    }
    return { refused: { kind: 'notStored' } };
  }

  /** Once it has been connected; a page that has just come soon will be. */
  get #isAway(): boolean {
    return this.#status !== 'connecting' && !this.#socket?.connected;
  }

  /** Several round trips, and again from time to time. */
  #askTime(left = ROUND_TRIPS): void {
    if (this.#timer) clearTimeout(this.#timer);
    const asked = performance.now();
    this.#socket?.emit('time', (now) => {
      this.#offset.answered(now, asked, performance.now());
      this.#clockOffset = this.#offset.value;
    });
    this.#timer = setTimeout(() => this.#askTime(left > 1 ? left - 1 : 1), left > 1 ? ROUND_TRIP_EVERY : ASK_AGAIN);
  }

  /** A device that slept has a clock that slept. */
  readonly #onVisible = () => {
    if (document.visibilityState !== 'visible' || !this.#socket?.connected) return;
    this.#offset.forget();
    this.#askTime();
  };

  #heard(): void {
    this.#heardAt = performance.now();
    if (this.#status !== 'online') return;
    if (this.#gap) clearTimeout(this.#gap);
    this.#gap = null;
    this.#asOf = null;
  }

  #lost(after: number): void {
    if (this.#asOf !== null || this.#gap) return;
    this.#gap = setTimeout(() => (this.#asOf = this.#heardAt + this.#clockOffset), after);
  }

  destroy(): void {
    if (this.#gap) clearTimeout(this.#gap);
    document.removeEventListener('visibilitychange', this.#onVisible);
    if (this.#timer) clearTimeout(this.#timer);
    this.#unheed?.();
    this.#socket?.disconnect();
    this.#socket = null;
  }

  #tellTime(now: number): void {
    this.#offset.told(now, performance.now());
    this.#clockOffset = this.#offset.value;
  }
}

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
