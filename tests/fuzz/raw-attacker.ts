import type { HallNet, Link } from './hall-net.ts';
import { clientFrame, serverFrames } from './ws-parts.ts';

/** The far side of a web socket in bytes: sends what no client library would, and notes what comes back. */
export class RawAttacker {
  closedWith: number | null = null;
  /** Frames sent before the server said goodbye. */
  sent = 0;
  readonly #link: Link;
  #isOpen = false;
  #head = '';
  readonly #receiver = serverFrames();

  constructor(net: HallNet, path: string) {
    this.#link = net.link();
    const { near } = this.#link;
    this.#receiver.on('conclude', (code: number) => (this.closedWith = code));
    this.#receiver.on('message', () => undefined);
    near.on('data', (chunk: Buffer) => this.#hear(chunk));
    near.on('close', () => (this.closedWith ??= 1006));
    near.on('error', () => undefined);
    near.write(
      `GET ${path} HTTP/1.1\r\nHost: hall\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
  }

  get isOpen(): boolean {
    return this.#isOpen && this.closedWith === null;
  }

  send(frame: Uint8Array): void {
    this.sent += 1;
    this.#link.near.write(clientFrame(frame, { fin: true, rsv1: false, opcode: 2 }));
  }

  leave(): void {
    this.#link.tear();
  }

  #hear(chunk: Buffer): void {
    if (this.#isOpen) {
      this.#receiver.write(chunk);
      return;
    }
    this.#head += chunk.toString('latin1');
    const end = this.#head.indexOf('\r\n\r\n');
    if (end < 0) return;
    if (!this.#head.startsWith('HTTP/1.1 101')) this.closedWith = 1006;
    this.#isOpen = true;
    const rest = this.#head.slice(end + 4);
    if (rest) this.#receiver.write(Buffer.from(rest, 'latin1'));
  }
}
