import type { WebSocket } from 'ws';
import { Credits } from './credits.ts';

const BYTES = { perSecond: 256_000, burst: 8_000_000 };
const UPDATES = { perSecond: 50, burst: 400 };
const AWARENESS = { perSecond: 200, burst: 1_000 }; // stock clients echo what they hear

/** How fast one socket is read. Whoever sends too fast is not read for a while: nothing is lost, it only waits. */
export class Throttle {
  readonly #socket: Pick<WebSocket, 'isPaused' | 'pause' | 'resume'>;
  readonly #clock: () => number;
  readonly #bytes: Credits;
  readonly #updates: Credits;
  readonly #awareness: Credits;

  constructor(socket: Pick<WebSocket, 'isPaused' | 'pause' | 'resume'>, clock: () => number) {
    this.#socket = socket;
    this.#clock = clock;
    const now = clock();
    this.#bytes = new Credits(BYTES, now);
    this.#updates = new Credits(UPDATES, now);
    this.#awareness = new Credits(AWARENESS, now);
  }

  bytes(length: number): void {
    if (!this.#bytes.spend(length, this.#clock())) this.#pause(this.#bytes.wait);
  }

  update(): void {
    if (!this.#updates.spend(1, this.#clock())) this.#pause(this.#updates.wait);
  }

  /** False when it is to be left out: of cursors only the latest matters, and another follows. */
  awareness(): boolean {
    return this.#awareness.spend(1, this.#clock());
  }

  #pause(wait: number): void {
    if (this.#socket.isPaused) return;
    this.#socket.pause();
    setTimeout(() => this.#socket.resume(), wait).unref();
  }
}
