export interface WsFrame {
  readonly opcode: number;
  readonly payload: Buffer;
  /** As they came, header and mask included. */
  readonly bytes: Buffer;
}

/** One direction of a WebSocket connection as TCP delivers it: the HTTP head, then frames. */
export class WsFrames {
  #rest: Buffer = Buffer.alloc(0);
  #head: Buffer | null = null;

  /** The HTTP head, once it is whole. */
  get head(): Buffer | null {
    return this.#head;
  }

  /** Whole frames that the chunk completes. */
  take(chunk: Buffer): WsFrame[] {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    if (!this.#head) {
      const end = this.#rest.indexOf('\r\n\r\n');
      if (end < 0) return [];
      this.#head = this.#rest.subarray(0, end + 4);
      this.#rest = this.#rest.subarray(end + 4);
    }
    const frames: WsFrame[] = [];
    for (let frame = this.#next(); frame; frame = this.#next()) frames.push(frame);
    return frames;
  }

  #next(): WsFrame | null {
    const rest = this.#rest;
    if (rest.length < 2) return null;
    const isMasked = (rest[1]! & 0x80) !== 0;
    const short = rest[1]! & 0x7f;
    const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
    const head = 2 + lengthBytes + (isMasked ? 4 : 0);
    if (rest.length < head) return null;
    const length =
      lengthBytes === 0 ? short : Number(lengthBytes === 2 ? rest.readUInt16BE(2) : rest.readBigUInt64BE(2));
    if (rest.length < head + length) return null;
    const payload = Buffer.from(rest.subarray(head, head + length));
    if (isMasked) for (let at = 0; at < length; at += 1) payload[at]! ^= rest[head - 4 + (at % 4)]!;
    this.#rest = rest.subarray(head + length);
    return { opcode: rest[0]! & 0x0f, payload, bytes: rest.subarray(0, head + length) };
  }
}
