import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

/** y-websocket's own message types (its clients know these four). */
export const SYNC = 0;
export const AWARENESS = 1;
export const AUTH = 2;
export const QUERY_AWARENESS = 3;
/** Ours (`SYNC.md`). Stock clients ignore them. */
export const DURABLE = 100;
export const REFUSED = 101;
export const HELLO = 102;

export const SYNC_STEP_1 = 0;
export const SYNC_STEP_2 = 1;
export const SYNC_UPDATE = 2;

export const SYNC_PROTOCOL_VERSION = 1;

/** Why an update frame was not taken. `notStored` may be offered again after a pause; the others will be refused again. */
export const REFUSAL_CODES = {
  notStored: 1,
  notAllowed: 2,
  malformed: 3,
  /** The document is full. */
  tooLarge: 4,
  /** It names a root or a kind of content that such a document does not have. */
  foreign: 5,
  /** The seat has written as much in this document as one may. */
  seatFull: 6,
} as const;
export type RefusalCode = (typeof REFUSAL_CODES)[keyof typeof REFUSAL_CODES];

/** Close codes: 4000–4999 are an application's own. Browsers reconnect after 1012 and 1013. */
export const CLOSE = {
  malformed: 1007,
  notAllowed: 4403,
  lineageChanged: 4409,
  tooLarge: 1009,
  failed: 1011,
  restarting: 1012,
  /** Somebody sends more than a person can, for long. */
  tryLater: 1013,
} as const;

export interface Hello {
  readonly protocol: number;
  /** Changes when a document was restored or reset: documents of different lineages must never merge. */
  readonly lineage: string;
  readonly readOnly: boolean;
  /** Bytes of the largest frame taken. */
  readonly maxFrame: number;
}

/** `[0][0][state vector]`: what the sender has; the other side answers with what is missing. */
export function encodeStep1(stateVector: Uint8Array): Uint8Array {
  return encodeSync(SYNC_STEP_1, stateVector);
}

/** `[0][1][update]`: everything that the other side's step 1 lacked. */
export function encodeStep2(update: Uint8Array): Uint8Array {
  return encodeSync(SYNC_STEP_2, update);
}

/** What comes before an update of so many bytes to make it a SyncStep2. */
export function step2Head(length: number): Uint8Array {
  return encode(SYNC, (encoder) => {
    encoding.writeVarUint(encoder, SYNC_STEP_2);
    encoding.writeVarUint(encoder, length);
  });
}

/** `[0][2][update]`: a change. */
export function encodeUpdate(update: Uint8Array): Uint8Array {
  return encodeSync(SYNC_UPDATE, update);
}

/** `[1][entries]` with the bytes of an awareness update. */
export function encodeAwareness(update: Uint8Array): Uint8Array {
  return encode(AWARENESS, (encoder) => encoding.writeVarUint8Array(encoder, update));
}

/**
 * `[100][n][seq]`: the first n update frames of this socket are on disk; seq is the document's log position. After a
 * refusal, n passes the refused frame only when a SyncStep2 behind it was stored: that one carries whatever was refused.
 */
export function encodeDurable(frames: number, seq: number): Uint8Array {
  return encode(DURABLE, (encoder) => {
    encoding.writeVarUint(encoder, frames);
    encoding.writeVarUint(encoder, seq);
  });
}

/** `[101][n][code]`: update frame n of this socket was not taken. */
export function encodeRefused(frame: number, code: RefusalCode): Uint8Array {
  return encode(REFUSED, (encoder) => {
    encoding.writeVarUint(encoder, frame);
    encoding.writeVarUint(encoder, code);
  });
}

export function encodeHello(hello: Hello): Uint8Array {
  return encode(HELLO, (encoder) => {
    encoding.writeVarUint(encoder, hello.protocol);
    encoding.writeVarString(encoder, hello.lineage);
    encoding.writeUint8(encoder, hello.readOnly ? 1 : 0);
    encoding.writeVarUint(encoder, hello.maxFrame);
  });
}

export function readDurable(decoder: decoding.Decoder): { frames: number; seq: number } {
  return { frames: decoding.readVarUint(decoder), seq: decoding.readVarUint(decoder) };
}

export function readRefused(decoder: decoding.Decoder): { frame: number; code: RefusalCode } {
  return { frame: decoding.readVarUint(decoder), code: decoding.readVarUint(decoder) as RefusalCode };
}

export function readHello(decoder: decoding.Decoder): Hello {
  return {
    protocol: decoding.readVarUint(decoder),
    lineage: decoding.readVarString(decoder),
    readOnly: decoding.readUint8(decoder) === 1,
    maxFrame: decoding.readVarUint(decoder),
  };
}

/** Whether a frame is one that the server counts and acknowledges: SyncStep2 or Update. */
export function isUpdateFrame(frame: Uint8Array): boolean {
  return frame[0] === SYNC && (frame[1] === SYNC_STEP_2 || frame[1] === SYNC_UPDATE);
}

function encodeSync(kind: number, bytes: Uint8Array): Uint8Array {
  return encode(SYNC, (encoder) => {
    encoding.writeVarUint(encoder, kind);
    encoding.writeVarUint8Array(encoder, bytes);
  });
}

function encode(type: number, write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, type);
  write(encoder);
  return encoding.toUint8Array(encoder);
}
