import type { IncomingMessage, ServerResponse } from 'node:http';
import { LIMITS } from '#domain/limits.ts';

const WORDS = 'Too much is on its way from here at once. Wait a moment and try again.\n';
const LEAST = LIMITS.bodyOfNobody.most; // a socket and its buffers, whatever it declares
const MOST = LIMITS.bodyOfAccount.most; // the most that anybody may send

/** Bodies that have not come whole yet: who begins a thousand and finishes none has the server's memory no more than their share. */
export class Unfinished {
  readonly #byAddress = new Map<string, number>();
  #all = 0;

  /** True when the request was answered: this address, or the server, has too much on its way already. */
  refuses(req: IncomingMessage, res: ServerResponse, address: string): boolean {
    const bytes = sizeOf(req);
    if (bytes === 0) return false;
    const own = this.#byAddress.get(address) ?? 0;
    if (own + bytes > LIMITS.unfinishedOfAddress.most || this.#all + bytes > LIMITS.unfinishedOfServer.most) {
      const type = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };
      res.writeHead(429, { ...type, 'retry-after': '10', connection: 'close' }).end(WORDS);
      return true;
    }
    this.#byAddress.set(address, own + bytes);
    this.#all += bytes;
    let isHere = false;
    const arrived = () => {
      if (isHere) return;
      isHere = true;
      this.#all -= bytes;
      const left = this.#byAddress.get(address)! - bytes;
      if (left > 0) this.#byAddress.set(address, left);
      else this.#byAddress.delete(address);
    };
    req.once('end', arrived);
    req.once('close', arrived);
    res.once('close', arrived); // once it is answered nobody keeps what still comes, and a request that is cut then says neither of these
    return false;
  }
}

/** One that does not say its length is believed to stay within what its sender may send: beyond, it is answered, and over. */
function sizeOf({ headers }: IncomingMessage): number {
  if (headers['transfer-encoding'] !== undefined) return headers.cookie ? LIMITS.bodyOfSeat.most : LEAST;
  const declared = Number(headers['content-length'] ?? 0);
  return declared > 0 ? Math.min(Math.max(declared, LEAST), MOST) : 0;
}
