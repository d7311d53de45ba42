import * as decoding from 'lib0/decoding';
import { WebSocket, type ClientOptions } from 'ws';
import { AWARENESS, DURABLE, HELLO, REFUSED, SYNC, isUpdateFrame } from '#protocol/sync.ts';

/** A bare web socket that sends any bytes and keeps what it was told, frame by frame. */
export class Visitor {
  readonly socket: WebSocket;
  readonly frames: Uint8Array[] = [];
  /** The status with which it was turned away. */
  status: number | null = null;
  closedWith: number | null = null;
  /** Update frames sent. */
  sent = 0;

  constructor(url: string, headers: Record<string, string> = {}, options: ClientOptions = {}) {
    this.socket = new WebSocket(url, { headers, ...options });
    this.socket.on('message', (data: Buffer) => this.frames.push(new Uint8Array(data)));
    this.socket.on('unexpected-response', (_request, response) => {
      this.status = response.statusCode ?? 0;
      response.destroy();
    });
    this.socket.on('close', (code) => (this.closedWith = code));
    this.socket.on('error', () => undefined);
  }

  /** True once the server has said hello; false when the door stayed shut. */
  async entered(): Promise<boolean> {
    while (!this.of(HELLO).length && this.status === null && this.closedWith === null) await this.#turn();
    return this.of(HELLO).length > 0;
  }

  send(...frames: Uint8Array[]): void {
    for (const frame of frames) {
      if (this.socket.readyState !== WebSocket.OPEN) return;
      if (isUpdateFrame(frame)) this.sent += 1;
      this.socket.send(frame);
    }
  }

  /** Waits until everything sent before was handled: the server answers a ping behind it. False: closed meanwhile. */
  async handled(): Promise<boolean> {
    if (this.socket.readyState !== WebSocket.OPEN) return this.#closed();
    let isAnswered = false;
    this.socket.once('pong', () => (isAnswered = true));
    this.socket.ping();
    while (!isAnswered && this.closedWith === null) await this.#turn();
    return isAnswered;
  }

  of(type: number): Uint8Array[] {
    return this.frames.filter(([first]) => first === type);
  }

  /** Updates and answers that came, by SyncStep kind. */
  sync(kind: number): Uint8Array[] {
    return this.of(SYNC).filter(([, second]) => second === kind);
  }

  /** The bytes inside the updates that came. */
  get updates(): Uint8Array[] {
    return this.of(SYNC)
      .filter(([, kind]) => kind !== 0)
      .map((frame) => decoding.readVarUint8Array(decoding.createDecoder(frame.subarray(2))));
  }

  get durable(): number {
    const last = this.of(DURABLE).at(-1);
    return last ? decoding.readVarUint(decoding.createDecoder(last.subarray(1))) : 0;
  }

  get refusals(): { frame: number; code: number }[] {
    return this.of(REFUSED).map((bytes) => {
      const decoder = decoding.createDecoder(bytes.subarray(1));
      return { frame: decoding.readVarUint(decoder), code: decoding.readVarUint(decoder) };
    });
  }

  /** Every state that presence frames told, by clientID. */
  get presence(): { client: number; clock: number; json: string }[] {
    return this.of(AWARENESS).flatMap((frame) => {
      const bytes = decoding.readVarUint8Array(decoding.createDecoder(frame.subarray(1)));
      const decoder = decoding.createDecoder(bytes);
      return Array.from({ length: decoding.readVarUint(decoder) }, () => ({
        client: decoding.readVarUint(decoder),
        clock: decoding.readVarUint(decoder),
        json: decoding.readVarString(decoder),
      }));
    });
  }

  /** Whether any frame that came holds this text. */
  hears(text: string): boolean {
    return this.frames.some((frame) => Buffer.from(frame.buffer, frame.byteOffset, frame.length).includes(text));
  }

  leave(): void {
    this.socket.terminate();
  }

  async #closed(): Promise<false> {
    while (this.closedWith === null) await this.#turn();
    return false;
  }

  #turn(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, 1));
  }
}
