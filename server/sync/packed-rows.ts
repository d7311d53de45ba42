const FIRST_SIZE = 1_024; // bytes

/** Small byte strings end to end in one buffer: thousands of them are nothing to the garbage collector. */
export class PackedRows {
  #bytes = new Uint8Array(0);
  #size = 0;
  #ends: number[] = [];

  /** Bytes of all rows. */
  get size(): number {
    return this.#size;
  }

  get length(): number {
    return this.#ends.length;
  }

  push(row: Uint8Array): void {
    const end = this.#size + row.length;
    if (end > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(FIRST_SIZE, this.#bytes.length * 2, end));
      larger.set(this.#bytes.subarray(0, this.#size));
      this.#bytes = larger;
    }
    this.#bytes.set(row, this.#size);
    this.#size = end;
    this.#ends.push(end);
  }

  /** Views, from one row on: they are not to be written to. */
  *rows(first = 0): Generator<Uint8Array> {
    for (let index = first; index < this.#ends.length; index += 1) {
      yield this.#bytes.subarray(this.#ends[index - 1] ?? 0, this.#ends[index]);
    }
  }

  clear(): void {
    this.#bytes = new Uint8Array(0);
    this.#size = 0;
    this.#ends = [];
  }
}
