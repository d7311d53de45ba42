import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import * as wire from '#protocol/sync.ts';

export const FRAME_KINDS = [
  'step1',
  'step2 with news',
  'step2 that is known',
  'update',
  'awareness',
  'query awareness',
  'auth',
  'durable',
  'refused',
  'hello',
  'unknown',
] as const;
export type FrameKind = (typeof FRAME_KINDS)[number];

/** A frame of each kind. What it would add carries the marker; `known` is the document as it is stored. */
type Attack = Record<FrameKind, (marker: string, known: Y.Doc) => Uint8Array> & { next(): number };

let count = 0;

export const attack: Attack = {
  next: () => (count += 1),
  step1: () => wire.encodeStep1(Y.encodeStateVector(new Y.Doc())),
  'step2 with news': (marker) => wire.encodeStep2(newsOf(marker)),
  'step2 that is known': (_marker, known) => wire.encodeStep2(Y.encodeStateAsUpdate(known)),
  update: (marker) => wire.encodeUpdate(newsOf(marker)),
  awareness: (marker) =>
    wire.encodeAwareness(presenceOf([{ client: 7_000_000 + count, clock: 1, state: { item: marker } }])),
  'query awareness': () => Uint8Array.of(wire.QUERY_AWARENESS),
  auth: (marker) => named(wire.AUTH, marker),
  durable: () => wire.encodeDurable(1, 1),
  refused: () => wire.encodeRefused(1, wire.REFUSAL_CODES.notStored),
  hello: () => wire.encodeHello({ protocol: 1, lineage: 'x', readOnly: false, maxFrame: 1 }),
  unknown: (marker) => named(200, marker),
};

export function presenceOf(entries: readonly { client: number; clock: number; state: unknown }[]): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, entries.length);
  for (const { client, clock, state } of entries) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
    encoding.writeVarString(encoder, typeof state === 'string' ? state : JSON.stringify(state));
  }
  return encoding.toUint8Array(encoder);
}

function newsOf(marker: string): Uint8Array {
  const doc = new Y.Doc();
  doc.getMap('themes').set(marker, marker);
  return Y.encodeStateAsUpdate(doc);
}

function named(type: number, text: string): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, type);
  encoding.writeVarString(encoder, text);
  return encoding.toUint8Array(encoder);
}
