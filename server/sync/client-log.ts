import type { Stretch } from '#protocol/update/scan.ts';
import { restOf } from '#protocol/update/visit.ts';
import { ByteWriter } from '#protocol/update/write.ts';

const FULL = 16_384; // bytes of a part: as much may be gone through for the place at which somebody's copy ends

interface Part {
  readonly clock: number;
  end: number;
  count: number;
  readonly structs: ByteWriter;
}

/** The structs that one client wrote, as bytes in parts: they only grow, and a place in them is found without reading them all. */
export class ClientLog {
  readonly client: number;
  readonly #parts: Part[] = [];
  #size = 0;

  constructor(client: number) {
    this.client = client;
  }

  get size(): number {
    return this.#size;
  }

  /** The next clock. */
  get end(): number {
    return this.#parts.at(-1)?.end ?? 0;
  }

  /** Throws when it does not follow. */
  add(bytes: Uint8Array, { clock, end, from, to, count }: Stretch): void {
    if (clock !== this.end) throw new Error(`client ${this.client}: ${clock} does not follow ${this.end}`);
    let part = this.#parts.at(-1);
    if (!part || part.structs.length + to - from > FULL) {
      part = { clock, end: clock, count: 0, structs: new ByteWriter(to - from) };
      this.#parts.push(part);
    }
    part.structs.copy(bytes, from, to);
    part.end = end;
    part.count += count;
    this.#size += to - from;
  }

  /** Bytes at most of what `write` writes of structs. */
  sizeSince(since: number): number {
    const first = this.#partOf(since);
    if (first === 0) return this.#size;
    let size = 0;
    for (let index = first; index < this.#parts.length; index += 1) size += this.#parts[index]!.structs.length;
    return size;
  }

  /**
   * What lies from this clock on, with the whole struct in which it is: how many structs, their first clock, and the rest. Where one
   * need not be exact, it begins somewhat earlier and nothing is gone through. Returns how many bytes were.
   */
  write(out: ByteWriter, since: number, isExact: boolean): number {
    let first = this.#partOf(since);
    const part = this.#parts[first]!;
    const { clock, from, to, count } = this.#restOf(part, isExact ? since : part.clock);
    const bytes = part.structs.toUint8Array();
    let all = count;
    for (let index = first + 1; index < this.#parts.length; index += 1) all += this.#parts[index]!.count;
    out.uint(all);
    out.uint(this.client);
    out.uint(clock);
    out.copy(bytes, from, to);
    for (first += 1; first < this.#parts.length; first += 1) out.append(this.#parts[first]!.structs);
    return from;
  }

  #restOf({ clock, end, count, structs }: Part, since: number): Stretch {
    const stretch = { client: this.client, clock, end, from: 0, to: structs.length, count };
    return since > clock ? restOf(structs.toUint8Array(), stretch, since) : stretch;
  }

  /** Index of the one in which the clock lies. */
  #partOf(clock: number): number {
    let low = 0;
    let high = this.#parts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.#parts[middle]!.clock <= clock) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
