import type { WorkshopId } from '#domain/ids.ts';
import { guarded } from '#server/process/boundary.ts';
import type { LiveSocket } from './live-socket.ts';

const LEAST = 100; // ms; a hall that presses at once is one message
const EACH_SOCKET = 1; // ms
const MOST = 1_000; // ms: who opens thousands of connections makes nobody wait for theirs

/** How one kind of news is told. */
export interface News<Told> {
  /** For the log. */
  readonly name: string;
  /** Who is told of what is new in a workshop, beside those that were named. */
  audience(workshop: WorkshopId): Iterable<LiveSocket>;
  /** `once` keeps, for one telling, what is the same to all that are told it. */
  tell(socket: LiveSocket, once: Map<WorkshopId, Told>): void;
  connections(): number;
}

/** Gathers whom news concerns, so that a hall in which everybody presses costs a few messages, and tells each of them once. */
export class Telling<Told> {
  readonly #news: News<Told>;
  readonly #sockets = new Set<LiveSocket>();
  readonly #workshops = new Set<WorkshopId>();
  #timer: NodeJS.Timeout | null = null;

  constructor(news: News<Told>) {
    this.#news = news;
  }

  socket(socket: LiveSocket): void {
    this.#sockets.add(socket);
    this.#wait();
  }

  workshop(workshop: WorkshopId): void {
    this.#workshops.add(workshop);
    this.#wait();
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
  }

  #wait(): void {
    this.#timer ??= setTimeout(
      guarded(`${this.#news.name} were not told`, () => this.#flush()),
      Math.min(LEAST + this.#news.connections() * EACH_SOCKET, MOST),
    ).unref();
  }

  #flush(): void {
    this.#timer = null;
    const sockets = new Set(this.#sockets);
    for (const workshop of this.#workshops) for (const socket of this.#news.audience(workshop)) sockets.add(socket);
    this.#sockets.clear();
    this.#workshops.clear();
    const once = new Map<WorkshopId, Told>();
    const tell = guarded(
      `${this.#news.name} were not sent`,
      (socket: LiveSocket) => this.#news.tell(socket, once),
      (socket) => socket.conn.close(),
    );
    for (const socket of sockets) if (socket.connected) tell(socket);
  }
}
