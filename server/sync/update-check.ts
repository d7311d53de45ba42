import * as Y from 'yjs';
import type { SeatId } from '#domain/ids.ts';

/** What an update says it contains, read without applying it. */
export type DecodedUpdate = ReturnType<typeof Y.decodeUpdate>;

const LARGEST_CLOCK = 2 ** 31; // characters by one client; nobody types that many

/** Null when the bytes are not a well-formed V1 update. Decoding is strict: unlike y-protocols' reader it hides nothing. */
export function decodeUpdate(bytes: Uint8Array): DecodedUpdate | null {
  try {
    const update = Y.decodeUpdate(bytes);
    for (const struct of update.structs) {
      if (struct.length < 1 || struct.id.clock + struct.length > LARGEST_CLOCK) return null;
      if (struct instanceof Y.Item && struct.content instanceof Y.ContentDoc) return null;
    }
    for (const ranges of update.ds.clients.values()) {
      if (ranges.some(({ clock, len }) => len < 1 || clock + len > LARGEST_CLOCK)) return null;
    }
    return update;
  } catch {
    return null;
  }
}

/** Whether applying the update would change the document at all. Every SyncStep2 repeats all deletions, mostly known ones. */
export function bringsNews(doc: Y.Doc, update: DecodedUpdate): boolean {
  const { store } = doc;
  if (update.structs.some(({ id, length }) => id.clock + length > Y.getState(store, id.client))) return true;
  for (const [client, ranges] of update.ds.clients) {
    const structs = store.clients.get(client) ?? [];
    for (const { clock, len } of ranges) {
      if (clock + len > Y.getState(store, client)) return true;
      for (let at = Y.findIndexSS(structs, clock); at < structs.length; at += 1) {
        const struct = structs[at]!;
        if (struct.id.clock >= clock + len) break;
        if (!struct.deleted) return true;
      }
    }
  }
  return false;
}

/**
 * Whether the update builds only on what is known (`next` gives each client's next clock). One that does not would lie
 * in the document as pending, invisible, for ever; its sender is asked for the rest instead.
 */
export function isGapless(update: DecodedUpdate, next: (client: number) => number): boolean {
  const own = new Map<number, number>();
  const known = (client: number) => own.get(client) ?? next(client);
  for (const struct of update.structs) {
    const { client, clock } = struct.id;
    if (struct instanceof Y.Skip || clock > known(client)) return false;
    own.set(client, Math.max(known(client), clock + struct.length));
  }
  for (const struct of update.structs) {
    if (!(struct instanceof Y.Item)) continue;
    const { client, clock } = struct.id;
    const reaches = (id: unknown) =>
      !(id instanceof Y.ID) || id.clock < (id.client === client ? clock : known(id.client));
    if (!reaches(struct.origin) || !reaches(struct.rightOrigin) || !reaches(struct.parent)) return false;
  }
  for (const [client, ranges] of update.ds.clients) {
    if (ranges.some(({ clock, len }) => clock + len > known(client))) return false;
  }
  return true;
}

/**
 * A clientID belongs to the seat that first wrote under it. Structs under somebody else's are a theft: they take the
 * clocks that the owner is about to use, and the owner's next words would be ignored everywhere.
 */
export class ClientOwners {
  readonly #owners = new Map<number, SeatId | null>();

  /** False when new structs stand under another seat's clientID; then nothing is claimed. */
  claim(update: DecodedUpdate, next: (client: number) => number, seat: SeatId | null): boolean {
    const writing = new Set(
      update.structs.filter(({ id, length }) => id.clock + length > next(id.client)).map(({ id }) => id.client),
    );
    for (const client of writing) {
      const owner = this.#owners.get(client);
      if (owner !== undefined && owner !== seat) return false;
    }
    for (const client of writing) this.#owners.set(client, seat);
    return true;
  }
}
