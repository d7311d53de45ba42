import * as decoding from 'lib0/decoding';

/** What a client may say about itself; everything else in its awareness is dropped. */
export interface Pointing {
  readonly cursor?: { readonly anchor: RelativePosition; readonly head: RelativePosition };
  /** Which item is open or selected. */
  readonly item?: string;
}

interface RelativePosition {
  readonly type?: StructId | null;
  readonly tname?: string | null;
  readonly item?: StructId | null;
  readonly assoc?: number;
}

interface StructId {
  readonly client: number;
  readonly clock: number;
}

export interface AwarenessEntry {
  readonly client: number;
  readonly json: string;
}

const MOST_ENTRIES = 1_000; // stock clients echo everybody's state

/** Entries of an awareness update, states as JSON text not yet parsed. Null when malformed. */
export function readAwareness(bytes: Uint8Array): AwarenessEntry[] | null {
  try {
    const decoder = decoding.createDecoder(bytes);
    const count = decoding.readVarUint(decoder);
    if (count > MOST_ENTRIES) return null;
    return Array.from({ length: count }, () => {
      const client = decoding.readVarUint(decoder);
      decoding.readVarUint(decoder); // its clock: the server has its own
      return { client, json: decoding.readVarString(decoder) };
    });
  } catch {
    return null;
  }
}

/** Null when the client says that it is leaving, or when it is not JSON. Rebuilt field by field, never passed through. */
export function readPointing(json: string): Pointing | null {
  const state = parse(json);
  if (!isRecord(state)) return null;
  const { cursor, item } = state;
  const anchor = isRecord(cursor) ? readPosition(cursor.anchor) : null;
  const head = isRecord(cursor) ? readPosition(cursor.head) : null;
  return {
    ...(anchor && head && { cursor: { anchor, head } }),
    ...(typeof item === 'string' && /^[a-z0-9]{1,40}$/.test(item) && { item }),
  };
}

function readPosition(value: unknown): RelativePosition | null {
  if (!isRecord(value)) return null;
  const type = readId(value.type);
  const item = readId(value.item);
  const tname = typeof value.tname === 'string' && value.tname.length <= 64 ? value.tname : null;
  if (!type && !item && tname === null) return null;
  return { type, tname, item, assoc: typeof value.assoc === 'number' && value.assoc < 0 ? -1 : 0 };
}

function readId(value: unknown): StructId | null {
  if (!isRecord(value)) return null;
  const { client, clock } = value;
  return isCount(client) && isCount(clock) ? { client, clock } : null;
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
