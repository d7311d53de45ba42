import { MALFORMED, type ByteReader } from './byte-reader.ts';
import { BEFORE, BEHIND, Placing, type Place } from './place.ts';

/** What an update brings, a bit for each of Yjs' numbers: kinds of content, and of shared types. */
export interface Kinds {
  contents: number;
  types: number;
}

export const LARGEST_CLOCK = 2 ** 31; // characters by one client; nobody types that many
const LARGEST_CLIENT = 2 ** 32 - 1;
const LONGEST_ROOT = 64; // characters

/** Whether it is written as something already deleted: GC or ContentDeleted. */
export const isDeletion = (info: number): boolean => info === 0 || (info & 31) === 1;

export function readHead(reader: ByteReader, most: number): { count: number; client: number; clock: number } {
  const count = reader.count(most);
  const client = reader.uint();
  if (count === 0 || client > LARGEST_CLIENT) throw MALFORMED;
  return { count, client, clock: reader.uint() };
}

/**
 * Left and right neighbour, or parent: the flags of an item's info byte say which are there. The ids that it names are put behind
 * `needs`, neighbours from left to right.
 */
export function readPlace(reader: ByteReader, info: number, needs: number[], roots?: Set<string>): Place {
  if (info & 0x80) needs.push(reader.uint(), reader.uint());
  if (info & 0x40) needs.push(reader.uint(), reader.uint());
  if (info & 0xc0) return info & 0x40 ? BEFORE : BEHIND;
  const placing = new Placing();
  if (isRoot(reader)) {
    const root = readRoot(reader);
    roots?.add(root);
    placing.inRoot(root);
  } else {
    const [client, clock] = [reader.uint(), reader.uint()];
    needs.push(client, clock);
    placing.inStruct(client, clock);
  }
  if (info & 0x20) placing.underKey(reader.key());
  return placing.place;
}

/** `readPlace` where nobody wants to know. */
export function passPlace(reader: ByteReader, info: number): void {
  if (info & 0x80) passId(reader);
  if (info & 0x40) passId(reader);
  if (info & 0xc0) return;
  if (isRoot(reader)) readRoot(reader);
  else passId(reader);
  if (info & 0x20) reader.key();
}

/** Whether the parent is named as a root. */
function isRoot(reader: ByteReader): boolean {
  const kind = reader.uint();
  if (kind > 1) throw MALFORMED;
  return kind === 1;
}

function passId(reader: ByteReader): void {
  reader.uint();
  reader.uint();
}

function readRoot(reader: ByteReader): string {
  const name = reader.key();
  if (name.length > LONGEST_ROOT) throw MALFORMED;
  return name;
}

/** Returns the struct's length: how many clocks it takes. */
export function readContent(reader: ByteReader, info: number, kinds?: Kinds): number {
  if (info === 0) return reader.uint(); // GC
  switch (info & 31) {
    case 1:
      return reader.uint();
    case 2: {
      const count = reader.count(Number.MAX_SAFE_INTEGER);
      for (let index = 0; index < count; index += 1) reader.jsonOrUndefined();
      return count;
    }
    case 3:
      reader.skip(reader.uint());
      return 1;
    case 4:
      return reader.text();
    case 5:
      reader.json();
      return 1;
    case 6:
      reader.key();
      reader.json();
      return 1;
    case 7:
      readType(reader, kinds);
      return 1;
    case 8: {
      const count = reader.count(Number.MAX_SAFE_INTEGER);
      for (let index = 0; index < count; index += 1) reader.any();
      return count;
    }
    default:
      throw MALFORMED; // 9: a document in a document. 10: a gap. The rest Yjs does not know.
  }
}

const XML_ELEMENT = 3;
const XML_HOOK = 5;
const LAST_TYPE = 6;

function readType(reader: ByteReader, kinds: Kinds | undefined): void {
  const type = reader.uint();
  if (type > LAST_TYPE) throw MALFORMED;
  if (kinds) kinds.types |= 1 << type;
  if (type === XML_ELEMENT || type === XML_HOOK) reader.key();
}

export function readDeletes(
  reader: ByteReader,
  most: number,
  found: (client: number, clock: number, length: number) => void,
): void {
  let left = most;
  for (let clients = reader.count(most); clients > 0; clients -= 1) {
    const client = reader.uint();
    const ranges = reader.count(left);
    left -= ranges;
    for (let index = 0; index < ranges; index += 1) {
      const { clock, length } = readRange(reader);
      found(client, clock, length);
    }
  }
}

export function readRange(reader: ByteReader): { clock: number; length: number } {
  const clock = reader.uint();
  const length = reader.uint();
  if (length < 1 || clock + length > LARGEST_CLOCK) throw MALFORMED;
  return { clock, length };
}
