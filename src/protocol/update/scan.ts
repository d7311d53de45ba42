import { ByteReader, MALFORMED } from './byte-reader.ts';

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

export interface Kinds {
  contents: number;
  types: number;
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

/** Told of each in the order of the bytes. A client's stretches come in pieces: each follows the one before. */
export interface UpdateVisitor {
  stretch(stretch: Stretch): void;
  /** By a delete range, or written as something already deleted. */
  deleted(client: number, clock: number, length: number): void;
}

const PIECE = 16_384; // bytes of a stretch, about, after which it goes on as another; what is longer by itself is one alone
const MANY = 4_096; // values of one struct, or ranges, after which one may pause

/**
 * Goes through an update that we stored ourselves without keeping anything of it, in steps of some 16 KB: it may be a document of
 * 32 MB, and others wait meanwhile. Throws when it is not an update after all.
 */
export function* visitStored(bytes: Uint8Array, visitor: UpdateVisitor): Generator<undefined, void> {
  const reader = new ByteReader(bytes);
  const stretches = reader.count(Infinity);
  const clients = stretches > 1 ? new Set<number>() : null;
  for (let left = stretches; left > 0; left -= 1) {
    const client = yield* visitStructs(reader, visitor);
    clients?.add(client);
    yield;
  }
  if (clients && clients.size < stretches) throw MALFORMED;
  yield* visitDeletes(reader, visitor);
  if (reader.left > 0) throw MALFORMED;
}

/** Bytes of an update that is not worth pausing in. */
export const SHORT_UPDATE = PIECE;

/** `visitStored` without a pause: for a keystroke, of which a document has thousands, steps cost more than the reading. */
export function visitShort(bytes: Uint8Array, visitor: UpdateVisitor): void {
  const reader = new ByteReader(bytes);
  const stretches = reader.count(Infinity);
  const clients = stretches > 1 ? new Set<number>() : null;
  for (let left = stretches; left > 0; left -= 1) {
    const stretch = readStretch(reader, Infinity, { visitor });
    clients?.add(stretch.client);
    visitor.stretch(stretch);
  }
  if (clients && clients.size < stretches) throw MALFORMED;
  readDeletes(reader, Infinity, (client, clock, length) => visitor.deleted(client, clock, length));
  if (reader.left > 0) throw MALFORMED;
}

/** Returns whose they are. */
function* visitStructs(reader: ByteReader, visitor: UpdateVisitor): Generator<undefined, number> {
  const { count, client, clock: first } = readHead(reader, Infinity);
  let piece = { client, clock: first, from: reader.at, count: 0 };
  let clock = first;
  const close = (to: number) => {
    if (piece.count > 0) visitor.stretch({ ...piece, end: clock, to });
    piece = { client, clock, from: to, count: 0 };
  };
  for (let left = count; left > 0; left -= 1) {
    const at = reader.at;
    const info = reader.byte();
    if (info !== 0) readPlace(reader, info, null, undefined);
    const isLong = reader.left > PIECE && isLongContent(reader, info);
    if (isLong) close(at);
    const length = isLong ? yield* passContent(reader, info) : readContent(reader, info);
    if (info === 0 || (info & 31) === 1) visitor.deleted(client, clock, length);
    clock += length;
    if (length < 1 || clock > LARGEST_CLOCK) throw MALFORMED;
    piece.count += 1;
    if (!isLong && reader.at - piece.from < PIECE) continue;
    close(reader.at);
    yield;
  }
  close(reader.at);
  return client;
}

function* visitDeletes(reader: ByteReader, visitor: UpdateVisitor): Generator<undefined, void> {
  let read = 0;
  for (let clients = reader.count(Infinity); clients > 0; clients -= 1) {
    const client = reader.uint();
    for (let ranges = reader.count(Infinity); ranges > 0; ranges -= 1) {
      const { clock, length } = readRange(reader);
      visitor.deleted(client, clock, length);
      read += 1;
      if (read % MANY === 0) yield;
    }
  }
}

const STRING = 4;
const isList = (info: number): boolean => (info & 31) === 2 || (info & 31) === 8;

/** Yjs joins what is written in one go: a struct may be as long as the document. */
function isLongContent(reader: ByteReader, info: number): boolean {
  if ((info & 31) !== STRING && !isList(info)) return false;
  const from = reader.at;
  const length = reader.uint();
  reader.at = from;
  return length > (isList(info) ? MANY : PIECE);
}

/** `readContent` in steps. */
function passContent(reader: ByteReader, info: number): Generator<undefined, number> {
  if ((info & 31) === STRING) return reader.textInSteps();
  const count = reader.count(Number.MAX_SAFE_INTEGER);
  return reader.inSteps(count, (info & 31) === 2 ? () => reader.jsonOrUndefined() : () => reader.any());
}

/** The rest of a stretch of ours from the struct in which the clock lies, which is in the stretch. Nothing is kept of what lies before. */
export function restOf(bytes: Uint8Array, stretch: Stretch, clock: number): Stretch {
  if (stretch.count === 1) return stretch;
  const reader = new ByteReader(bytes);
  reader.at = stretch.from;
  let next = stretch.clock;
  for (let index = 0; index < stretch.count; index += 1) {
    const at = reader.at;
    const start = next;
    const info = reader.byte();
    if (info !== 0) readPlace(reader, info, null, undefined);
    next += readContent(reader, info, undefined);
    if (next > clock) return { ...stretch, clock: start, from: at, count: stretch.count - index };
  }
  throw MALFORMED;
}

function readSections(reader: ByteReader, limits: ScanLimits, roots: Set<string>, kinds: Kinds): Section[] {
  const sections: Section[] = [];
  let structsLeft = limits.structs;
  for (let left = reader.count(limits.sections); left > 0; left -= 1) {
    const structs: Struct[] = [];
    const stretch = readStretch(reader, structsLeft, { structs, roots, kinds });
    structsLeft -= stretch.count;
    sections.push({ ...stretch, structs });
  }
  refuseRepeated(sections);
  return sections;
}

/** Yjs would forget the first of two stretches of one client. */
function refuseRepeated(stretches: readonly Stretch[]): void {
  if (stretches.length > 1 && new Set(stretches.map(({ client }) => client)).size < stretches.length) throw MALFORMED;
}

/** What is wanted to be known of the structs. */
interface Wanted {
  readonly structs?: Struct[];
  readonly roots?: Set<string>;
  readonly kinds?: Kinds;
  /** Told of those that are written as something already deleted. */
  readonly visitor?: UpdateVisitor;
}

function readHead(reader: ByteReader, most: number): { count: number; client: number; clock: number } {
  const count = reader.count(most);
  const client = reader.uint();
  if (count === 0 || client > LARGEST_CLIENT) throw MALFORMED;
  return { count, client, clock: reader.uint() };
}

function readStretch(reader: ByteReader, most: number, { structs, roots, kinds, visitor }: Wanted): Stretch {
  const { count, client, clock: start } = readHead(reader, most);
  const from = reader.at;
  let clock = start;
  for (let index = 0; index < count; index += 1) {
    const at = reader.at;
    const info = reader.byte();
    const needs: number[] | null = structs && info !== 0 ? [] : null;
    if (info !== 0) readPlace(reader, info, needs, roots);
    const length = readContent(reader, info, kinds);
    if (kinds) kinds.contents |= 1 << (info & 31);
    const isDeleted = info === 0 || (info & 31) === 1;
    structs?.push({ clock, at, isDeleted, needs: needs ?? NOTHING });
    if (isDeleted) visitor?.deleted(client, clock, length);
    clock += length;
    if (length < 1 || clock > LARGEST_CLOCK) throw MALFORMED;
  }
  return { client, clock: start, end: clock, from, to: reader.at, count };
}

/** Left and right neighbour, or parent: the flags of an item's info byte say which are there. */
function readPlace(reader: ByteReader, info: number, needs: number[] | null, roots: Set<string> | undefined): void {
  if (info & 0x80) readId(reader, needs);
  if (info & 0x40) readId(reader, needs);
  if (info & 0xc0) return;
  const kind = reader.uint();
  if (kind > 1) throw MALFORMED;
  if (kind === 1) {
    const root = readRoot(reader);
    roots?.add(root);
  } else readId(reader, needs);
  if (info & 0x20) reader.key();
}

function readId(reader: ByteReader, needs: number[] | null): void {
  const client = reader.uint();
  const clock = reader.uint();
  needs?.push(client, clock);
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

function readDeletes(
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

function readRange(reader: ByteReader): { clock: number; length: number } {
  const clock = reader.uint();
  const length = reader.uint();
  if (length < 1 || clock + length > LARGEST_CLOCK) throw MALFORMED;
  return { clock, length };
}
