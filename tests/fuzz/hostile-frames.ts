import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import * as wire from '#protocol/sync.ts';
import type { Seeded } from '../faults/seeded.ts';
import { mutate } from './mutate.ts';
import { RichDocs } from './rich-docs.ts';

const REFRESH = 200; // frames after which new ones are recorded

/** Frames as real clients send them, damaged: half of them keep the outer framing, so that what is inside is reached. */
export class HostileFrames {
  readonly #random: Seeded;
  #payloads: readonly { type: number; kind: number; bytes: Uint8Array }[] = [];
  #all: readonly Uint8Array[] = [];
  #count = 0;

  constructor(random: Seeded) {
    this.#random = random;
  }

  next(): Uint8Array {
    if (this.#count % REFRESH === 0) this.#record();
    this.#count += 1;
    const random = this.#random;
    const { type, kind, bytes } = this.#payloads[random.between(0, this.#payloads.length - 1)]!;
    switch (random.between(0, 9)) {
      case 0: // any opcode
        return Uint8Array.of(random.between(0, 255), ...frameOf(type, kind, bytes).subarray(1));
      case 1: // any kind of sync message
        return frameOf(wire.SYNC, random.between(0, 255), bytes);
      case 2: // one's payload under another's type
        return frameOf(random.between(0, 3), random.between(0, 3), bytes);
      case 3: // as it is: a frame that is well formed may still be anything but welcome
        return frameOf(type, kind, bytes);
      case 4:
      case 5:
      case 6:
      case 7:
      case 8:
        return frameOf(type, kind, mutate(bytes, this.#all, random));
      default:
        return mutate(frameOf(type, kind, bytes), this.#all, random);
    }
  }

  #record(): void {
    const random = this.#random;
    const rich = new RichDocs(random, random.between(1, 2));
    rich.edit(random.between(5, 25));
    const [doc] = rich.docs as [Y.Doc];
    const awareness = new Awareness(doc);
    awareness.setLocalState({ item: 'item0001', cursor: { anchor: { tname: 'text' }, head: { tname: 'text' } } });
    const sync = (kind: number, bytes: Uint8Array) => ({ type: wire.SYNC, kind, bytes });
    this.#payloads = [
      sync(wire.SYNC_STEP_1, Y.encodeStateVector(doc)),
      sync(wire.SYNC_STEP_1, Y.encodeStateVector(new Y.Doc())),
      sync(wire.SYNC_STEP_2, Y.encodeStateAsUpdate(doc)),
      ...rich.updates.map((update) => sync(wire.SYNC_UPDATE, update)),
      ...Array.from({ length: 12 }, () => sync(wire.SYNC_UPDATE, this.#somebodys())),
      { type: wire.AWARENESS, kind: 0, bytes: encodeAwarenessUpdate(awareness, [doc.clientID]) },
      { type: wire.QUERY_AWARENESS, kind: 0, bytes: new Uint8Array() },
      { type: wire.AUTH, kind: 0, bytes: Uint8Array.of(0, 1, 65) },
      { type: wire.DURABLE, kind: 0, bytes: Uint8Array.of(1, 1) },
    ];
    this.#all = this.#payloads.map(({ bytes }) => bytes);
    awareness.destroy();
  }

  /** The first words of somebody new: whole by themselves. */
  #somebodys(): Uint8Array {
    const rich = new RichDocs(this.#random, 1);
    rich.edit(4);
    return Y.encodeStateAsUpdate(rich.docs[0]!);
  }
}

function frameOf(type: number, kind: number, bytes: Uint8Array): Uint8Array {
  if (type === wire.QUERY_AWARENESS) return Uint8Array.of(type);
  if (type === wire.AWARENESS) return wire.encodeAwareness(bytes);
  if (type !== wire.SYNC) return Uint8Array.of(type, ...bytes);
  const frame = wire.encodeUpdate(bytes);
  frame[1] = Math.min(kind, 127);
  return frame;
}
