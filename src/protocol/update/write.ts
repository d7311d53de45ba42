import { scanStored, type DeleteRange, type ScannedUpdate, type Section, type Stretch, type Struct } from './scan.ts';

// bytes at most
const COUNTS = 10; // of clients with structs, and with deletions
export const HEADER = 16; // of a client: its id, how many follow, the first clock
export const RANGE = 10; // a clock and a length

/** Structs of one client to be written, copied from other updates: their clocks follow each other without a gap. */
interface Run {
  readonly client: number;
  readonly clock: number;
  end: number;
  count: number;
  readonly structs: ByteWriter;
}

/** Gathers structs as bytes and writes them as one update, without decoding a single content. */
export class UpdateWriter {
  readonly #runs = new Map<number, Run>();
  readonly #deletes = new Map<number, DeleteRange[]>();
  #size = COUNTS;

  /** It will come to so many bytes at most. */
  get size(): number {
    return this.#size;
  }

  /** Adds a section's structs from number `first` up to, not including, `last`. Throws when they do not follow what is there. */
  add(bytes: Uint8Array, section: Section, first = 0, last = section.structs.length): void {
    const { client, structs } = section;
    this.addAll(bytes, {
      client,
      clock: structs[first]!.clock,
      end: structs[last]?.clock ?? section.end,
      from: structs[first]!.at,
      to: structs[last]?.at ?? section.to,
      count: last - first,
    });
  }

  /** Adds all structs of a stretch. Throws when they do not follow what is there. */
  addAll(bytes: Uint8Array, { client, clock, end, from, to, count }: Stretch): void {
    let run = this.#runs.get(client);
    if (!run) {
      this.#runs.set(client, (run = { client, clock, end: clock, count: 0, structs: new ByteWriter() }));
      this.#size += HEADER;
    }
    if (run.end !== clock) throw new Error(`structs ${clock} of client ${client} do not follow ${run.end}`);
    run.end = end;
    run.count += count;
    run.structs.copy(bytes, from, to);
    this.#size += to - from;
  }

  delete(range: DeleteRange): void {
    const ranges = this.#deletes.get(range.client);
    if (ranges) ranges.push(range);
    else {
      this.#deletes.set(range.client, [range]);
      this.#size += HEADER;
    }
    this.#size += RANGE;
  }

  toUint8Array(): Uint8Array {
    // higher ids first, as Yjs writes them: its algorithm has fewer conflicts then
    const runs = [...this.#runs.values()].sort((one, other) => other.client - one.client);
    const deletes = [...this.#deletes]
      .sort(([one], [other]) => other - one)
      .map(([client, ranges]) => ({ client, ranges: united(ranges) }));
    const out = new ByteWriter();
    out.uint(runs.length);
    for (const { client, clock, count, structs } of runs) {
      out.uint(count);
      out.uint(client);
      out.uint(clock);
      out.append(structs);
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

/** The same update, with these structs as what is gone (GC). */
export const withGone = (update: ScannedUpdate, gone: ReadonlySet<Struct>): ScannedUpdate =>
  rewritten(update, (struct, end, out) => {
    if (!gone.has(struct)) return false;
    out.uint(0);
    out.uint(end - struct.clock);
    return true;
  });

/** The same update, with other bytes in place of these structs. They have to be as long in clocks, and to lie where those lay. */
export const withOthers = (update: ScannedUpdate, others: ReadonlyMap<Struct, Uint8Array>): ScannedUpdate =>
  rewritten(update, (struct, _, out) => {
    const bytes = others.get(struct);
    if (bytes) out.copy(bytes, 0, bytes.length);
    return bytes !== undefined;
  });

function rewritten(
  { bytes, sections }: ScannedUpdate,
  write: (struct: Struct, end: number, out: ByteWriter) => boolean,
): ScannedUpdate {
  const out = new ByteWriter(bytes.length);
  out.uint(sections.length);
  for (const { client, clock, end, to, structs } of sections) {
    out.uint(structs.length);
    out.uint(client);
    out.uint(clock);
    for (const [index, struct] of structs.entries()) {
      const next = structs[index + 1];
      if (!write(struct, next?.clock ?? end, out)) out.copy(bytes, struct.at, next?.at ?? to);
    }
  }
  out.copy(bytes, sections.at(-1)?.to ?? 1, bytes.length);
  return scanStored(out.toUint8Array());
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

const FIRST_SIZE = 64; // bytes: most updates are a keystroke
const SHORT = 48; // bytes up to which a loop is faster than making a view

export class ByteWriter {
  #buffer: Uint8Array;
  #at = 0;

  /** `size`: bytes that it is likely to need. */
  constructor(size = FIRST_SIZE) {
    this.#buffer = new Uint8Array(size);
  }

  get length(): number {
    return this.#at;
  }

  uint(value: number): void {
    this.#reserve(8);
    while (value > 0x7f) {
      this.#buffer[this.#at++] = 0x80 | (value % 0x80);
      value = Math.floor(value / 0x80);
    }
    this.#buffer[this.#at++] = value;
  }

  copy(bytes: Uint8Array, from: number, to: number): void {
    this.#reserve(to - from);
    if (to - from > SHORT) {
      this.#buffer.set(bytes.subarray(from, to), this.#at);
      this.#at += to - from;
    } else for (let at = from; at < to; at += 1) this.#buffer[this.#at++] = bytes[at]!;
  }

  append(other: ByteWriter): void {
    this.copy(other.#buffer, 0, other.#at);
  }

  /** A view: what is written later is behind it. */
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
