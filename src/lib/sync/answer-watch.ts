/** What is watched: one open socket. */
export interface Watched {
  /** The server owes an answer: a receipt, the document, or what a change builds on. */
  isOwed(): boolean;
  /** The document has come: before that, a slow network may be busy with it for long. */
  isSynced(): boolean;
  /** Bytes sent that nothing is known of. */
  bytes(): number;
  /** Offers again what has no receipt, and asks for what is missing. A server that hears it speaks at once. */
  ask(): void;
  reconnect(): void;
}

export interface Timers {
  set(run: () => void, ms: number): unknown;
  clear(timer: unknown): void;
}

const PATIENCE = 4_000; // ms; a receipt takes some 50 ms, on a bad network a second
const PATIENCE_JOINING = 20_000; // ms; the whole board over slow 3G
const PATIENCE_DEFERRED = 20_000; // ms; the server has said that it cannot store and will ask
const GRACE = 3_000; // ms for the answer to a question
const GRACE_BUSY = 12_000; // ms more for a server that speaks and stores slowly
const SLOWEST = 8; // bytes a ms: EDGE at the edge of its cell

/**
 * Notices that an open socket leads nowhere: the Wi-Fi was changed, a frame or its receipt was lost, the lid was closed. Asks
 * first, which heals what was lost; a socket on which nothing comes back, or never enough, is given up long before TCP does.
 */
export class AnswerWatch {
  readonly #watched: Watched;
  readonly #timers: Timers;
  #timer: unknown = null;
  #isAsked = false;
  #isHeard = false;
  /** Since nothing was owed. */
  #questions = 0;

  constructor(watched: Watched, timers: Timers = browserTimers) {
    this.#watched = watched;
    this.#timers = timers;
  }

  /** After everything that may change what is owed. */
  look(): void {
    if (this.#watched.isOwed()) {
      if (this.#timer === null) this.#waitToAsk(this.#patience);
    } else if (!this.#isAsked || this.#isHeard) this.rest();
  }

  /** The server said something. */
  heard(): void {
    this.#isHeard = true;
  }

  /** Some of what is owed came. */
  progressed(): void {
    if (this.#timer === null) return;
    if (this.#questions === 0) this.#waitToAsk(this.#patience);
    // it answers and still is short of something: a frame was lost, and the counts of both sides will not meet again
    else this.#wait(this.#grace, () => this.#giveUp());
  }

  /** The server cannot store now, and will ask when it can. */
  deferred(): void {
    this.#questions = 0;
    this.#waitToAsk(PATIENCE_DEFERRED);
  }

  /** Asks now, owed or not: the socket has slept. */
  probe(): void {
    this.#isAsked = true;
    this.#isHeard = false;
    this.#questions += 1;
    this.#watched.ask();
    this.#wait(this.#grace, () => this.#judge());
  }

  /** Nothing is owed, or there is no socket. */
  rest(): void {
    this.#timers.clear(this.#timer);
    this.#timer = null;
    this.#isAsked = false;
    this.#questions = 0;
  }

  get #patience(): number {
    return this.#watched.isSynced() ? PATIENCE : PATIENCE_JOINING;
  }

  get #grace(): number {
    return GRACE + this.#watched.bytes() / SLOWEST;
  }

  #judge(): void {
    if (!this.#isHeard) this.#giveUp();
    else if (this.#watched.isOwed()) this.#wait(GRACE_BUSY, () => this.#giveUp());
    else this.rest();
  }

  #giveUp(): void {
    this.rest();
    this.#watched.reconnect();
  }

  #waitToAsk(ms: number): void {
    this.#isAsked = false;
    this.#wait(ms, () => this.probe());
  }

  #wait(ms: number, then: () => void): void {
    this.#timers.clear(this.#timer);
    this.#timer = this.#timers.set(then, ms);
  }
}

const browserTimers: Timers = {
  set: (run, ms) => setTimeout(run, ms),
  clear: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
};
