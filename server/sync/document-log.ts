import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import {
  restOf,
  type DeleteRange,
  type ScannedUpdate,
  type Section,
  type Stretch,
  type UpdateVisitor,
  visitStored,
} from '#protocol/update/scan.ts';
import { UpdateWriter } from '#protocol/update/write.ts';
import { ClockRanges } from './clock-ranges.ts';
import { PackedRows } from './packed-rows.ts';

const LEAST_TAIL = 1_000; // updates behind the base before they are joined into it; more when the base is large

/**
 * A document as the bytes of its log: one joined update (the base) and the updates behind it, with each client's next clock and
 * what is deleted. It answers everything that syncing asks; a Y.Doc would cost a hundred times more and is made only by
 * those who read or change contents. Nothing is kept of an update but its bytes: outlines are made again when somebody asks.
 */
export class DocumentLog {
  readonly #clocks = new Map<number, number>();
  /** Of each client's structs. */
  readonly #bytes = new Map<number, number>();
  readonly #deleted = new Map<number, ClockRanges>();
  /** Of clients of which more is deleted than the updates say: all that is. */
  readonly #gone = new Map<number, ClockRanges>();
  #base: Uint8Array = NOTHING;
  /** The base's structs; its deletions are among all others in `#deleted`. */
  #stretches: readonly Stretch[] = [];
  readonly #tail = new PackedRows();
  /** Updates that went into the base; the tail's are counted on from there. */
  #joined = 0;
  #whole: Uint8Array | null = null;

  /** Throws when an update is malformed or does not follow the ones before it. */
  constructor(updates: readonly Uint8Array[]) {
    const writer = new UpdateWriter();
    const deleted = new Map<number, DeleteRange[]>();
    let update: Uint8Array = NOTHING;
    const visitor: UpdateVisitor = {
      stretch: (stretch) => {
        this.#follow(stretch);
        writer.addAll(update, stretch);
      },
      deleted: (client, clock, length) => {
        const ranges = deleted.get(client);
        if (ranges) ranges.push({ client, clock, length });
        else deleted.set(client, [{ client, clock, length }]);
      },
    };
    for (update of updates) visitStored(update, visitor);
    for (const [client, ranges] of deleted) this.#deleted.set(client, ClockRanges.of(ranges));
    this.#joined = updates.length;
    this.#settle(this.#withDeletes(writer));
  }

  /** Bytes in memory, about. */
  get size(): number {
    return this.#base.length + this.#tail.size;
  }

  /** Updates so far. */
  get length(): number {
    return this.#joined + this.#tail.length;
  }

  get clocks(): ReadonlyMap<number, number> {
    return this.#clocks;
  }

  /** Bytes that each client's structs take. */
  get bytes(): ReadonlyMap<number, number> {
    return this.#bytes;
  }

  /** Next clock of a client: it has written what lies before. */
  clock(client: number): number {
    return this.#clocks.get(client) ?? 0;
  }

  isDeleted(client: number, clock: number, length: number): boolean {
    const ranges = this.#gone.get(client) ?? this.#deleted.get(client);
    return ranges?.covers(clock, clock + length) ?? false;
  }

  /** These are deleted in every copy of the document, although no update says so. */
  imply(client: number, ranges: readonly { readonly clock: number; readonly length: number }[]): void {
    if (ranges.every(({ clock, length }) => this.isDeleted(client, clock, length))) return;
    const all = [...ranges];
    const known = this.#gone.get(client) ?? this.#deleted.get(client);
    known?.forEach((clock, end) => all.push({ clock, length: end - clock }));
    this.#gone.set(client, ClockRanges.of(all));
  }

  /** The update must bring nothing twice and leave no gap (see `newsOf`). */
  append(update: ScannedUpdate): void {
    for (const section of update.sections) {
      this.#follow(section);
      for (const [clock, end] of deletedIn(section)) this.#delete(section.client, clock, end);
    }
    for (const { client, clock, length } of update.deletes) this.#delete(client, clock, clock + length);
    this.#tail.push(update.bytes);
    this.#whole = null;
    if (this.#tail.length > LEAST_TAIL && this.#tail.size * 2 > this.#base.length) {
      const whole = this.whole();
      this.#joined += this.#tail.length;
      this.#tail.clear();
      this.#settle(whole);
    }
  }

