import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { joinUpdates } from '#protocol/update/join.ts';
import { scanStored, type ScannedUpdate, type Section, type Struct } from '#protocol/update/scan.ts';
import { UpdateWriter } from '#protocol/update/write.ts';
import { ClockRanges } from './clock-ranges.ts';

const LEAST_TAIL = 1_000; // updates behind the base before they are joined into it; more when the base is large

/**
 * A document as the bytes of its log: one joined update (the base) and the updates behind it, with each client's next clock and
 * what is deleted. It answers everything that syncing asks; a Y.Doc would cost a hundred times more and is made only by
 * those who read or change contents.
 */
export class DocumentLog {
  readonly #clocks = new Map<number, number>();
  readonly #deleted = new Map<number, ClockRanges>();
  #base: ScannedUpdate | null = null;
  #tail: ScannedUpdate[] = [];
  #tailBytes = 0;
  #whole: Uint8Array | null = null;
  #size = 0;

  /** Throws when an update is malformed or does not follow the ones before it. */
  constructor(updates: readonly Uint8Array[]) {
    for (const update of updates) this.append(scanStored(update));
  }

  /** Bytes in memory, about. */
  get size(): number {
    return this.#size;
  }

  get clocks(): ReadonlyMap<number, number> {
    return this.#clocks;
  }

  /** Next clock of a client: it has written what lies before. */
  clock(client: number): number {
    return this.#clocks.get(client) ?? 0;
  }

  isDeleted(client: number, clock: number, length: number): boolean {
    return this.#deleted.get(client)?.covers(clock, clock + length) ?? false;
  }

  /** The update must bring nothing twice and leave no gap (see `newsOf`). */
  append(update: ScannedUpdate): void {
    for (const section of update.sections) {
      if (section.clock !== this.clock(section.client)) {
        throw new Error(`client ${section.client}: ${section.clock} does not follow ${this.clock(section.client)}`);
      }
      this.#clocks.set(section.client, section.end);
      for (const [clock, end] of deletedIn(section)) this.#delete(section.client, clock, end);
    }
    for (const { client, clock, length } of update.deletes) this.#delete(client, clock, clock + length);
    this.#tail.push(update);
    this.#size += update.bytes.length;
    this.#whole = null;
    this.#tailBytes += update.bytes.length;
    if (this.#tail.length > LEAST_TAIL && this.#tailBytes * 2 > (this.#base?.bytes.length ?? 0)) this.#settle();
  }

  /** Everything as one update. */
  whole(): Uint8Array {
    return (this.#whole ??= joinUpdates(this.#all()));
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
    for (const { bytes, sections, deletes } of this.#all()) {
      for (const section of sections) {
        const first = firstAfter(section, clocks.get(section.client) ?? 0);
        if (first < section.structs.length) writer.add(bytes, section, first);
      }
      for (const range of deletes) writer.delete(range);
    }
    return writer.toUint8Array();
  }

  #all(): ScannedUpdate[] {
    return this.#base ? [this.#base, ...this.#tail] : this.#tail;
  }

  #settle(): void {
    this.#base = scanStored(this.whole());
    this.#tail = [];
    this.#tailBytes = 0;
  }

  #delete(client: number, clock: number, end: number): void {
    let ranges = this.#deleted.get(client);
    if (!ranges) this.#deleted.set(client, (ranges = new ClockRanges()));
    ranges.add(clock, end);
  }
}

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

/** Number of the first struct that reaches beyond the clock. */
function firstAfter({ structs, end }: Section, clock: number): number {
  if (end <= clock) return structs.length;
  let low = 0;
  let high = structs.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (structs[middle + 1]!.clock <= clock) low = middle + 1;
    else high = middle;
  }
  return low;
}

function* deletedIn({ structs, end }: Section): Generator<[clock: number, end: number]> {
  for (let index = 0; index < structs.length; index += 1) {
    const struct: Struct = structs[index]!;
    if (struct.isDeleted) yield [struct.clock, structs[index + 1]?.clock ?? end];
  }
}
