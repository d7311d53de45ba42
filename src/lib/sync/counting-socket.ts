import { isUpdateFrame } from '#protocol/sync.ts';
import type { Carried } from './acknowledgements.ts';

export interface SentCounts {
  /** It is on its way, and may never open. */
  knocked(): void;
  opened(): void;
  heard(): void;
  /** What a frame given to `send` at this moment carries. */
  carriedBy(frame: Uint8Array): Carried;
  sent(frame: Uint8Array, carried: Carried): void;
  /** Bytes: larger update frames go in pieces of `piece`; none beyond `frame` is ever taken. */
  limits(): { readonly piece: number; readonly frame: number };
}

const PART: Carried = { edits: 0, isWhole: false };

/** A WebSocket that tells when it opens and what is sent on it, for y-websocket, which offers no such hook. */
export function countingSocket(Base: typeof WebSocket, counts: SentCounts): typeof WebSocket {
  return class extends Base {
    /** Update frames behind one that is being cut keep their order. */
    #queue: Promise<void> | null = null;

    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      counts.knocked();
      this.addEventListener('open', () => counts.opened());
      this.addEventListener('message', () => counts.heard());
    }

    override send(data: Parameters<WebSocket['send']>[0]): void {
      if (!(data instanceof Uint8Array) || !isUpdateFrame(data)) {
        super.send(data);
        return;
      }
      const frame = data as Uint8Array<ArrayBuffer>;
      const carried = counts.carriedBy(frame);
      if (!this.#queue && frame.length <= counts.limits().piece) this.#sendFrame(frame, carried);
      else this.#enqueue(frame, carried);
    }

    #enqueue(frame: Uint8Array<ArrayBuffer>, carried: Carried): void {
      const queue = Promise.all([this.#piecesOf(frame), this.#queue]).then(([pieces]) => {
        // only the last one completes what the whole was to carry
        pieces.forEach((piece, index) => this.#sendFrame(piece, index === pieces.length - 1 ? carried : PART));
        if (this.#queue === queue) this.#queue = null;
      });
      this.#queue = queue;
    }

    /** Few pages ever need it: its code is fetched when one does. */
    async #piecesOf(frame: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>[]> {
      const limits = counts.limits();
      if (frame.length <= limits.piece) return [frame];
      const code = await import('./pieces.ts').catch(() => null);
      if (code) return code.piecesOf(frame, limits.piece);
      if (frame.length <= limits.frame) return [frame];
      this.close(); // the network that did not bring the code may do so with the next socket
      return [];
    }

    #sendFrame(frame: Uint8Array<ArrayBuffer>, carried: Carried): void {
      if (this.readyState !== this.OPEN) return;
      counts.sent(frame, carried); // before: an answer can only come after
      super.send(frame);
    }
  };
}
