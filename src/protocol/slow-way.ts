import { LIMITS } from '#domain/limits.ts';

/**
 * The sync protocol over plain requests, for networks that let no WebSocket through (SYNC.md). Every request is a POST to
 * `/sync/<document>`, because browsers name their origin with those. Without a parameter it opens a way and is answered with its id.
 */
export const WAY = 'way';
/** `take=<n>`: what the server has said, from byte n on. It also says that everything before n has come. */
export const TAKE = 'take';
/** Beside `take`, in milliseconds: how long the server may wait for something to say. */
export const HOLD = 'hold';
/** `give=<n>`: batch n, beginning with 1. Sent again until it is answered; the server takes each once, and in order. */
export const GIVE = 'give';
export const END = 'end';

export const MOST_HELD = LIMITS.heldAnswer.most * 1_000; // ms
export const MOST_IN_BATCH = LIMITS.batchOfSlowWay.most; // bytes
export const MOST_FRAMES = LIMITS.framesOfBatch.most;

const HEAD = 4;

/** Frames with the length of each before it, in four bytes. */
export function packBatch(frames: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const batch = new Uint8Array(frames.reduce((sum, { length }) => sum + HEAD + length, 0));
  const view = new DataView(batch.buffer);
  let at = 0;
  for (const frame of frames) {
    view.setUint32(at, frame.length);
    batch.set(frame, at + HEAD);
    at += HEAD + frame.length;
  }
  return batch;
}

/** Null for what is no batch, to the last byte. */
export function unpackBatch(batch: Uint8Array): Uint8Array[] | null {
  const view = new DataView(batch.buffer, batch.byteOffset, batch.byteLength);
  const frames: Uint8Array[] = [];
  let at = 0;
  while (at < batch.length) {
    if (at + HEAD > batch.length || frames.length === MOST_FRAMES) return null;
    const length = view.getUint32(at);
    at += HEAD;
    if (at + length > batch.length) return null;
    frames.push(batch.subarray(at, at + length));
    at += length;
  }
  return frames;
}
