import { reach } from '#lib/shell/reach.ts';
import { RequestSocket } from './request-socket.ts';

const LOOK_BACK = 60_000; // ms between two looks whether a WebSocket goes through by now
const FIRST_WORD = 8_000; // ms

export interface Ways {
  /** As the next socket would be opened. */
  readonly url: () => string;
  /** Takes this class of sockets from now on; null: the browser's WebSocket. */
  readonly take: (way: typeof WebSocket | null) => void;
}

/**
 * Which way frames go when sockets come to nothing. Twice, with the server answering plain requests between: then it is the network that lets
 * no WebSocket through, and the slow way is taken until one does. A way that comes to nothing itself is left for the other.
 */
export class WayChooser {
  readonly #ways: Ways;
  #isSlow = false;
  #isServerThere = false;
  #isAsking = false;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #isStopped = false;

  constructor(ways: Ways) {
    this.#ways = ways;
    addEventListener('online', this.#lookBack);
  }

  /** A socket has brought the document. */
  worked(): void {
    this.#isServerThere = false;
  }

  /** A socket was closed, or was silent, before it had brought anything. */
  async failed(): Promise<void> {
    if (this.#isSlow) return this.#take(false);
    if (this.#isServerThere) return this.#take(true);
    if (this.#isAsking) return;
    this.#isAsking = true;
    this.#isServerThere = (await reach()) === 'server';
    this.#isAsking = false;
  }

  stop(): void {
    this.#isStopped = true;
    removeEventListener('online', this.#lookBack);
    if (this.#timer) clearTimeout(this.#timer);
  }

  #take(isSlow: boolean): void {
    if (this.#isStopped) return;
    this.#isSlow = isSlow;
    this.#isServerThere = false;
    if (this.#timer) clearTimeout(this.#timer);
    if (isSlow) this.#lookLater();
    this.#ways.take(isSlow ? (RequestSocket as unknown as typeof WebSocket) : null);
  }

  #lookLater(): void {
    this.#timer = setTimeout(this.#lookBack, LOOK_BACK * (0.8 + Math.random() * 0.4));
  }

  readonly #lookBack = async () => {
    if (!this.#isSlow || this.#isStopped) return;
    if (this.#timer) clearTimeout(this.#timer);
    const isThrough = await saysSomething(this.#ways.url());
    if (!this.#isSlow || this.#isStopped) return;
    if (isThrough) this.#take(false);
    else this.#lookLater();
  };
}

/** Whether a WebSocket to there opens and brings the server's first word. */
function saysSomething(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url);
    const done = (isThrough: boolean) => {
      clearTimeout(timer);
      socket.onmessage = socket.onclose = null;
      socket.close();
      resolve(isThrough);
    };
    const timer = setTimeout(() => done(false), FIRST_WORD);
    socket.onmessage = () => done(true);
    socket.onclose = () => done(false);
  });
}
