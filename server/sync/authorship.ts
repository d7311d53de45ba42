import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { SeatId } from '#domain/ids.ts';
import { ByteReader } from '#protocol/update/byte-reader.ts';
import { hasKey, isSigned } from '#protocol/update/place.ts';
import { scanStored, type ScannedUpdate, type Struct } from '#protocol/update/scan.ts';
import { withOthers } from '#protocol/update/write.ts';
import type { DocumentLog } from './document-log.ts';
import type { Ownership } from './ownership.ts';

const ANY = 8;
const DELETED = 1;
const LARGEST = 2_000_000; // bytes of a log that is read at once, in some 30 ms: a full day of 35 people is half of it

/** A value of a key, as its bytes say where it is: behind another one, or under a key of a root or of another value. */
interface Entry {
  readonly left: string | null;
  readonly parent: string | null;
  readonly root: string;
  readonly key: string;
  /** Where its content begins. */
  readonly content: number;
  readonly kind: number;
}

const idOf = (client: number, clock: number): string => `${client} ${clock}`;

/**
 * What a document says about who wrote, reacted or deleted is what whoever sends it is. What names another seat is stored as it stood there
 * before (an undone deletion, an idea that is brought back), and else with nobody's name: never refused, for words lie beside it.
 */
export class Authorship {
  readonly #log: () => DocumentLog;
  readonly #ownership: Ownership;
  /** Made when somebody first names another seat. */
  #known: Known | null = null;

  constructor(log: () => DocumentLog, ownership: Ownership) {
    this.#log = log;
    this.#ownership = ownership;
  }

