import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';

/** Somebody whose edits are counted. `sentAt[clock]` is when the edit of that clock was sent. */
export interface Writer {
  readonly client: number;
  sent: number;
  readonly sentAt: number[];
}

/** What a frame says about a writer: it holds everything before `clock`. */
export interface News {
  readonly writer: number;
  readonly clock: number;
}

const REMEMBERED = 16; // frames: the same one arrives at everybody within a moment

/** One document as the load sees it: who writes on it, and what each distinct frame holds, read once for all its receivers. */
export class Board {
  readonly document: string;
  readonly writers: Writer[] = [];
  readonly #byClient = new Map<number, number>();
  readonly #read: { bytes: Buffer; news: readonly News[] }[] = [];
  #next = 0;

  constructor(document: string) {
    this.document = document;
  }

  add(writer: Writer): number {
    this.#byClient.set(writer.client, this.writers.length);
    return this.writers.push(writer) - 1;
  }

  /** `[0 or 4][1 or 2][update]`. */
  news(frame: Buffer): readonly News[] {
    for (let back = 1; back <= this.#read.length; back += 1) {
      const known = this.#read[(this.#next - back + REMEMBERED) % REMEMBERED];
      if (known && known.bytes.length === frame.length && known.bytes.equals(frame)) return known.news;
    }
    const bytes = Buffer.from(frame);
    const news = this.#parse(bytes);
    this.#read[this.#next] = { bytes, news };
    this.#next = (this.#next + 1) % REMEMBERED;
    return news;
  }

  #parse(bytes: Buffer): News[] {
    const decoder = decoding.createDecoder(bytes);
    decoding.readVarUint(decoder);
    decoding.readVarUint(decoder);
    const { to } = Y.parseUpdateMeta(decoding.readVarUint8Array(decoder));
    return [...to].flatMap(([client, clock]) => {
      const writer = this.#byClient.get(client);
      return writer === undefined ? [] : { writer, clock };
    });
  }
}
