import type { IncomingMessage, ServerResponse } from 'node:http';
import { LIMITS } from '#domain/limits.ts';
import { turnAway } from './doors.ts';

const WORDS = 'Too much is on its way from here at once. Wait a moment and try again.\n';
const TOO_SLOW = 'This came too slowly while others were waiting. Try again.\n';
const LEAST = LIMITS.bodyOfNobody.most; // a socket and its buffers, whatever it declares
const MOST = LIMITS.bodyOfAccount.most; // the most that anybody may send
const COMPARED = 32; // of the oldest; all would be work that whoever begins thousands makes for everybody
const HEAD_START = 1_000; // bytes: a form whose words come with the next packet has not been slow yet

interface Body {
  readonly bytes: number;
  readonly since: number;
  readonly readBefore: number;
  readonly req: IncomingMessage;
  readonly leave: () => void;
}

/**
 * Bodies that have not come whole yet: who begins a thousand and finishes none has the server's memory no more than their share, and
 * keeps nobody out. Whoever comes has a place, and the body that brings least for the room it takes loses its own.
 */
export class Unfinished {
  readonly #everywhere = new Bodies();
  readonly #byAddress = new Map<string, Bodies>();

  /** True when the request was answered: this address, or the server, has too much on its way that is not slow. */
  refuses(req: IncomingMessage, res: ServerResponse, address: string): boolean {
    const bytes = sizeOf(req);
    if (bytes === 0) return false;
    const own = this.#byAddress.get(address) ?? new Bodies();
    if (
      !own.makeRoom(LIMITS.unfinishedOfAddress.most - bytes) ||
      !this.#everywhere.makeRoom(LIMITS.unfinishedOfServer.most - bytes)
    ) {
      const type = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };
      res.writeHead(429, { ...type, 'retry-after': '10', connection: 'close' }).end(WORDS);
      return true;
    }
    const leave = () => {
      this.#everywhere.delete(body);
      own.delete(body);
      if (own.isEmpty && this.#byAddress.get(address) === own) this.#byAddress.delete(address);
    };
    const body: Body = { bytes, since: performance.now(), readBefore: req.socket.bytesRead, req, leave };
    this.#byAddress.set(address, own);
    this.#everywhere.add(body);
    own.add(body);
    req.once('end', leave);
    req.once('close', leave);
    res.once('close', leave); // once it is answered nobody keeps what still comes, and a request that is cut then says neither of these
    return false;
  }
}

class Bodies {
  readonly #bodies = new Set<Body>(); // the oldest first
  #bytes = 0;

  get isEmpty(): boolean {
    return this.#bodies.size === 0;
  }

  add(body: Body): void {
    this.#bodies.add(body);
    this.#bytes += body.bytes;
  }

  delete(body: Body): void {
    if (this.#bodies.delete(body)) this.#bytes -= body.bytes;
  }

  /** Ends the slowest until no more than these bytes are left. False when what is left is the server's to read. */
  makeRoom(most: number): boolean {
    while (this.#bytes > most) {
      const slowest = this.#slowest();
      if (!slowest) return false;
      slowest.leave();
      turnAway(slowest.req.socket, '408 Request Timeout', TOO_SLOW);
    }
    return true;
  }

  #slowest(): Body | undefined {
    const now = performance.now();
    let slowest: Body | undefined;
    let least = Infinity;
    let compared = 0;
    for (const body of this.#bodies) {
      if (body.req.complete) continue; // all of it is here, and not read yet
      const came = body.req.socket.bytesRead - body.readBefore + HEAD_START;
      const worth = came / (body.bytes * (now - body.since + 1));
      if (worth < least) [slowest, least] = [body, worth];
      compared += 1;
      if (compared === COMPARED) break;
    }
    return slowest;
  }
}

/** One that does not say its length is believed to stay within what its sender may send: beyond, it is answered, and over. */
function sizeOf({ headers }: IncomingMessage): number {
  if (headers['transfer-encoding'] !== undefined) return headers.cookie ? LIMITS.bodyOfSeat.most : LEAST;
  const declared = Number(headers['content-length'] ?? 0);
  return declared > 0 ? Math.min(Math.max(declared, LEAST), MOST) : 0;
}