  /** The update as it is to be stored; its places are known already. */
  honest(update: ScannedUpdate, seat: SeatId): ScannedUpdate {
    let others: Map<Struct, Uint8Array> | null = null;
    let own: Known | null = null;
    for (const { client, structs } of update.sections) {
      for (const struct of structs) {
        if (!this.#isForeign(update.bytes, client, struct, seat)) continue;
        own ??= this.#read(update, new Known(this.#stored()));
        const bytes = own.instead(update.bytes, struct, idOf(client, struct.clock));
        if (bytes) (others ??= new Map()).set(struct, bytes);
      }
    }
    return others ? withOthers(update, others) : update;
  }

  appended(update: ScannedUpdate): void {
    if (!this.#known) return;
    if (this.#log().size > LARGEST) this.#known = null;
    else this.#read(update, this.#known);
  }

  forget(): void {
    this.#known = null;
  }

  /** Whether it names somebody else, or stands in place of what somebody else signed. */
  #isForeign(bytes: Uint8Array, client: number, struct: Struct, seat: SeatId): boolean {
    const kind = bytes[struct.at]! & 31;
    if (struct.isDeleted) return false;
    const signed = isSigned(this.#log().places.at(client, struct.clock));
    if (!signed && kind !== ANY) return false;
    const entry = entryOf(bytes, struct);
    const value = kind === ANY ? valueAt(bytes, entry.content) : undefined;
    const by = commentBy(value);
    if (!signed && by === undefined) return false;
    if (struct.needs.length > 0 && entry.key === '') {
      const isOwn = this.#ownership.ownerOf(struct.needs[0]!) === seat;
      return !isOwn || (by ?? (typeof value === 'string' ? value : seat)) !== seat;
    }
    const colon = signed ? entry.key.indexOf(':') : -1;
    if (colon >= 0) return entry.key.slice(colon + 1) !== seat;
    return (by ?? value) !== seat;
  }

  #stored(): Known | null {
    const log = this.#log();
    if (log.size > LARGEST) return null;
    return (this.#known ??= this.#read(scanStored(log.whole()), new Known(null)));
  }

  #read(update: ScannedUpdate, into: Known): Known {
    const { places } = this.#log();
    for (const { client, structs } of update.sections) {
      for (const struct of structs) {
        // what is deleted says where what follows it stands
        if (update.bytes[struct.at] !== 0 && hasKey(places.at(client, struct.clock)))
          into.add(update.bytes, client, struct);
      }
    }
    into.settle();
    return into;
  }
}

/** Values of keys by their paths, and who signed what there. */
class Known {
  readonly #before: Known | null;
  readonly #entries = new Map<string, Entry>();
  readonly #paths = new Map<string, string>();
  readonly #signed = new Map<string, Set<string>>();
  #unread: { readonly id: string; readonly entry: Entry; readonly bytes: Uint8Array }[] = [];

  constructor(before: Known | null) {
    this.#before = before;
  }

  add(bytes: Uint8Array, client: number, struct: Struct): void {
    const entry = entryOf(bytes, struct);
    const id = idOf(client, struct.clock);
    this.#entries.set(id, entry);
    this.#unread.push({ id, entry, bytes });
  }

  /** Once all of an update are there: what they build on may come after them. */
  settle(): void {
    for (const { id, entry, bytes } of this.#unread) {
      const path = this.#pathOf(id);
      if (entry.kind === DELETED) continue;
      const mark = isReaction(path) ? '' : entry.kind === ANY ? markOf(path, valueAt(bytes, entry.content)) : null;
      if (mark === null) continue;
      const marks = this.#signed.get(path);
      if (marks) marks.add(mark);
      else this.#signed.set(path, new Set([mark]));
    }
    this.#unread = [];
  }

  /** Null: it is what stood there before. */
  instead(bytes: Uint8Array, struct: Struct, id: string): Uint8Array | null {
    const entry = this.#entries.get(id);
    if (!entry) return null;
    const path = this.#pathOf(id);
    const before = this.#before?.marksAt(path);
    const value = entry.kind === ANY ? valueAt(bytes, entry.content) : undefined;
    if (isReaction(path)) {
      return before ? null : withContent(bytes, struct, entry, DELETED, (out) => encoding.writeVarUint(out, 1));
    }
    if (before?.has(markOf(path, value) ?? '')) return null;
    const [first = ''] = before ?? [];
    const by = first.split('\0', 1)[0]!;
    const honest = commentBy(value) === undefined ? by : { ...(value as object), by: '' };
    return withContent(bytes, struct, entry, ANY, (out) => {
      encoding.writeVarUint(out, 1);
      encoding.writeAny(out, honest);
    });
  }

  marksAt(path: string): ReadonlySet<string> | undefined {
    return this.#signed.get(path) ?? this.#before?.marksAt(path);
  }

  /** Not by calling itself: an idea may have been moved ten thousand times. */
  #pathOf(id: string): string {
    const way: string[] = [];
    let path: string | undefined;
    let at: string | null = id;
    while (at !== null && (path = this.pathAt(at)) === undefined) {
      const entry = this.entryAt(at);
      way.push(at);
      at = entry ? (entry.left ?? entry.parent) : null;
    }
    for (const each of way.reverse()) {
      const entry = this.entryAt(each);
      if (!entry) path = '?';
      else if (entry.left === null) path = `${entry.parent === null ? entry.root : path}\0${entry.key}`;
      this.#paths.set(each, path ?? '?');
    }
    return path ?? '?';
  }

  pathAt(id: string): string | undefined {
    return this.#paths.get(id) ?? this.#before?.pathAt(id);
  }

  entryAt(id: string): Entry | undefined {
    return this.#entries.get(id) ?? this.#before?.entryAt(id);
  }
}

function entryOf(bytes: Uint8Array, { at }: Struct): Entry {
  const reader = new ByteReader(bytes);
  reader.at = at;
  const info = reader.byte();
  let left: string | null = null;
  let parent: string | null = null;
  let [root, key] = ['', ''];
  if (info & 0x80) left = idOf(reader.uint(), reader.uint());
  if (info & 0x40) {
    const right = idOf(reader.uint(), reader.uint());
    left ??= right;
  }
  if ((info & 0xc0) === 0) {
    if (reader.uint() === 1) root = reader.key();
    else parent = idOf(reader.uint(), reader.uint());
    if (info & 0x20) key = reader.key();
  }
  return { left, parent, root, key, content: reader.at, kind: info & 31 };
}

/** The last of the values, which is the one that counts. */
function valueAt(bytes: Uint8Array, at: number): unknown {
  const decoder = decoding.createDecoder(bytes);
  decoder.pos = at;
  let value: unknown;
  for (let left = decoding.readVarUint(decoder); left > 0; left -= 1) value = decoding.readAny(decoder);
  return value;
}

/** Of what may be a comment. */
function commentBy(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'by' in value ? value.by : undefined;
}

const lastOf = (path: string): string => path.slice(path.lastIndexOf('\0') + 1);
const isReaction = (path: string): boolean => lastOf(path).includes(':');

/** Who signed, and of a comment its words too: nobody puts others into its author's mouth. Null: nothing is signed. */
function markOf(path: string, value: unknown): string | null {
  if (typeof value === 'string') return ['by', 'goneBy'].includes(lastOf(path)) ? value : null;
  const by = commentBy(value);
  return typeof by === 'string' ? `${by}\0${String((value as { text?: unknown }).text)}` : null;
}

function withContent(
  bytes: Uint8Array,
  { at }: Struct,
  { content }: Entry,
  kind: number,
  write: (out: encoding.Encoder) => void,
): Uint8Array {
  const out = encoding.createEncoder();
  const head = bytes.slice(at, content);
  head[0] = (head[0]! & ~31) | kind;
  encoding.writeUint8Array(out, head);
  write(out);
  return encoding.toUint8Array(out);
}
