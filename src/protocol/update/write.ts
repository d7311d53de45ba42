import type { DeleteRange, Section } from './scan.ts';

/** Structs of one client to be written, from pieces of other updates: their clocks follow each other without a gap. */
export interface Run {
  readonly client: number;
  readonly clock: number;
  end: number;
  count: number;
  readonly pieces: Uint8Array[];
}

/** Gathers structs as bytes and writes them as one update, without decoding a single content. */
export class UpdateWriter {
  readonly #runs = new Map<number, Run>();
  readonly #deletes = new Map<number, DeleteRange[]>();
  #size = 0;

  /** About how many bytes it will come to. */
  get size(): number {
    return this.#size;
  }

  /** Adds a section's structs from number `first` up to, not including, `last`. Throws when they do not follow what is there. */
  add(bytes: Uint8Array, section: Section, first = 0, last = section.structs.length): void {
    const { client, structs } = section;
    const clock = structs[first]!.clock;
    const end = structs[last]?.clock ?? section.end;
    const piece = bytes.subarray(structs[first]!.at, structs[last]?.at ?? section.to);
    const run = this.#runs.get(client);
    if (!run) this.#runs.set(client, { client, clock, end, count: last - first, pieces: [piece] });
    else if (run.end === clock) {
      run.end = end;
      run.count += last - first;
      run.pieces.push(piece);
    } else throw new Error(`structs ${clock} of client ${client} do not follow ${run.end}`);
    this.#size += piece.length + (run ? 0 : 16);
  }

  delete(range: DeleteRange): void {
    const ranges = this.#deletes.get(range.client);
    if (ranges) ranges.push(range);
    else this.#deletes.set(range.client, [range]);
    this.#size += 10;
  }

  toUint8Array(): Uint8Array {
    // higher ids first, as Yjs writes them: its algorithm has fewer conflicts then
    const runs = [...this.#runs.values()].sort((one, other) => other.client - one.client);
    const deletes = [...this.#deletes]
      .sort(([one], [other]) => other - one)
      .map(([client, ranges]) => ({ client, ranges: united(ranges) }));
    const out = new ByteWriter();
    out.uint(runs.length);
    for (const { client, clock, count, pieces } of runs) {
      out.uint(count);
      out.uint(client);
      out.uint(clock);
      for (const piece of pieces) out.bytes(piece);
    }
    out.uint(deletes.length);
    for (const { client, ranges } of deletes) {
      out.uint(client);
      out.uint(ranges.length);
      for (const { clock, length } of ranges) {
        out.uint(clock);
        out.uint(length);
      }
    }
    return out.toUint8Array();
  }
}

/** In order, without overlaps or seams. */
function united(ranges: readonly DeleteRange[]): DeleteRange[] {
  if (ranges.length === 1) return [...ranges];
  const united: DeleteRange[] = [];
  for (const range of ranges.toSorted((one, other) => one.clock - other.clock)) {
    const last = united.at(-1);
    if (last && range.clock <= last.clock + last.length) {
      const length = Math.max(last.length, range.clock + range.length - last.clock);
      united[united.length - 1] = { ...last, length };
    } else united.push(range);
  }
  return united;
}

const FIRST_SIZE = 256; // bytes: most updates are a keystroke

class ByteWriter {
  #buffer = new Uint8Array(FIRST_SIZE);
  #at = 0;

  uint(value: number): void {
    this.#reserve(8);
    while (value > 0x7f) {
      this.#buffer[this.#at++] = 0x80 | (value % 0x80);
      value = Math.floor(value / 0x80);
    }
    this.#buffer[this.#at++] = value;
  }

  bytes(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#buffer.set(bytes, this.#at);
    this.#at += bytes.length;
  }

  toUint8Array(): Uint8Array {
    return this.#buffer.subarray(0, this.#at);
  }

  #reserve(length: number): void {
    if (this.#at + length <= this.#buffer.length) return;
    const larger = new Uint8Array(Math.max(this.#buffer.length * 2, this.#at + length));
    larger.set(this.#buffer.subarray(0, this.#at));
    this.#buffer = larger;
  }
}
