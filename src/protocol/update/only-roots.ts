import { ByteReader, MALFORMED } from './byte-reader.ts';
import { readContent } from './struct.ts';

/**
 * The update with everything that lies in other roots than these written as gone (GC): what people see is the same, and building it takes
 * nothing for what somebody put where nobody looks. For updates that hold a whole document. One that we would not take today comes out as
 * it is: what to make of it is left to Yjs.
 */
export function onlyRoots(update: Uint8Array, known: ReadonlySet<string>): Uint8Array {
  try {
    if (!mentionsOther(update, known)) return update;
    const reader = new ByteReader(update);
    const stretches = readStretches(reader, known);
    resolve(stretches);
    return written(update, stretches, reader.at);
  } catch (error) {
    if (error === MALFORMED) return update;
    throw error;
  }
}

const GONE = 0; // GC, as the update has it
const KNOWN = 1;
const OTHER = 2;
/** Lies where another struct lies. */
const WITH = 3;

/** Structs of one client; a large document has millions, so that there is no object for each. */
interface Structs {
  readonly client: number;
  count: number;
  clocks: Float64Array;
  /** Where each begins in the bytes; one more for the end. */
  at: Uint32Array;
  where: Uint8Array;
  withClient: Float64Array;
  withClock: Float64Array;
}

function mentionsOther(update: Uint8Array, known: ReadonlySet<string>): boolean {
  const reader = new ByteReader(update);
  let isOther = false;
  const place: Place = { where: KNOWN, client: 0, clock: 0 };
  for (let clients = reader.uint(); clients > 0; clients -= 1) {
    const count = reader.uint();
    reader.uint();
    reader.uint();
    for (let left = count; left > 0; left -= 1) {
      const info = reader.byte();
      readPlace(reader, info, known, place);
      isOther ||= place.where === OTHER;
      readContent(reader, info);
    }
  }
  return isOther;
}

interface Place {
  where: number;
  client: number;
  clock: number;
}

/** One id is enough: neighbours lie in the same parent. */
function readPlace(reader: ByteReader, info: number, known: ReadonlySet<string>, place: Place): void {
  place.where = info === 0 ? GONE : WITH;
  if (info === 0) return;
  if (info & 0x80) readId(reader, place);
  if (info & 0x40) readId(reader, place);
  if (info & 0xc0) return;
  if (reader.uint() === 1) place.where = known.has(reader.key()) ? KNOWN : OTHER;
  else readId(reader, place);
  if (info & 0x20) reader.key();
}

function readId(reader: ByteReader, place: Place): void {
  place.client = reader.uint();
  place.clock = reader.uint();
}

function readStretches(reader: ByteReader, known: ReadonlySet<string>): Structs[] {
  const stretches: Structs[] = [];
  const place: Place = { where: KNOWN, client: 0, clock: 0 };
  for (let clients = reader.uint(); clients > 0; clients -= 1) {
    const count = reader.count(Number.MAX_SAFE_INTEGER);
    const client = reader.uint();
    let clock = reader.uint();
    const structs: Structs = {
      ...{ client, count, clocks: new Float64Array(count + 1), at: new Uint32Array(count + 1) },
      ...{ where: new Uint8Array(count), withClient: new Float64Array(count), withClock: new Float64Array(count) },
    };
    for (let index = 0; index < count; index += 1) {
      structs.clocks[index] = clock;
      structs.at[index] = reader.at;
      const info = reader.byte();
      readPlace(reader, info, known, place);
      structs.where[index] = place.where;
      structs.withClient[index] = place.client;
      structs.withClock[index] = place.clock;
      clock += readContent(reader, info);
    }
    structs.clocks[count] = clock;
    structs.at[count] = reader.at;
    stretches.push(structs);
  }
  return stretches;
}

/** Says of each struct whether it lies in a known root. What lies with something that is not here is left to Yjs. */
function resolve(stretches: readonly Structs[]): void {
  const byClient = new Map(stretches.map((structs) => [structs.client, structs]));
  const path: [Structs, number][] = [];
  for (const structs of stretches) {
    for (let index = 0; index < structs.count; index += 1) {
      if (structs.where[index] !== WITH) continue;
      let [at, number]: [Structs | undefined, number] = [structs, index];
      let found = KNOWN;
      while (at && number >= 0) {
        if (at.where[number] !== WITH) {
          found = at.where[number] === OTHER ? OTHER : KNOWN;
          break;
        }
        at.where[number] = KNOWN; // so that what would lie within itself ends here
        path.push([at, number]);
        const [client, clock]: [number, number] = [at.withClient[number]!, at.withClock[number]!];
        at = byClient.get(client);
        number = at ? indexOf(at, clock) : -1;
      }
      for (const [each, place] of path) each.where[place] = found;
      path.length = 0;
    }
  }
}

/** Number of the struct that has the clock; -1 when none has. */
function indexOf({ clocks, count }: Structs, clock: number): number {
  if (clock < clocks[0]! || clock >= clocks[count]!) return -1;
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (clocks[middle]! <= clock) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Never longer than the update: what is gone takes fewer bytes than what was there. */
function written(update: Uint8Array, stretches: readonly Structs[], deletesAt: number): Uint8Array {
  const out = new Uint8Array(update.length + stretches.length * 8);
  let to = 0;
  const uint = (value: number) => {
    for (; value > 0x7f; value = Math.floor(value / 0x80)) out[to++] = 0x80 | (value % 0x80);
    out[to++] = value;
  };
  const copy = (from: number, end: number) => {
    out.set(update.subarray(from, end), to);
    to += end - from;
  };
  uint(stretches.length);
  for (const { client, count, clocks, at, where } of stretches) {
    let left = 0;
    for (let index = 0; index < count; index += 1) {
      if (where[index] !== OTHER || index === 0 || where[index - 1] !== OTHER) left += 1;
    }
    uint(left);
    uint(client);
    uint(clocks[0]!);
    for (let index = 0; index < count;) {
      const first = index;
      const isOther = where[index] === OTHER;
      while (index < count && (where[index] === OTHER) === isOther) index += 1;
      if (isOther) {
        out[to++] = 0;
        uint(clocks[index]! - clocks[first]!);
      } else copy(at[first]!, at[index]!);
    }
  }
  copy(deletesAt, update.length);
  return out.subarray(0, to);
}
