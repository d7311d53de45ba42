import type { WorkshopId } from '#domain/ids.ts';
import { guarded } from '#server/process/boundary.ts';
import type { LiveSocket } from './live-socket.ts';

const LEAST = 100; // ms; a hall that presses at once is one message
const EACH_SOCKET = 1; // ms
const MOST = 1_000; // ms: who opens thousands of connections makes nobody wait for theirs

/** How one kind of news is told. */
export interface News<Gathered> {
  /** For the log. */
  readonly name: string;
  /** Who is told of what is new in a workshop, beside those that were named. */
  audience(workshop: WorkshopId): Iterable<LiveSocket>;
  /** What one telling is gathered in. */
  begin(): Gathered;
  /** What is new to this socket. */
  gather(socket: LiveSocket, gathered: Gathered): void;
  tell(gathered: Gathered): void;
  connections(): number;
}

/** Gathers whom news concerns, so that a hall in which everybody presses costs a few messages, and tells each of them once. */
export class Telling<Gathered> {
  readonly #news: News<Gathered>;
  readonly #sockets = new Set<LiveSocket>();
  readonly #workshops = new Set<WorkshopId>();
  #timer: NodeJS.Timeout | null = null;

  constructor(news: News<Gathered>) {
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
    const gathered = this.#news.begin();
    const gather = guarded(
      `${this.#news.name} were not told to somebody`,
      (socket: LiveSocket) => this.#news.gather(socket, gathered),
      (socket) => socket.conn.close(),
    );
    for (const socket of sockets) if (socket.connected) gather(socket);
    this.#news.tell(gathered);
  }
}
