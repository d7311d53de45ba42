import { ByteReader, MALFORMED } from './byte-reader.ts';

/** A V1 update of Yjs as its outline: where each struct lies in the bytes, and what it builds on. Contents stay bytes. */
export interface ScannedUpdate {
  readonly bytes: Uint8Array;
  readonly sections: readonly Section[];
  readonly deletes: readonly DeleteRange[];
  /** Names of the root types that it mentions. */
  readonly roots: ReadonlySet<string>;
}

/** Consecutive structs of one client: clocks `clock … end - 1`, bytes `from … to - 1`. */
export interface Section {
  readonly client: number;
  readonly clock: number;
  readonly end: number;
  readonly from: number;
  readonly to: number;
  readonly structs: readonly Struct[];
}

export interface Struct {
  readonly clock: number;
  /** Offset of its first byte. */
  readonly at: number;
  /** Written as something already deleted (GC, ContentDeleted). */
  readonly isDeleted: boolean;
  /** Ids it names, flat: client, clock, client, clock … */
  readonly needs: readonly number[];
}

export interface DeleteRange {
  readonly client: number;
  readonly clock: number;
  readonly length: number;
}

export interface ScanLimits {
  readonly sections: number;
  readonly structs: number;
  readonly deletes: number;
}

/** What one frame of a client may hold: a reload offline makes a section, an hour of typing some thousand structs. */
export const FRAME_LIMITS: ScanLimits = { sections: 64, structs: 20_000, deletes: 50_000 };
/** For what we stored ourselves. */
export const STORED_LIMITS: ScanLimits = { sections: Infinity, structs: Infinity, deletes: Infinity };

const LARGEST_CLOCK = 2 ** 31; // characters by one client; nobody types that many
const LARGEST_CLIENT = 2 ** 32 - 1;
const LONGEST_ROOT = 64; // characters
const NOTHING: readonly number[] = [];

/**
 * Reads an update without building it. Null: it is not one to the last byte, or beyond the limits. Whatever is accepted here,
 * Yjs decodes and integrates without an error, in this server and in every browser. Format:
 * https://github.com/yjs/yjs/blob/v13.6.33/src/utils/encoding.js
 */
export function scanUpdate(bytes: Uint8Array, limits: ScanLimits = FRAME_LIMITS): ScannedUpdate | null {
  const reader = new ByteReader(bytes);
  try {
    const roots = new Set<string>();
    const sections = readSections(reader, limits, roots);
    const deletes = readDeletes(reader, limits.deletes);
    return reader.left === 0 ? { bytes, sections, deletes, roots } : null;
  } catch (error) {
    if (error === MALFORMED) return null;
    throw error;
  }
}

/** What we wrote ourselves. Throws when that is not an update after all. */
export function scanStored(bytes: Uint8Array): ScannedUpdate {
  const scanned = scanUpdate(bytes, STORED_LIMITS);
  if (!scanned) throw MALFORMED;
  return scanned;
}

function readSections(reader: ByteReader, limits: ScanLimits, roots: Set<string>): Section[] {
  const sections: Section[] = [];
  const clients = new Set<number>();
  let structsLeft = limits.structs;
  for (let left = reader.count(limits.sections); left > 0; left -= 1) {
    const section = readSection(reader, structsLeft, roots);
    if (clients.has(section.client)) throw MALFORMED; // Yjs would forget the first one
    clients.add(section.client);
    structsLeft -= section.structs.length;
    sections.push(section);
  }
  return sections;
}

function readSection(reader: ByteReader, most: number, roots: Set<string>): Section {
  const count = reader.count(most);
  const client = reader.uint();
  if (count === 0 || client > LARGEST_CLIENT) throw MALFORMED;
  const start = reader.uint();
  const from = reader.at;
  const structs: Struct[] = [];
  let clock = start;
  for (let index = 0; index < count; index += 1) {
    const at = reader.at;
    const info = reader.byte();
    const needs = info === 0 ? NOTHING : readPlace(reader, info, roots);
    const length = readContent(reader, info);
    structs.push({ clock, at, isDeleted: info === 0 || (info & 31) === 1, needs });
    clock += length;
    if (length < 1 || clock > LARGEST_CLOCK) throw MALFORMED;
  }
  return { client, clock: start, end: clock, from, to: reader.at, structs };
}

/** Left and right neighbour, or parent: the flags of an item's info byte say which are there. */
function readPlace(reader: ByteReader, info: number, roots: Set<string>): readonly number[] {
  const needs: number[] = [];
  if (info & 0x80) needs.push(reader.uint(), reader.uint());
  if (info & 0x40) needs.push(reader.uint(), reader.uint());
  if (needs.length > 0) return needs;
  const kind = reader.uint();
  if (kind > 1) throw MALFORMED;
  if (kind === 1) roots.add(readRoot(reader));
  else needs.push(reader.uint(), reader.uint());
  if (info & 0x20) reader.key();
  return needs;
}

function readRoot(reader: ByteReader): string {
  const name = reader.key();
  if (name.length > LONGEST_ROOT) throw MALFORMED;
  return name;
}

/** Returns the struct's length: how many clocks it takes. */
function readContent(reader: ByteReader, info: number): number {
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
      readType(reader);
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

function readType(reader: ByteReader): void {
  const type = reader.uint();
  if (type > LAST_TYPE) throw MALFORMED;
  if (type === XML_ELEMENT || type === XML_HOOK) reader.key();
}

function readDeletes(reader: ByteReader, most: number): DeleteRange[] {
  const deletes: DeleteRange[] = [];
  for (let clients = reader.count(most); clients > 0; clients -= 1) {
    const client = reader.uint();
    for (let ranges = reader.count(most - deletes.length); ranges > 0; ranges -= 1) {
      const clock = reader.uint();
      const length = reader.uint();
      if (length < 1 || clock + length > LARGEST_CLOCK) throw MALFORMED;
      deletes.push({ client, clock, length });
    }
  }
  return deletes;
}