  /** Everything as one update. */
  whole(): Uint8Array {
    return (this.#whole ??= this.#joinAll());
  }

  /** The updates behind the first `length` ones as one; null when these are not told apart any more. */
  behind(length: number): Uint8Array | null {
    if (length < this.#joined) return null;
    const writer = new UpdateWriter();
    for (const row of this.#tail.rows(length - this.#joined)) {
      visitStored(row, {
        stretch: (stretch) => writer.addAll(row, stretch),
        deleted: (client, clock, count) => writer.delete({ client, clock, length: count }),
      });
    }
    return writer.toUint8Array();
  }

  stateVector(): Uint8Array {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, this.#clocks.size);
    for (const [client, clock] of this.#clocks) {
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, clock);
    }
    return encoding.toUint8Array(encoder);
  }

  /**
   * What somebody with these clocks lacks, and all deletions. The struct in which a clock lies is repeated whole: Yjs takes
   * from it what is new.
   */
  since(clocks: ReadonlyMap<number, number>): Uint8Array {
    const writer = new UpdateWriter();
    addSince(writer, this.#base, this.#stretches, clocks);
    for (const row of this.#tail.rows()) addSince(writer, row, stretchesOf(row), clocks);
    return this.#withDeletes(writer);
  }

  #joinAll(): Uint8Array {
    if (this.#tail.length === 0) return this.#base;
    const writer = new UpdateWriter();
    for (const stretch of this.#stretches) writer.addAll(this.#base, stretch);
    for (const row of this.#tail.rows()) for (const stretch of stretchesOf(row)) writer.addAll(row, stretch);
    return this.#withDeletes(writer);
  }

  #settle(base: Uint8Array): void {
    this.#base = this.#whole = base.slice(); // without the room that the writer has left
    this.#stretches = stretchesOf(base);
  }

  #withDeletes(writer: UpdateWriter): Uint8Array {
    for (const [client, ranges] of this.#deleted) {
      ranges.forEach((clock, end) => writer.delete({ client, clock, length: end - clock }));
    }
    return writer.toUint8Array();
  }

  #follow({ client, clock, end, from, to }: Stretch): void {
    if (clock !== this.clock(client)) {
      throw new Error(`client ${client}: ${clock} does not follow ${this.clock(client)}`);
    }
    this.#clocks.set(client, end);
    this.#bytes.set(client, (this.#bytes.get(client) ?? 0) + to - from);
  }

  #delete(client: number, clock: number, end: number): void {
    let ranges = this.#deleted.get(client);
    if (!ranges) this.#deleted.set(client, (ranges = new ClockRanges()));
    ranges.add(clock, end);
    this.#gone.get(client)?.add(clock, end);
  }
}

const NOTHING = Uint8Array.of(0, 0);

/** A state vector's clocks by client. Null when it is malformed. */
export function readStateVector(bytes: Uint8Array): Map<number, number> | null {
  try {
    const decoder = decoding.createDecoder(bytes);
    const clocks = new Map<number, number>();
    const count = decoding.readVarUint(decoder);
    if (count * 2 > bytes.length) return null;
    for (let left = count; left > 0; left -= 1) {
      clocks.set(decoding.readVarUint(decoder), decoding.readVarUint(decoder));
    }
    return decoding.hasContent(decoder) ? null : clocks;
  } catch {
    return null;
  }
}

function stretchesOf(update: Uint8Array): Stretch[] {
  const stretches: Stretch[] = [];
  visitStored(update, { stretch: (stretch) => stretches.push(stretch), deleted: () => undefined });
  return stretches;
}

function addSince(
  writer: UpdateWriter,
  bytes: Uint8Array,
  stretches: readonly Stretch[],
  clocks: ReadonlyMap<number, number>,
): void {
  for (const stretch of stretches) {
    const clock = clocks.get(stretch.client) ?? 0;
    if (clock >= stretch.end) continue;
    writer.addAll(bytes, clock <= stretch.clock ? stretch : restOf(bytes, stretch, clock));
  }
}

function* deletedIn({ structs, end }: Section): Generator<[clock: number, end: number]> {
  for (let index = 0; index < structs.length; index += 1) {
    const { clock, isDeleted } = structs[index]!;
    if (isDeleted) yield [clock, structs[index + 1]?.clock ?? end];
  }
}
