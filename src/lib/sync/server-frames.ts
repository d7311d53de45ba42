export type ServerFrame =
  | { readonly kind: 'message'; readonly data: ArrayBuffer }
  | { readonly kind: 'close'; readonly code: number; readonly reason: string };

const CLOSE = 0x88;
const LONG = 126;
const LONGER = 127;

/** The server's own WebSocket frames (RFC 6455 §5.2: whole, without a mask), out of pieces that break anywhere. */
export class ServerFrames {
  #rest = new Uint8Array(0);
  #taken = 0;

  /** Bytes that have come. */
  get taken(): number {
    return this.#taken;
  }

  take(bytes: Uint8Array): ServerFrame[] {
    this.#taken += bytes.length;
    const all = new Uint8Array(this.#rest.length + bytes.length);
    all.set(this.#rest);
    all.set(bytes, this.#rest.length);
    const view = new DataView(all.buffer);
    const frames: ServerFrame[] = [];
    let at = 0;
    for (;;) {
      const found = nextFrame(view, at);
      if (!found) break;
      frames.push(found.frame);
      at = found.end;
    }
    this.#rest = all.slice(at);
    return frames;
  }
}

/** Null while it is not whole. */
function nextFrame(view: DataView, at: number): { readonly frame: ServerFrame; readonly end: number } | null {
  const left = view.byteLength - at;
  if (left < 2) return null;
  const short = view.getUint8(at + 1);
  const head = short === LONGER ? 10 : short === LONG ? 4 : 2;
  if (left < head) return null;
  const length = short === LONGER ? Number(view.getBigUint64(at + 2)) : short === LONG ? view.getUint16(at + 2) : short;
  if (left < head + length) return null;
  const [from, end] = [at + head, at + head + length];
  const data = view.buffer.slice(from, end) as ArrayBuffer;
  if (view.getUint8(at) !== CLOSE) return { frame: { kind: 'message', data }, end };
  const code = length >= 2 ? view.getUint16(from) : 1005;
  return { frame: { kind: 'close', code, reason: new TextDecoder().decode(data.slice(2)) }, end };
}
