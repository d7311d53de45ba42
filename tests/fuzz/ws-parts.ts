import type { Writable } from 'node:stream';
import * as ws from 'ws';

export interface FrameHeader {
  readonly fin: boolean;
  readonly rsv1: boolean;
  readonly opcode: number;
}

/** What `ws` exports and its types do not know: the two halves of a socket, for frames that no socket would send. */
const { Receiver, Sender } = ws as unknown as {
  Receiver: new (options: { isServer: boolean }) => Writable;
  Sender: { frame(data: Buffer, options: FrameHeader & { mask: boolean; readOnly: boolean }): Buffer[] };
};

/** One frame as a client sends it, masked. */
export function clientFrame(payload: Uint8Array, header: FrameHeader): Buffer {
  // a copy: masking writes over what it is given
  return Buffer.concat(Sender.frame(Buffer.from(payload), { ...header, mask: true, readOnly: false }));
}

/** Reads what a server sends; emits `message` and `conclude`. */
export const serverFrames = (): Writable => new Receiver({ isServer: false });
