import { AWARENESS, isUpdateFrame } from '#protocol/sync.ts';
import { Credits } from './credits.ts';
import type { PeerSocket } from './peer.ts';
import type { SeatBudget } from './seat-budgets.ts';

const FRAMES = { perSecond: 1_000, burst: 5_000 }; // of any kind
const PRESENCE = { perSecond: 200, burst: 1_000 }; // stock clients echo what they hear
const QUESTIONS = { perSecond: 5, burst: 40 }; // SyncStep1, and who is here: once for each time that one connects
const PINGS = { perSecond: 50, burst: 500 };
const UPDATES = { perSecond: 50, burst: 400 };
const BYTES = { perSecond: 256_000, burst: 8_000_000 };
const MOST_HELD_BACK = 60_000; // ms without a moment in which nothing waits: no person sends so much

type Pausable = Pick<PeerSocket, 'isPaused' | 'pause' | 'resume'>;

export interface IntakeOptions {
  readonly socket: Pausable;
  readonly seat: SeatBudget;
  readonly clock: () => number;
  readonly take: (frame: Buffer) => void;
  /** It went on too fast for too long. */
  readonly exhausted: () => void;
}

/**
 * How fast one socket is read. Every frame costs something, whatever its kind, and so does what the server says in answer. Whoever is
 * in debt is not read, and what has arrived already waits here: nothing is lost, and nobody else waits for it.
 */
export class Intake {
  readonly #options: IntakeOptions;
  readonly #frames: Credits;
  readonly #presence: Credits;
  readonly #questions: Credits;
  readonly #pings: Credits;
  readonly #updates: Credits;
  readonly #bytes: Credits;
  #waiting: Buffer[] = [];
  #resuming: NodeJS.Timeout | null = null;
  /** Somebody looks an answer up, and the next frames wait for it. */
  #isHeld = false;
  #isClosed = false;
  /** On performance's clock. */
  #heldBackSince: number | null = null;

  constructor(options: IntakeOptions) {
    this.#options = options;
    const now = options.clock();
    this.#frames = new Credits(FRAMES, now);
    this.#presence = new Credits(PRESENCE, now);
    this.#questions = new Credits(QUESTIONS, now);
    this.#pings = new Credits(PINGS, now);
    this.#updates = new Credits(UPDATES, now);
    this.#bytes = new Credits(BYTES, now);
  }

  /** Not read at the moment: silence means nothing. */
  get isPaused(): boolean {
    return this.#isHeld || this.#resuming !== null;
  }

  put(frame: Buffer): void {
    if (this.#isClosed) return;
    if (this.isPaused || this.#waiting.length > 0) this.#waiting.push(frame);
    else this.#take(frame);
  }

  /** A frame that says nothing, like a ping. */
  heard(): void {
    this.#spend(this.#pings, 1, this.#options.clock());
  }

  /** Bytes that were sent, or gone through, because of what it asked. */
  answered(bytes: number): void {
    this.#spend(this.#options.seat.answers, bytes, this.#options.clock());
  }

  /** Bytes that were stored for it. */
  stored(bytes: number): void {
    this.#spend(this.#options.seat.stored, bytes, this.#options.clock());
  }

  hold(): void {
    this.#isHeld = true;
    this.#options.socket.pause();
  }

  release(): void {
    this.#isHeld = false;
    this.#drain();
  }

  close(): void {
    this.#isClosed = true;
    if (this.#resuming) clearTimeout(this.#resuming);
    this.#resuming = null;
    this.#waiting = [];
  }

  #take(frame: Buffer): void {
    const { seat, take, clock } = this.#options;
    const now = clock(); // once for a frame: five looks at the clock cost more than all that is counted
    this.#spend(this.#frames, 1, now);
    this.#spend(this.#bytes, frame.length, now);
    this.#spend(seat.bytes, frame.length, now);
    if (isUpdateFrame(frame)) {
      this.#spend(this.#updates, 1, now);
      this.#spend(seat.updates, 1, now);
    } else if (frame[0] === AWARENESS) {
      // left out, not waited for: of cursors only the latest matters, and another follows
      if (!this.#presence.spend(1, now)) return;
    } else {
      this.#spend(this.#questions, 1, now);
      this.#spend(seat.questions, 1, now);
    }
    take(frame);
  }

  #spend(credits: Credits, amount: number, now: number): void {
    if (!credits.spend(amount, now)) this.#rest(credits.wait);
  }

  #rest(wait: number): void {
    if (this.#isClosed) return;
    this.#options.socket.pause();
    this.#heldBackSince ??= performance.now();
    this.#resuming ??= setTimeout(() => {
      this.#resuming = null;
      this.#drain();
    }, wait).unref();
  }

  #drain(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    let taken = 0;
    for (; taken < waiting.length && !this.isPaused && !this.#isClosed; taken += 1) this.#take(waiting[taken]!);
    if (this.#isClosed) return;
    if (taken < waiting.length) this.#waiting = [...waiting.slice(taken), ...this.#waiting];
    if (!this.isPaused && this.#waiting.length === 0) {
      this.#heldBackSince = null;
      this.#options.socket.resume();
    } else if (this.#heldBackSince !== null && performance.now() - this.#heldBackSince > MOST_HELD_BACK) {
      this.#options.exhausted();
    }
  }
}
