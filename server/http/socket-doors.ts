import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ForumId } from '#domain/ids.ts';
import type { Admitted } from '#server/auth/passes.ts';
import { OpenSockets, type Channel, type Place } from './open-sockets.ts';

type SeatOf = (req: IncomingMessage, forum: ForumId) => Promise<Admitted | null>;

/** What has a place while it is open: a socket, or a connection that is made of requests. */
export interface Placed {
  readonly destroyed: boolean;
  once(event: 'close', listener: () => void): unknown;
}

/** Both doors for sockets: a place is taken before anything is done for whoever knocks, and given back when the socket is closed. */
export class SocketDoors {
  readonly #open = new OpenSockets();
  readonly #places = new WeakMap<IncomingMessage, { readonly place: Place; readonly refuse: () => void }>();
  readonly #admit: SeatOf;

  constructor(admit: SeatOf) {
    this.#admit = admit;
  }

  /** False: there is no place, and the answer says so. */
  enter(req: IncomingMessage, placed: Placed, refuse: () => void): boolean {
    const place = this.#open.take(req.socket.remoteAddress ?? '');
    if (!place) {
      refuse();
      return false;
    }
    this.#places.set(req, { place, refuse });
    if (placed.destroyed) place.leave();
    else placed.once('close', () => place.leave());
    return true;
  }

  /** Who comes, unless their seat or forum has all the sockets it may. */
  seatOf(
    channel: Channel,
  ): (req: IncomingMessage, forum: ForumId) => Promise<(Admitted & { isCrowded: boolean }) | null> {
    return async (req, forum) => {
      const admitted = await this.#admit(req, forum);
      const entry = this.#places.get(req);
      if (!admitted || !entry) return null;
      const room = entry.place.sit(admitted.seatId, forum, channel);
      // What only y-websocket hears is that it was refused; the page says why on the live channel.
      if (room === 'free' || (room === 'crowded' && channel === 'live')) {
        return { ...admitted, isCrowded: room === 'crowded' };
      }
      admitted.pass?.letGo();
      entry.refuse();
      return null;
    };
  }
}

const WORDS = 'Too many connections are open for this seat or from here. Close other tabs and try again.';

export function refuseUpgrade(socket: Duplex): void {
  if (socket.destroyed || !socket.writable) return;
  const head = `HTTP/1.1 429 Too Many Requests\r\nRetry-After: 10\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8`;
  socket.end(`${head}\r\nContent-Length: ${Buffer.byteLength(WORDS)}\r\n\r\n${WORDS}`, () => socket.destroy());
}

export function refuseRequest(res: ServerResponse): void {
  if (res.headersSent || res.destroyed) return;
  res.writeHead(429, { 'retry-after': '10', 'content-type': 'text/plain; charset=utf-8' }).end(WORDS);
}
