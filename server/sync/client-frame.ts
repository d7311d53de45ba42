import * as decoding from 'lib0/decoding';
import { AWARENESS, QUERY_AWARENESS, SYNC, SYNC_UPDATE } from '#protocol/sync.ts';

export type ClientFrame =
  | { readonly type: typeof SYNC; readonly kind: number; readonly bytes: Uint8Array }
  | { readonly type: typeof AWARENESS; readonly bytes: Uint8Array }
  | { readonly type: typeof QUERY_AWARENESS };

/** Null for what is not one of the frames that a client sends, to the last byte. */
export function readFrame(data: Uint8Array): ClientFrame | null {
  try {
    const decoder = decoding.createDecoder(data);
    const type = decoding.readVarUint(decoder);
    if (type === QUERY_AWARENESS) return { type };
    if (type !== SYNC && type !== AWARENESS) return null;
    const kind = type === SYNC ? decoding.readVarUint(decoder) : 0;
    if (kind > SYNC_UPDATE) return null;
    const bytes = decoding.readVarUint8Array(decoder);
    if (decoding.hasContent(decoder)) return null;
    return type === SYNC ? { type, kind, bytes } : { type, bytes };
  } catch {
    return null;
  }
}
