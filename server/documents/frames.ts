import { serialize } from 'node:v8';

const HEAD = 4; // bytes of a length

/** A value as bytes behind their length; in two, so that large bytes are not copied again. */
export function framed(value: unknown): readonly [Buffer, Buffer] {
  const bytes = serialize(value);
  const head = Buffer.allocUnsafe(HEAD);
  head.writeUInt32LE(bytes.length);
  return [head, bytes];
}

/** Puts together what arrives in pieces; the pieces of one large value are joined once. */
export class Frames {
  readonly #found: (bytes: Buffer) => void;
  #pieces: Buffer[] = [];
  #length = 0;
  #wanted: number | null = null;

  constructor(found: (bytes: Buffer) => void) {
    this.#found = found;
  }

  push(piece: Buffer): void {
    this.#pieces.push(piece);
    this.#length += piece.length;
    for (;;) {
      if (this.#wanted === null && this.#length >= HEAD) this.#wanted = this.#take(HEAD).readUInt32LE();
      if (this.#wanted === null || this.#length < this.#wanted) return;
      const bytes = this.#take(this.#wanted);
      this.#wanted = null;
      this.#found(bytes);
    }
  }

  #take(length: number): Buffer {
    const all = this.#pieces.length === 1 ? this.#pieces[0]! : Buffer.concat(this.#pieces);
    const rest = all.subarray(length);
    this.#pieces = rest.length > 0 ? [rest] : [];
    this.#length = rest.length;
    return all.subarray(0, length);
  }
}
