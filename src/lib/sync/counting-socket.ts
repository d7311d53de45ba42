import { isUpdateFrame } from '#protocol/sync.ts';
import type { Carried } from './acknowledgements.ts';

export interface SentCounts {
  opened(): void;
  heard(): void;
  /** What a frame given to `send` at this moment carries. */
  carriedBy(frame: Uint8Array): Carried;
  sent(frame: Uint8Array, carried: Carried): void;
  /** Bytes; a larger update frame goes in pieces. */
  largest(): number;
}

const PART: Carried = { edits: 0, isWhole: false };

/** A WebSocket that tells when it opens and what is sent on it, for y-websocket, which offers no such hook. */
export function countingSocket(Base: typeof WebSocket, counts: SentCounts): typeof WebSocket {
  return class extends Base {
    /** Update frames behind one that is being cut keep their order. */
    #queue: Promise<void> | null = null;

    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
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
      if (!this.#queue && frame.length <= counts.largest()) this.#sendFrame(frame, carried);
      else this.#enqueue(frame, carried);
    }

    #enqueue(frame: Uint8Array<ArrayBuffer>, carried: Carried): void {
      const pieces = frame.length > counts.largest() ? piecesOf(frame, counts.largest()) : [frame];
      const before = this.#queue;
      const queue = Promise.all([pieces, before]).then(([pieces]) => {
        // only the last one completes what the whole was to carry
        pieces.forEach((piece, index) => this.#sendFrame(piece, index === pieces.length - 1 ? carried : PART));
        if (this.#queue === queue) this.#queue = null;
      });
      this.#queue = queue;
    }

    #sendFrame(frame: Uint8Array<ArrayBuffer>, carried: Carried): void {
      if (this.readyState !== this.OPEN) return;
      counts.sent(frame, carried); // before: an answer can only come after
      super.send(frame);
    }
  };
}

/** Few pages ever need it: its code is fetched when one does. What cannot be cut is offered whole. */
function piecesOf(frame: Uint8Array<ArrayBuffer>, largest: number): Promise<Uint8Array<ArrayBuffer>[]> {
  return import('./pieces.ts').then(({ pieces }) => pieces(frame, largest)).catch(() => [frame]);
}
