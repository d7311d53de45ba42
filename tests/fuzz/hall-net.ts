import { createServer, type IncomingMessage } from 'node:http';
import { Duplex } from 'node:stream';
import { WebSocket } from 'ws';

type Upgrade = (req: IncomingMessage, socket: Duplex, head: Buffer) => void;

/**
 * HTTP and web sockets without TCP: bytes go from one stream to the other in this process, so that a test decides when.
 * Within a connection they keep their order; each direction of each connection can be held and released on its own.
 */
export class HallNet {
  readonly #server = createServer();
  readonly #links = new Set<Link>();

  constructor(upgrade: Upgrade) {
    this.#server.on('upgrade', upgrade);
  }

  /** A connection that nobody speaks on yet. */
  link(): Link {
    const link = new Link();
    this.#links.add(link);
    link.far.once('close', () => this.#links.delete(link));
    this.#server.emit('connection', link.far);
    return link;
  }

  /** A web socket of ours over a connection of its own. */
  open(url: string, headers: Record<string, string> = {}): { socket: WebSocket; link: Link } {
    const link = this.link();
    const socket = new WebSocket(url, {
      headers,
      perMessageDeflate: false,
      createConnection: (() => link.near) as never,
    });
    return { socket, link };
  }

  /** Tears every connection, as a server that is gone does. */
  tear(): void {
    for (const link of this.#links) link.tear();
  }
}

/** Two ends of one connection. */
export class Link {
  readonly near = new End();
  readonly far = new End();

  constructor() {
    this.near.other = this.far;
    this.far.other = this.near;
  }

  /** What the near end sends, or hears, waits until it is released. */
  hold(direction: 'up' | 'down'): void {
    this.#sender(direction).isHeld = true;
  }

  release(direction: 'up' | 'down'): void {
    this.#sender(direction).letGo();
  }

  tear(): void {
    this.near.destroy();
    this.far.destroy();
  }

  #sender(direction: 'up' | 'down'): End {
    return direction === 'up' ? this.near : this.far;
  }
}

class End extends Duplex {
  other!: End;
  isHeld = false;
  readonly #waiting: (() => void)[] = [];

  /** What http and ws ask of a socket. */
  setTimeout(): this {
    return this;
  }
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }

  letGo(): void {
    this.isHeld = false;
    for (const carry of this.#waiting.splice(0)) carry();
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#carry(() => {
      if (!this.other.destroyed) this.other.push(chunk);
      done();
    });
  }

  override _final(done: () => void): void {
    this.#carry(() => {
      if (!this.other.destroyed) this.other.push(null);
      done();
    });
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#waiting.length = 0;
    setImmediate(() => this.other.destroy());
    done(error);
  }

  #carry(carry: () => void): void {
    if (this.isHeld) this.#waiting.push(carry);
    else carry();
  }
}
