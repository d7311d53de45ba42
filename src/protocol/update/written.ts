import { ByteReader } from './byte-reader.ts';
import type { ScannedUpdate } from './scan.ts';

const STRING = 4;
const TYPE = 7; // Yjs' numbers of contents
const [LEFT, RIGHT, KEYED] = [0x80, 0x40, 0x20];

export interface Written {
  /** Entries that came to this root for the first time. */
  readonly entries: number;
  /** Letters of texts; UTF-16. */
  readonly letters: number;
  /** The last of them. */
  readonly last: LetterId | null;
}

/** A letter of a document, as Yjs names it. */
export interface LetterId {
  readonly client: number;
  readonly clock: number;
}

/** How much an update brings, by its outline: what is deleted counts for nothing, and moving something brings nothing. */
export function writtenIn({ bytes, sections }: ScannedUpdate, root: string): Written {
  let [entries, letters] = [0, 0];
  let last: LetterId | null = null;
  for (const { client, structs, end } of sections) {
    for (const [index, { at, clock, isDeleted }] of structs.entries()) {
      const kind = bytes[at]! & 31;
      if (isDeleted) continue;
      if (kind === STRING) {
        const next = structs[index + 1]?.clock ?? end;
        letters += next - clock;
        last = { client, clock: next - 1 };
      } else if (kind === TYPE && rootAt(bytes, at) === root) entries += 1;
    }
  }
  return { entries, letters, last };
}

/** The root under a key of which the struct at this offset is the first value; null: it is none. */
export function rootAt(bytes: Uint8Array, at: number): string | null {
  const info = bytes[at]!;
  if ((info & (LEFT | RIGHT)) !== 0 || (info & KEYED) === 0) return null;
  const reader = new ByteReader(bytes);
  reader.at = at + 1;
  return reader.uint() === 1 ? reader.key() : null;
}
