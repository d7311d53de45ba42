import { ByteReader, MALFORMED } from './byte-reader.ts';
import { GONE, type Place } from './place.ts';
import type { Stretch } from './scan.ts';
import {
  isDeletion,
  LARGEST_CLOCK,
  passPlace,
  readContent,
  readDeletes,
  readHead,
  readPlace,
  readRange,
} from './struct.ts';

/** Told of each in the order of the bytes. A client's stretches come in pieces: each follows the one before. */
export interface UpdateVisitor {
  stretch(stretch: Stretch): void;
  /** Before the stretch that has it. `place`, the ids that it names and `at`: as a `Struct` has them, for this moment only. */
  struct(client: number, clock: number, end: number, place: Place, needs: readonly number[], at: number): void;
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
    const { count, client, clock } = readHead(reader, Infinity);
    clients?.add(client);
    const from = reader.at;
    const needs: number[] = [];
    let end = clock;
    for (let index = 0; index < count; index += 1) {
      const at = reader.at;
      const info = reader.byte();
      const place = placeFrom(reader, info, needs);
      end = visitStruct(visitor, { client, clock: end, info, place, needs, at }, readContent(reader, info));
    }
    visitor.stretch({ client, clock, end, from, to: reader.at, count });
  }
  if (clients && clients.size < stretches) throw MALFORMED;
  readDeletes(reader, Infinity, (client, clock, length) => visitor.deleted(client, clock, length));
  if (reader.left > 0) throw MALFORMED;
}

/** Returns whose they are. */
function* visitStructs(reader: ByteReader, visitor: UpdateVisitor): Generator<undefined, number> {
  const { count, client, clock: first } = readHead(reader, Infinity);
  let piece = { client, clock: first, from: reader.at, count: 0 };
  const needs: number[] = [];
  let clock = first;
  const close = (to: number) => {
    if (piece.count > 0) visitor.stretch({ ...piece, end: clock, to });
    piece = { client, clock, from: to, count: 0 };
  };
  for (let left = count; left > 0; left -= 1) {
    const at = reader.at;
    const info = reader.byte();
    const place = placeFrom(reader, info, needs);
    const isLong = reader.left > PIECE && isLongContent(reader, info);
    if (isLong) close(at);
    const length = isLong ? yield* passContent(reader, info) : readContent(reader, info);
    clock = visitStruct(visitor, { client, clock, info, place, needs, at }, length);
    piece.count += 1;
    if (!isLong && reader.at - piece.from < PIECE) continue;
    close(reader.at);
    yield;
  }
  close(reader.at);
  return client;
}

/** The ids that the struct names are in `needs` afterwards, and no others. */
function placeFrom(reader: ByteReader, info: number, needs: number[]): Place {
  needs.length = 0;
  return info === 0 ? GONE : readPlace(reader, info, needs);
}

interface Visited {
  readonly client: number;
  readonly clock: number;
  readonly info: number;
  readonly place: Place;
  readonly needs: readonly number[];
  readonly at: number;
}

/** Returns the next clock. */
function visitStruct(visitor: UpdateVisitor, visited: Visited, length: number): number {
  const { client, clock, info, place, needs, at } = visited;
  const end = clock + length;
  if (length < 1 || end > LARGEST_CLOCK) throw MALFORMED;
  visitor.struct(client, clock, end, place, needs, at);
  if (isDeletion(info)) visitor.deleted(client, clock, length);
  return end;
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
    if (info !== 0) passPlace(reader, info);
    next += readContent(reader, info, undefined);
    if (next > clock) return { ...stretch, clock: start, from: at, count: stretch.count - index };
  }
  throw MALFORMED;
}
