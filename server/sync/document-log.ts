import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { hasKey, type Place } from '#protocol/update/place.ts';
import type { DeleteRange, ScannedUpdate, Section, Stretch, Struct } from '#protocol/update/scan.ts';
import { SHORT_UPDATE, visitShort, visitStored, type UpdateVisitor } from '#protocol/update/visit.ts';
import { ByteWriter, HEADER, RANGE } from '#protocol/update/write.ts';
import { atOnce, inTurns } from '#server/process/in-turns.ts';
import { ClientLog } from './client-log.ts';
import { ClockRanges } from './clock-ranges.ts';
import { follow } from './placement.ts';
import { Places } from './places.ts';

const MANY_RANGES = 16_384; // that are put in order at once, in a few milliseconds
const MOST_PASSED = 1_000_000; // bytes gone through for the places at which somebody's copy ends: 10 ms
const SHORT_UPDATES = 16; // read between two pauses at most
const MANY_CLIENTS = 200_000; // beyond, the order that spares Yjs some conflicts is not worth the time of making it

/**
 * A document as the bytes of its log: each client's structs, its next clock, and what is deleted. It answers everything that syncing asks; a
 * Y.Doc would cost a hundred times more and is made only by those who read or change contents. Nothing is ever read
 * again or joined: an answer is one copy, whatever the document has been through.
 */
export class DocumentLog {
  /** Of what is in the log; and of what is on its way there, as whoever takes it puts it in. */
  readonly places = new Places();
  readonly #clients = new Map<number, ClientLog>();
  readonly #clocks = new Map<number, number>();
  /** Of each client's structs. */
  readonly #bytes = new Map<number, number>();
  readonly #deleted = new Map<number, ClockRanges>();
  readonly #records = new Map<number, number>();
  /** Of clients of which more is deleted than the updates say: all that is. */
  readonly #gone = new Map<number, ClockRanges>();
  #structBytes = 0;
  #ranges = 0;
  /** Higher ids first, as Yjs writes them: its algorithm has fewer conflicts then. Null when there is a new one. */
  #inOrder: readonly ClientLog[] | null = null;
  /** `#deleted` as it is written. */
  #deletions: Uint8Array | null = null;

