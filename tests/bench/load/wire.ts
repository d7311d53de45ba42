import { connect, type Socket } from 'node:net';
import { randomBytes } from 'node:crypto';

/**
 * The client's half of a websocket, as cheap as it gets: the load must cost less than the servers it measures. Reads go
 * through one buffer shared by all sockets, so a message is valid only until `onMessage` returns.
 */
export interface WireOptions {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly onOpen: () => void;
  readonly onMessage: (message: Buffer, now: number) => void;
  readonly onBytes: (count: number) => void;
  /** The server hung up, or refused the upgrade. */
  readonly onLost: (why: string) => void;
}

const READ = Buffer.allocUnsafeSlow(256 * 1024);
const BINARY = 2;
const CLOSE = 8;
const PING = 9;
const PONG = 10;

/** Whole boards that were read: everybody gets the same, and new memory for each makes the load stop to collect what it had. */
const SPARE: Buffer[] = [];
const MOST_SPARE = 64;
const LARGE = 16_384; // bytes

export class Wire {
  readonly #options: WireOptions;
  readonly #socket: Socket;
  /** The beginning of a frame whose end has not come yet; as long as the whole frame once its length is known. */
  #partial: Buffer | null = null;
  #filled = 0;
  #isOpen = false;
  #isDone = false;

  constructor(options: WireOptions) {
    this.#options = options;
    const { url } = options;
    this.#socket = connect({
      host: url.hostname,
      port: Number(url.port),
      noDelay: true,
      onread: {
        buffer: READ,
        callback: (count) => {
          this.#read(READ.subarray(0, count));
          return true;
        },
      },
    });
    this.#socket.once('connect', () => this.#socket.write(upgrade(url, options.headers)));
    this.#socket.once('error', (error) => this.#lost(error.message));
    this.#socket.once('close', () => this.#lost('closed'));
  }

  send(payload: Uint8Array, opcode = BINARY): void {
    if (this.#isDone) return;
    const { length } = payload;
    const extended = length < 126 ? 0 : length < 65_536 ? 2 : 8;
    const frame = Buffer.allocUnsafe(6 + extended + length);
    frame[0] = 0x80 | opcode;
    frame[1] = 0x80 | (extended === 0 ? length : extended === 2 ? 126 : 127);
    if (extended === 2) frame.writeUInt16BE(length, 2);
    if (extended === 8) frame.writeBigUInt64BE(BigInt(length), 2);
    frame.fill(0, 2 + extended, 6 + extended); // the mask: zeros change nothing
    frame.set(payload, 6 + extended);
    this.#socket.write(frame);
  }

  close(): void {
    this.#isDone = true;
    this.#socket.destroy();
  }

  #lost(why: string): void {
    if (this.#isDone) return;
    this.#isDone = true;
    this.#socket.destroy();
    this.#options.onLost(why);
  }

  #read(chunk: Buffer): void {
    if (this.#isDone) return;
    const now = performance.now();
    this.#options.onBytes(chunk.length);
    const rest = this.#isOpen ? chunk : this.#upgraded(chunk);
    if (rest) this.#frames(rest, now);
  }

  #upgraded(chunk: Buffer): Buffer | null {
    const head = this.#partial ? Buffer.concat([this.#partial, chunk]) : Buffer.from(chunk);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) {
      this.#partial = head;
      return null;
    }
    this.#partial = null;
    const status = head.toString('latin1', 0, head.indexOf('\r\n'));
    if (!status.includes(' 101 ')) {
      this.#lost(status);
      return null;
    }
    this.#isOpen = true;
    this.#options.onOpen();
    return head.subarray(end + 4);
  }

  #frames(chunk: Buffer, now: number): void {
    let at = 0;
    if (this.#partial) {
      at = this.#fill(chunk);
      if (this.#filled < this.#partial.length || frameLength(this.#partial, 0) !== this.#partial.length) return;
      const whole = this.#partial;
      this.#partial = null;
      this.#frame(whole, 0, whole.length, now);
      if (whole.length >= LARGE && SPARE.length < MOST_SPARE) SPARE.push(whole);
    }
    while (at < chunk.length && !this.#isDone) {
      const length = frameLength(chunk, at);
      if (length === null || at + length > chunk.length) {
        this.#partial = space(length ?? chunk.length - at);
        this.#filled = chunk.copy(this.#partial, 0, at);
        return;
      }
      this.#frame(chunk, at, length, now);
      at += length;
    }
  }

  /** Takes from the chunk what the partial frame lacks; returns how much. */
  #fill(chunk: Buffer): number {
    let taken = 0;
    while (this.#partial && taken < chunk.length) {
      if (this.#filled === this.#partial.length) {
        const length = frameLength(this.#partial, 0);
        if (length === this.#partial.length) return taken;
        // header by header byte, until the length is known
        const larger = space(length ?? this.#partial.length + 1);
        this.#partial.copy(larger);
        this.#partial = larger;
      }
      const copied = chunk.copy(this.#partial, this.#filled, taken);
      this.#filled += copied;
      taken += copied;
    }
    return taken;
  }

  #frame(bytes: Buffer, at: number, length: number, now: number): void {
    const first = bytes[at]!;
    const short = bytes[at + 1]!;
    const payload = bytes.subarray(at + 2 + (short < 126 ? 0 : short === 126 ? 2 : 8), at + length);
    if (first === (0x80 | BINARY)) this.#options.onMessage(payload, now);
    else if (first === (0x80 | PING)) this.send(payload, PONG);
    else if (first === (0x80 | CLOSE))
      this.#lost(`closed with ${payload.length >= 2 ? payload.readUInt16BE(0) : 1005}`);
    else if (first !== (0x80 | PONG)) this.#lost(`a frame that starts with ${first}`);
  }
}

function space(length: number): Buffer {
  const last = SPARE.at(-1);
  return last?.length === length ? SPARE.pop()! : Buffer.allocUnsafe(length);
}

/** Of the whole frame; null while its header is incomplete. */
function frameLength(bytes: Buffer, at: number): number | null {
  const there = bytes.length - at;
  if (there < 2) return null;
  const short = bytes[at + 1]!;
  if (short < 126) return 2 + short;
  if (short === 126) return there < 4 ? null : 4 + bytes.readUInt16BE(at + 2);
  return there < 10 ? null : 10 + Number(bytes.readBigUInt64BE(at + 2));
}

function upgrade(url: URL, headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries({
    Host: url.host,
    Upgrade: 'websocket',
    Connection: 'Upgrade',
    'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
    'Sec-WebSocket-Version': '13',
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `GET ${url.pathname} HTTP/1.1\r\n${lines.join('')}\r\n`;
}
