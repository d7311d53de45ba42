const TEXT_AND_FINAL = 0x81;
const BINARY_AND_FINAL = 0x82;
const CLOSE_AND_FINAL = 0x88;

/**
 * A message as the bytes of one unmasked, uncompressed websocket frame (RFC 6455 §5.2). The server's frames carry no mask, so
 * one buffer serves every socket; `ws` would build the header again for each of them and write it apart.
 */
export function framed(payload: Uint8Array): Uint8Array {
  const { length } = payload;
  const header = headSize(length);
  const frame = Buffer.allocUnsafe(header + length);
  writeHead(frame, length);
  frame.set(payload, header);
  return frame;
}

/** The same for text. */
export function framedText(text: string): Uint8Array {
  const frame = framed(Buffer.from(text));
  frame[0] = TEXT_AND_FINAL;
  return frame;
}

/** The last frame of a connection. `reason`: at most 123 bytes, as in all of a frame that controls. */
export function closeFrame(code: number, reason: string): Uint8Array {
  const words = Buffer.from(reason).subarray(0, 123);
  const frame = Buffer.allocUnsafe(4 + words.length);
  frame[0] = CLOSE_AND_FINAL;
  frame[1] = 2 + words.length;
  frame.writeUInt16BE(code, 2);
  frame.set(words, 4);
  return frame;
}

/** The header alone, for a payload of so many bytes that is written right behind it. */
export function frameHead(length: number): Uint8Array {
  const head = Buffer.allocUnsafe(headSize(length));
  writeHead(head, length);
  return head;
}

const headSize = (length: number): number => (length < 126 ? 2 : length < 65_536 ? 4 : 10);

function writeHead(frame: Buffer, length: number): void {
  frame[0] = BINARY_AND_FINAL;
  if (length < 126) frame[1] = length;
  else if (length < 65_536) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeUInt32BE(0, 2);
    frame.writeUInt32BE(length, 6);
  }
}
