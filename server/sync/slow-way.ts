import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { LIMITS } from '#domain/limits.ts';
import { MOST_HELD } from '#protocol/slow-way.ts';
import { guarded } from '#server/process/boundary.ts';
import type { PeerSocket } from './peer.ts';
import { closeFrame, framed } from './ws-frame.ts';

const MOST_IN_ANSWER = LIMITS.answerOfSlowWay.most; // bytes
const FAREWELL = 10_000; // ms in which the last word may be fetched

/**
 * A connection that is made of plain requests: to the peer a WebSocket, and the stream below it. What it says are the very bytes that
 * a WebSocket would carry; they are kept until the other side has them, so that an answer that was lost is given again.
 */
export class SlowWay extends EventEmitter implements PeerSocket {
  readonly OPEN = 1;
  readyState = 1;
  /** For whoever counts open sockets. */
  destroyed = false;
  isPaused = false;
  #batches = 0;
  #said: Uint8Array[] = [];
  /** Place of the first byte that is kept. */
  #from = 0;
  #length = 0;
  #taking: { readonly res: ServerResponse; readonly timer: NodeJS.Timeout } | null = null;
  #isSaying = false;
  readonly #waitingToGive = new Set<() => void>();

  get writableLength(): number {
    return this.#length;
  }

  write(bytes: Uint8Array): boolean {
    if (this.destroyed) return false;
    this.#said.push(bytes);
    this.#length += bytes.length;
    if (this.#taking && !this.#isSaying) {
      this.#isSaying = true;
      setImmediate(guarded('a slow way said nothing', () => this.#say())); // with what else is said in this turn
    }
    return true;
  }

  send(message: Uint8Array): void {
    this.write(framed(message));
  }

  /** Whoever listens comes again, and is heard by it. */
  ping(): void {
    this.#letGo(204);
  }

  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    this.isPaused = false;
    this.#wake();
  }

  close(code: number, reason: string): void {
    if (this.readyState !== this.OPEN) return;
    this.write(closeFrame(code, reason));
    this.readyState = 2;
    setTimeout(() => this.terminate(), FAREWELL).unref();
    this.#wake();
  }

  terminate(): void {
    this.destroy();
  }

  destroy(): this {
    if (this.destroyed) return this;
    this.destroyed = true;
    this.readyState = 3;
    this.#said = [];
    this.#length = 0;
    this.#letGo(410);
    this.#wake();
    setImmediate(guarded('a slow way was not closed', () => this.emit('close')));
    return this;
  }

  /** False when it asks for bytes that were never said, or were said to have come. */
  take(from: number, hold: number, res: ServerResponse): boolean {
    if (!this.#has(from)) return false;
    this.emit('pong');
    this.#letGo(204); // an answer to which nobody listens any more
    if (this.readyState === 2 && this.#length === 0) {
      answer(res, 410);
      this.destroy();
      return true;
    }
    const timer = setTimeout(() => this.#letGo(204), Math.max(1, Math.min(hold, MOST_HELD)));
    const taking = { res, timer };
    this.#taking = taking;
    res.once('close', () => {
      clearTimeout(timer);
      if (this.#taking === taking) this.#taking = null;
    });
    if (this.#length > 0) this.#say();
    return true;
  }

  /** What was said before `from` has come. */
  #has(from: number): boolean {
    if (from < this.#from || from > this.#from + this.#length) return false;
    let left = from - this.#from;
    this.#from = from;
    this.#length -= left;
    let whole = 0;
    for (; whole < this.#said.length && this.#said[whole]!.length <= left; whole += 1)
      left -= this.#said[whole]!.length;
    this.#said.splice(0, whole);
    if (left > 0) this.#said[0] = this.#said[0]!.subarray(left);
    return true;
  }

  /** Whether a batch is the next one. Taken already is fine, later than the next is not. */
  expects(batch: number): 'next' | 'taken' | 'never' {
    return batch === this.#batches + 1 ? 'next' : batch >= 1 && batch <= this.#batches ? 'taken' : 'never';
  }

  give(frames: readonly Uint8Array[]): void {
    this.#batches += 1;
    for (const frame of frames) if (this.readyState === this.OPEN) this.emit('message', frame, true);
  }

  /** Resolves when more may be given; whoever sends too fast waits for it. */
  mayGive(): Promise<void> {
    if (!this.isPaused || this.readyState !== this.OPEN) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#waitingToGive.delete(done);
        resolve();
      };
      const timer = setTimeout(done, MOST_HELD);
      this.#waitingToGive.add(done);
    });
  }

  #wake(): void {
    for (const done of [...this.#waitingToGive]) done();
  }

  #say(): void {
    this.#isSaying = false;
    const { res, timer } = this.#taking ?? {};
    if (!res || this.#length === 0) return;
    this.#taking = null;
    clearTimeout(timer);
    const pieces: Uint8Array[] = [];
    let length = 0;
    for (const bytes of this.#said) {
      const piece = bytes.subarray(0, MOST_IN_ANSWER - length);
      pieces.push(piece);
      length += piece.length;
      if (length === MOST_IN_ANSWER) break;
    }
    answer(res, 200, Buffer.concat(pieces));
  }

  #letGo(status: number): void {
    const taking = this.#taking;
    this.#taking = null;
    if (!taking) return;
    clearTimeout(taking.timer);
    answer(taking.res, status);
  }
}

export function answer(res: ServerResponse, status: number, body?: Buffer | string): void {
  if (res.destroyed || res.writableEnded) return;
  const type = typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/octet-stream';
  res.writeHead(status, { 'cache-control': 'no-store', ...(body && { 'content-type': type }) }).end(body);
}
