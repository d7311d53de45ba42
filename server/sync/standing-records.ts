import { GONE, hasKey, type Place } from '#protocol/update/place.ts';
import type { ScannedUpdate, Struct } from '#protocol/update/scan.ts';
import { rootAt } from '#protocol/update/written.ts';
import { SHORT_UPDATE, visitShort, visitStored, type UpdateVisitor } from '#protocol/update/visit.ts';
import { inTurns } from '#server/process/in-turns.ts';
import { ClockRanges } from './clock-ranges.ts';
import { Places } from './places.ts';
import { lastIn, putInOrder, type Value } from './values-of-key.ts';

const [STRING, FORMAT, TYPE] = [4, 6, 7]; // Yjs' numbers of contents
const SHORT_UPDATES = 16; // read between two pauses at most
const MANY = 4_096; // values between two

/**
 * How many records stand under the keys of some roots of a document, by the outline of its log: no document is built, and nothing of it
 * is kept but where its records lie.
 */
export class StandingRecords {
  readonly #roots: ReadonlySet<string>;
  readonly #rootOf = new Map<Place, string>();
  /** Of each client, in order. */
  readonly #ofClient = new Map<number, Value[]>();
  /** Of each key, as Yjs orders them. */
  readonly #ofKey = new Map<Place, Value[]>();
  readonly #standing = new Set<Place>();

  private constructor(roots: readonly string[]) {
    this.#roots = new Set(roots);
  }

  /** Others wait for no more than some milliseconds at a time. Rejects when an update is malformed. */
  static async read(roots: readonly string[], updates: readonly Uint8Array[]): Promise<StandingRecords> {
    const records = new StandingRecords(roots);
    await inTurns(records.#read(updates));
    return records;
  }

  count(root: string): number {
    let count = 0;
    for (const place of this.#standing) if (this.#rootOf.get(place) === root) count += 1;
    return count;
  }

  /** What follows what was read. */
  append({ bytes, sections, deletes }: ScannedUpdate): void {
    const added: Value[] = [];
    for (const { client, structs, end } of sections) {
      for (const [index, struct] of structs.entries()) {
        const place = this.#placeOf(bytes, struct);
        if (place === null) continue;
        const value = valueOf(bytes, client, struct, structs[index + 1]?.clock ?? end);
        this.#add(value, place);
        added.push(value);
      }
    }
    for (const value of added) this.#put(value);
    for (const { client, clock, length } of deletes) this.#delete(client, clock, clock + length);
  }

  *#read(updates: readonly Uint8Array[]): Generator<undefined, void> {
    const places = new Places();
    const deleted = new Map<number, ClockRanges>();
    const found: Value[] = [];
    let bytes: Uint8Array = EMPTY;
    const visitor: UpdateVisitor = {
      stretch: () => undefined,
      struct: (client, clock, end, place, needs, at) => {
        places.read(client, end, place, needs);
        const kind = kindAt(bytes, at);
        if (kind === STRING || kind === FORMAT) return;
        const mayBeOurs = place < GONE || (needs.length === 0 && this.#isOurs(bytes, at, place));
        if (mayBeOurs) found.push(valueOf(bytes, client, { at, clock, needs }, end));
      },
      deleted: (client, clock, length) => {
        const ranges = deleted.get(client) ?? new ClockRanges();
        deleted.set(client, ranges);
        ranges.add(clock, clock + length);
      },
    };
    let read = 0;
    for (bytes of updates) {
      if (bytes.length > SHORT_UPDATE) yield* visitStored(bytes, visitor);
      else visitShort(bytes, visitor);
      if ((read += 1) % SHORT_UPDATES === 0) yield;
    }
    yield* places.settle();
    const ours: Value[] = [];
    for (const [index, value] of found.entries()) {
      const place = places.at(value.client, value.clock);
      if (this.#rootOf.has(place)) {
        value.isGone = deleted.get(value.client)?.covers(value.clock, value.end) ?? false;
        this.#add(value, place);
        ours.push(value);
      }
      if (index % MANY === 0) yield;
    }
    for (const [index, value] of ours.entries()) {
      this.#put(value);
      if (index % MANY === 0) yield;
    }
  }

  /** Null: not under a key of ours. */
  #placeOf(bytes: Uint8Array, { at, place, needs }: Struct): Place | null {
    if (place < GONE) return this.#find(needs[0], needs[1])?.place ?? null;
    return needs.length === 0 && this.#isOurs(bytes, at, place) ? place : null;
  }

  #isOurs(bytes: Uint8Array, at: number, place: Place): boolean {
    if (!hasKey(place)) return false;
    if (this.#rootOf.has(place)) return true;
    const root = rootAt(bytes, at);
    if (root === null || !this.#roots.has(root)) return false;
    this.#rootOf.set(place, root);
    return true;
  }

  #add(value: Value, place: Place): void {
    value.place = place;
    const values = this.#ofClient.get(value.client);
    if (values) values.push(value);
    else this.#ofClient.set(value.client, [value]);
  }

  /** Behind what it came behind, which is put first where it comes later in the bytes. */
  #put(value: Value): void {
    const open = [value];
    for (let last = open.at(-1); last; last = open.at(-1)) {
      const left = last.left && (this.#find(...last.left) ?? null);
      if (left && !left.isPut && !open.includes(left)) {
        open.push(left);
        continue;
      }
      open.pop();
      if (last.isPut) continue;
      const values = this.#ofKey.get(last.place) ?? [];
      this.#ofKey.set(last.place, values);
      putInOrder(values, last, left);
      this.#look(last.place);
    }
  }

  #delete(client: number, from: number, to: number): void {
    const values = this.#ofClient.get(client) ?? [];
    for (let at = Math.max(0, lastBy(values, from)); at < values.length && values[at]!.clock < to; at += 1) {
      const value = values[at]!;
      if (value.end <= from || value.isGone) continue;
      value.isGone = true;
      this.#look(value.place);
    }
  }

  /** Of a key the last value counts. */
  #look(place: Place): void {
    const last = lastIn(this.#ofKey.get(place) ?? []);
    if (last?.isRecord && !last.isGone) this.#standing.add(place);
    else this.#standing.delete(place);
  }

  #find(client: number | undefined, clock: number | undefined): Value | null {
    if (client === undefined || clock === undefined) return null;
    const values = this.#ofClient.get(client) ?? [];
    const value = values[lastBy(values, clock)];
    return value && clock < value.end ? value : null;
  }
}

const EMPTY = new Uint8Array();

const kindAt = (bytes: Uint8Array, at: number): number => bytes[at]! & 31;

const valueOf = (
  bytes: Uint8Array,
  client: number,
  { at, clock, needs }: Pick<Struct, 'at' | 'clock' | 'needs'>,
  end: number,
): Value => ({
  ...{ client, clock, end, place: GONE, isPut: false, isGone: false },
  isRecord: kindAt(bytes, at) === TYPE,
  left: needs.length === 0 ? null : [needs[0]!, needs[1]!],
});

/** Index of the last value that begins at this clock or before; -1: none. */
function lastBy(values: readonly Value[], clock: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]!.clock <= clock) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
