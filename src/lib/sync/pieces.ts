import * as decoding from 'lib0/decoding';
import { SYNC_STEP_2, encodeStep2, encodeUpdate } from '#protocol/sync.ts';
import { splitUpdate } from '#protocol/update/split.ts';

/** A frame's own type, kind and length, and the rounding of the splitter. */
const AROUND = 64; // bytes

/**
 * An update frame as several of its own kind, to be sent in this order. Pieces of a SyncStep2 are SyncStep2s: after a refusal the
 * server takes nothing else.
 */
export function piecesOf(frame: Uint8Array, largest: number): Uint8Array<ArrayBuffer>[] {
  const decoder = decoding.createDecoder(frame);
  decoding.readVarUint(decoder);
  const encode = decoding.readVarUint(decoder) === SYNC_STEP_2 ? encodeStep2 : encodeUpdate;
  const update = decoding.readVarUint8Array(decoder);
  return splitUpdate(update, largest - AROUND).map((piece) => encode(piece) as Uint8Array<ArrayBuffer>);
}
