import { ByteReader, MALFORMED } from './byte-reader.ts';
import { GONE, type Place } from './place.ts';
import { isDeletion, LARGEST_CLOCK, readContent, readDeletes, readHead, readPlace, type Kinds } from './struct.ts';

/** A V1 update of Yjs as its outline: where each struct lies in the bytes, and what it builds on. Contents stay bytes. */
export interface ScannedUpdate {
  readonly bytes: Uint8Array;
  readonly sections: readonly Section[];
  readonly deletes: readonly DeleteRange[];
  /** Names of the root types that it mentions. */
  readonly roots: ReadonlySet<string>;
  /** What it brings, a bit for each of Yjs' numbers: kinds of content, and of shared types. */
  readonly kinds: Readonly<Kinds>;
}

/** Consecutive structs of one client: clocks `clock … end - 1`, bytes `from … to - 1`. */
export interface Stretch {
  readonly client: number;
  readonly clock: number;
  readonly end: number;
  readonly from: number;
  readonly to: number;
  /** Structs in it. */
  readonly count: number;
}

export interface Section extends Stretch {
  readonly structs: readonly Struct[];
}

export interface Struct {
  readonly clock: number;
  /** Offset of its first byte. */
  readonly at: number;
  /** Written as something already deleted (GC, ContentDeleted). */
  readonly isDeleted: boolean;
  /** As far as it says so itself. */
  readonly place: Place;
  /** Ids it names, flat: client, clock, client, clock … Of its neighbours, the left one first, or of its parent. */
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
const FRAME_LIMITS: ScanLimits = { sections: 64, structs: 20_000, deletes: 50_000 };
/** For what we stored ourselves. */
export const STORED_LIMITS: ScanLimits = { sections: Infinity, structs: Infinity, deletes: Infinity };

const NOTHING: number[] = [];

/**
 * Reads an update without building it. Null: it is not one to the last byte, or beyond the limits. Whatever is accepted here,
 * Yjs decodes and integrates without an error, in this server and in every browser. Format:
 * https://github.com/yjs/yjs/blob/v13.6.33/src/utils/encoding.js
 */
export function scanUpdate(bytes: Uint8Array, limits: ScanLimits = FRAME_LIMITS): ScannedUpdate | null {
  const reader = new ByteReader(bytes);
  try {
    const roots = new Set<string>();
    const kinds: Kinds = { contents: 0, types: 0 };
    const sections = readSections(reader, limits, roots, kinds);
    const deletes: DeleteRange[] = [];
    readDeletes(reader, limits.deletes, (client, clock, length) => deletes.push({ client, clock, length }));
    return reader.left === 0 ? { bytes, sections, deletes, roots, kinds } : null;
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

function readSections(reader: ByteReader, limits: ScanLimits, roots: Set<string>, kinds: Kinds): Section[] {
  const sections: Section[] = [];
  let structsLeft = limits.structs;
  for (let left = reader.count(limits.sections); left > 0; left -= 1) {
    const section = readSection(reader, structsLeft, roots, kinds);
    structsLeft -= section.count;
    sections.push(section);
  }
  refuseRepeated(sections);
  return sections;
}

/** Yjs would forget the first of two stretches of one client. */
function refuseRepeated(stretches: readonly Stretch[]): void {
  if (stretches.length > 1 && new Set(stretches.map(({ client }) => client)).size < stretches.length) throw MALFORMED;
}

function readSection(reader: ByteReader, most: number, roots: Set<string>, kinds: Kinds): Section {
  const { count, client, clock: start } = readHead(reader, most);
  const from = reader.at;
  const structs: Struct[] = [];
  let clock = start;
  for (let index = 0; index < count; index += 1) {
    const at = reader.at;
    const info = reader.byte();
    const needs: number[] = info === 0 ? NOTHING : [];
    const place = info === 0 ? GONE : readPlace(reader, info, needs, roots);
    const length = readContent(reader, info, kinds);
    kinds.contents |= 1 << (info & 31);
    structs.push({ clock, at, isDeleted: isDeletion(info), place, needs });
    clock += length;
    if (length < 1 || clock > LARGEST_CLOCK) throw MALFORMED;
  }
  return { client, clock: start, end: clock, from, to: reader.at, count, structs };
}