  /** Others wait for no more than some milliseconds at a time. Rejects when an update is malformed or does not follow the ones before it. */
  static async read(updates: readonly Uint8Array[]): Promise<DocumentLog> {
    const log = new DocumentLog([]);
    await inTurns(log.#read(updates));
    return log;
  }

  /** Throws as `read` rejects. */
  constructor(updates: readonly Uint8Array[]) {
    atOnce(this.#read(updates));
  }

  /** Bytes in memory, about. */
  get size(): number {
    return this.#structBytes + this.#ranges * RANGE;
  }

  get clocks(): ReadonlyMap<number, number> {
    return this.#clocks;
  }

  /** Bytes that each client's structs take. */
  get bytes(): ReadonlyMap<number, number> {
    return this.#bytes;
  }

  /** Records that each client made: what stood under a key of a root, and was not deleted, when the log was read. */
  get records(): ReadonlyMap<number, number> {
    return this.#records;
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
    const gone = this.#gone.get(client) ?? new ClockRanges();
    if (!this.#gone.has(client)) this.#deleted.get(client)?.forEach((clock, end) => gone.add(clock, end));
    gone.addAll(ranges);
    this.#gone.set(client, gone);
  }

  /** The update must bring nothing twice and leave no gap (see `newsOf`). */
  append(update: ScannedUpdate): void {
    const deleted = new Deletions((client, ranges) => this.#delete(client, ranges));
    for (const section of update.sections) {
      this.#add(update.bytes, section);
      for (const [clock, end] of deletedIn(section)) deleted.add(section.client, clock, end - clock);
    }
    for (const { client, clock, length } of update.deletes) deleted.add(client, clock, length);
    for (const client of deleted.clients) deleted.settle(client);
    follow(update, this.places);
  }

  /** Everything as one update. */
  whole(): Uint8Array {
    return this.since(NOTHING);
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
   * What somebody with these clocks lacks, and all deletions. The struct in which a clock lies is repeated whole, and some before it when
   * very much would have to be looked through: Yjs takes from them what is new.
   */
  since(clocks: ReadonlyMap<number, number>): Uint8Array {
    const deletions = (this.#deletions ??= this.#writtenDeletions());
    const lacking = this.#ordered().filter(({ client, end }) => (clocks.get(client) ?? 0) < end);
    const most = lacking.reduce((sum, log) => sum + HEADER + log.sizeSince(clocks.get(log.client) ?? 0), HEADER);
    const out = new ByteWriter(most + deletions.length);
    out.uint(lacking.length);
    let passed = 0;
    for (const log of lacking) passed += log.write(out, clocks.get(log.client) ?? 0, passed < MOST_PASSED);
    out.copy(deletions, 0, deletions.length);
    return out.toUint8Array();
  }

  *#read(updates: readonly Uint8Array[]): Generator<undefined, void> {
    const deleted = new Deletions((client, ranges) => this.#delete(client, ranges));
    const records: number[] = []; // client, clock, client, clock …
    let update: Uint8Array = EMPTY;
    const visitor: UpdateVisitor = {
      stretch: (stretch) => this.#add(update, stretch),
      struct: (client, clock, end, place, needs) => {
        this.places.read(client, end, place, needs);
        if (isRecord({ place, needs })) records.push(client, clock);
      },
      deleted: (client, clock, length) => deleted.add(client, clock, length),
    };
    let read = 0;
    for (update of updates) {
      if (update.length > SHORT_UPDATE) yield* visitStored(update, visitor);
      else visitShort(update, visitor);
      read += 1;
      if (read % SHORT_UPDATES === 0) yield;
    }
    for (const client of deleted.clients) {
      deleted.settle(client);
      yield;
    }
    yield* this.places.settle();
    yield* this.#countRecords(records);
  }

  /** What was deleted may have something else in its place by now. */
  *#countRecords(records: readonly number[]): Generator<undefined, void> {
    const isGone = (at: number) => this.isDeleted(records[at]!, records[at + 1]!, 1);
    const placeOf = (at: number) => this.places.at(records[at]!, records[at + 1]!);
    const left = new Set<Place>();
    for (let at = 0; at < records.length; at += 2) {
      if (isGone(at)) left.add(placeOf(at));
      if (at % MANY_RANGES === 0) yield;
    }
    const standing = yield* this.places.standing(left, (...range) => this.isDeleted(...range));
    for (let at = 0; at < records.length; at += 2) {
      const client = records[at]!;
      if (!isGone(at) || standing.has(placeOf(at))) this.#records.set(client, (this.#records.get(client) ?? 0) + 1);
      if (at % MANY_RANGES === 0) yield;
    }
  }

  #ordered(): readonly ClientLog[] {
    if (this.#inOrder) return this.#inOrder;
    if (this.#clients.size > MANY_CLIENTS) return (this.#inOrder = [...this.#clients.values()]);
    const ids = Float64Array.from(this.#clients.keys()).sort().reverse();
    return (this.#inOrder = Array.from(ids, (id) => this.#clients.get(id)!));
  }

  #writtenDeletions(): Uint8Array {
    const out = new ByteWriter();
    const clients = [...this.#deleted];
    if (clients.length <= MANY_CLIENTS) clients.sort(([one], [other]) => other - one);
    out.uint(clients.length);
    for (const [client, ranges] of clients) {
      out.uint(client);
      out.uint(ranges.count);
      ranges.forEach((clock, end) => {
        out.uint(clock);
        out.uint(end - clock);
      });
    }
    return out.toUint8Array();
  }

  #add(bytes: Uint8Array, stretch: Stretch): void {
    const { client, end } = stretch;
    let log = this.#clients.get(client);
    if (!log) {
      log = new ClientLog(client);
      log.add(bytes, stretch); // before it is seen: it may not follow
      this.#clients.set(client, log);
      this.#inOrder = null;
      this.#structBytes += HEADER;
    } else log.add(bytes, stretch);
    this.#structBytes += stretch.to - stretch.from;
    this.#clocks.set(client, end);
    this.#bytes.set(client, log.size);
  }

  #delete(client: number, added: readonly DeleteRange[]): void {
    let ranges = this.#deleted.get(client);
    if (!ranges) this.#deleted.set(client, (ranges = new ClockRanges()));
    this.#ranges -= ranges.count;
    ranges.addAll(added);
    this.#ranges += ranges.count;
    this.#gone.get(client)?.addAll(added);
    this.#deletions = null;
  }
}

/** Deleted ranges on their way, by client: many at once cost little more than one. */
class Deletions {
  readonly #settle: (client: number, ranges: readonly DeleteRange[]) => void;
  readonly #waiting = new Map<number, DeleteRange[]>();

  constructor(settle: (client: number, ranges: readonly DeleteRange[]) => void) {
    this.#settle = settle;
  }

  get clients(): Iterable<number> {
    return this.#waiting.keys();
  }

  add(client: number, clock: number, length: number): void {
    const ranges = this.#waiting.get(client);
    if (!ranges) this.#waiting.set(client, [{ client, clock, length }]);
    else {
      ranges.push({ client, clock, length });
      if (ranges.length >= MANY_RANGES) this.settle(client);
    }
  }

  settle(client: number): void {
    const ranges = this.#waiting.get(client) ?? [];
    this.#waiting.set(client, []);
    if (ranges.length > 0) this.#settle(client, ranges);
  }
}

/** Under a key of a root, where nothing stood: what comes in place of something says only what that is. */
const isRecord = ({ place, needs }: Pick<Struct, 'place' | 'needs'>): boolean => needs.length === 0 && hasKey(place);

export function recordsIn({ sections }: ScannedUpdate): number {
  const made = (struct: Struct) => !struct.isDeleted && isRecord(struct);
  return sections.reduce((sum, { structs }) => sum + structs.filter(made).length, 0);
}

const NOTHING: ReadonlyMap<number, number> = new Map();
const EMPTY = new Uint8Array();

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

function* deletedIn({ structs, end }: Section): Generator<[clock: number, end: number]> {
  for (let index = 0; index < structs.length; index += 1) {
    const { clock, isDeleted } = structs[index]!;
    if (isDeleted) yield [clock, structs[index + 1]?.clock ?? end];
  }
}
