import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { DURABLE, isUpdateFrame } from '#protocol/sync.ts';
import type { Seeded } from './seeded.ts';
import { WsFrames, type WsFrame } from './ws-frames.ts';

/** What happens to one direction. `held` bytes arrive when it is over, as TCP repeats them; `swallowed` ones never do. */
export type Passage =
  | { readonly kind: 'open' }
  | { readonly kind: 'held' }
  | { readonly kind: 'swallowed' }
  | { readonly kind: 'delayed'; readonly ms: number }
  /** Whole frames are lost: of edits on the way up, of acknowledgements on the way down. */
  | { readonly kind: 'lossy'; readonly rate: number };

export const OPEN: Passage = { kind: 'open' };

type Way = 'up' | 'down';

/** One person's network: a TCP proxy before the server that knows where WebSocket frames begin and end. */
export class BadNetwork {
  readonly #server = createServer((socket) => this.#accept(socket));
  readonly #random: Seeded;
  readonly #port: () => number;
  readonly #lines = new Set<Line>();
  readonly passage: Record<Way, Passage> = { up: OPEN, down: OPEN };
  /** Faults that something ran into: frames lost, chunks held or swallowed, connections torn. */
  readonly hits = { lostUp: 0, lostDown: 0, held: 0, swallowed: 0, delayed: 0, torn: 0 };

  /** `port`: of the server, asked for each connection. */
  constructor(port: () => number, random: Seeded) {
    this.#port = port;
    this.#random = random;
  }

  async open(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}/sync`;
  }

  /** Everything passes again. Connections with a hole in their stream are torn; those that lost whole frames live on. */
  heal(): void {
    Object.assign(this.passage, { up: OPEN, down: OPEN });
    for (const line of this.#lines) {
      if (line.isBroken) this.#tear(line);
      else line.flush();
    }
  }

  /** As when the Wi-Fi is changed. */
  tear(): void {
    for (const line of this.#lines) this.#tear(line);
  }

  async close(): Promise<void> {
    for (const line of this.#lines) line.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #tear(line: Line): void {
    this.hits.torn += 1;
    line.destroy();
  }

  #accept(client: Socket): void {
    const line = new Line(client, connect(this.#port(), '127.0.0.1'), (way, chunk) => this.#pass(line, way, chunk));
    this.#lines.add(line);
    client.once('close', () => {
      line.destroy();
      this.#lines.delete(line);
    });
  }

  #pass(line: Line, way: Way, chunk: Buffer): void {
    const passage = this.passage[way];
    const frames = line.frames[way].take(chunk);
    switch (passage.kind) {
      case 'open':
        return line.send(way, chunk);
      case 'held':
        this.hits.held += 1;
        return line.hold(way, chunk);
      case 'swallowed':
        this.hits.swallowed += 1;
        line.isBroken = true;
        return;
      case 'delayed':
        this.hits.delayed += 1;
        return line.send(way, chunk, passage.ms);
      case 'lossy':
        return this.#passSome(line, way, chunk, frames, passage.rate);
    }
  }

  #passSome(line: Line, way: Way, chunk: Buffer, frames: readonly WsFrame[], rate: number): void {
    // a frame that comes in several chunks passes: what went ahead of it cannot be taken back
    const isWhole = frames.reduce((sum, { bytes }) => sum + bytes.length, 0) === chunk.length;
    if (!isWhole) return line.send(way, chunk);
    const kept = frames.filter(({ payload }) => {
      const counts = way === 'up' ? isUpdateFrame(payload) : payload[0] === DURABLE;
      return !counts || this.#random.next() >= rate;
    });
    this.hits[way === 'up' ? 'lostUp' : 'lostDown'] += frames.length - kept.length;
    if (kept.length > 0) line.send(way, Buffer.concat(kept.map(({ bytes }) => bytes)));
  }
}

/** One connection through the proxy. */
class Line {
  readonly #ends: Record<Way, Socket>;
  readonly frames: Record<Way, WsFrames> = { up: new WsFrames(), down: new WsFrames() };
  readonly #held: { way: Way; chunk: Buffer }[] = [];
  /** In order: none overtakes another. */
  readonly #delayed: Record<Way, { readonly chunk: Buffer; readonly at: number }[]> = { up: [], down: [] };
  isBroken = false;

  constructor(client: Socket, server: Socket, pass: (way: Way, chunk: Buffer) => void) {
    this.#ends = { up: server, down: client };
    client.on('data', (chunk) => pass('up', chunk));
    server.on('data', (chunk) => pass('down', chunk));
    for (const end of [client, server]) end.setNoDelay(true).on('error', () => this.destroy());
    server.once('close', () => client.end());
  }

  send(way: Way, chunk: Buffer, ms = 0): void {
    const delayed = this.#delayed[way];
    delayed.push({ chunk, at: performance.now() + ms });
    if (delayed.length === 1) this.#deliver(way);
  }

  #deliver(way: Way): void {
    const delayed = this.#delayed[way];
    for (let next = delayed[0]; next; next = delayed[0]) {
      const wait = next.at - performance.now();
      if (wait > 0) return void setTimeout(() => this.#deliver(way), wait);
      delayed.shift();
      const end = this.#ends[way];
      if (!end.destroyed) end.write(next.chunk);
    }
  }

  hold(way: Way, chunk: Buffer): void {
    this.#held.push({ way, chunk });
  }

  flush(): void {
    for (const { way, chunk } of this.#held.splice(0)) this.send(way, chunk);
  }

  destroy(): void {
    for (const end of Object.values(this.#ends)) end.destroy();
  }
}
