import * as Y from 'yjs';
import { Seeded } from '../faults/seeded.ts';

export interface SeededBoard {
  readonly clients: readonly number[];
  /** One a character that was put in or taken out, in the order in which a server got them. */
  readonly updates: readonly { readonly update: Uint8Array; readonly typist: number }[];
  /** What whoever has all of it holds: clock by clientID. */
  readonly clocks: Readonly<Record<string, number>>;
}

const TYPISTS = 5;
const NEARBY = 12; // characters around one's last place
const DELETIONS = 0.2;

/** A board on which several people wrote at once, each edit near their last one and an update of its own. */
export function seededBoard(edits: number): SeededBoard {
  const random = new Seeded(20_000);
  const docs = Array.from({ length: TYPISTS }, (_, index) => {
    const doc = new Y.Doc();
    doc.clientID = 1_001 + index;
    return { doc, at: 0 };
  });
  const updates: { update: Uint8Array; typist: number }[] = [];
  docs.forEach(({ doc }, typist) => {
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'elsewhere') return;
      updates.push({ update, typist });
      for (const other of docs) if (other.doc !== doc) Y.applyUpdate(other.doc, update, 'elsewhere');
    });
  });
  while (updates.length < edits) {
    const typist = docs[random.between(0, TYPISTS - 1)]!;
    const text = typist.doc.getText('items');
    typist.at = Math.min(text.length, Math.max(0, typist.at + random.between(-NEARBY, NEARBY)));
    if (random.next() < DELETIONS && typist.at < text.length) text.delete(typist.at, 1);
    else text.insert(typist.at, String.fromCharCode(random.between(97, 122)));
  }
  const clocks = Object.fromEntries(Y.decodeStateVector(Y.encodeStateVector(docs[0]!.doc)));
  return { clients: docs.map(({ doc }) => doc.clientID), updates, clocks };
}

/** The updates as `peers/seed.mjs` reads them. */
export function seedFile({ updates }: SeededBoard): Buffer {
  return Buffer.concat(
    updates.flatMap(({ update }) => {
      const length = Buffer.alloc(4);
      length.writeUInt32LE(update.length);
      return [length, update];
    }),
  );
}
