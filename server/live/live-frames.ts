import type { IncomingMessage } from 'node:http';
import type { DownEvents } from '#protocol/live/down.ts';
import { FrameWriter, type FrameStream } from '#server/sync/frame-writer.ts';
import { framedText } from '#server/sync/ws-frame.ts';
import type { LiveNamespace, LiveSocket } from './live-socket.ts';

const MESSAGE = '4'; // engine.io's packet, protocol 4
const EVENT = '2'; // socket.io's packet in it, protocol 5

interface Parts {
  readonly io: LiveNamespace;
  /** The stream below the websocket that was opened with this request; undefined for whoever polls, or did at first. */
  streamOf(request: IncomingMessage): FrameStream | undefined;
}

/**
 * What several are told alike, put into bytes once. To a websocket that has nothing else on its way the frame is written as it is: through
 * socket.io the same costs half as much again as over bare websockets (`bench:live`). Everybody else gets it by the engine, in the same
 * order.
 */
export class LiveFrames {
  readonly #parts: Parts;
  readonly #writers = new WeakMap<LiveSocket, FrameWriter | null>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** `audience`: see `AUDIENCE`. */
  tellAudience<Name extends keyof DownEvents>(
    audience: string,
    name: Name,
    ...message: Parameters<DownEvents[Name]>
  ): void {
    const { adapter, sockets } = this.#parts.io.sockets;
    const ids = adapter.rooms.get(audience);
    if (ids)
      this.tell(
        [...ids].flatMap((id) => sockets.get(id) ?? []),
        name,
        ...message,
      );
  }

  tell<Name extends keyof DownEvents>(
    sockets: readonly LiveSocket[],
    name: Name,
    ...message: Parameters<DownEvents[Name]>
  ): void {
    const packet = `${EVENT}${JSON.stringify([name, ...message])}`;
    const frame = framedText(`${MESSAGE}${packet}`);
    for (const socket of sockets) this.#send(socket, packet, frame);
  }

  #send(socket: LiveSocket, packet: string, frame: Uint8Array): void {
    const { conn } = socket;
    const writer = this.#writerOf(socket);
    const isIdle = conn.readyState === 'open' && conn.transport.writable && writer?.waiting === 0;
    if (isIdle) writer.write(frame);
    else conn.write(packet);
  }

  #writerOf(socket: LiveSocket): FrameWriter | null {
    const known = this.#writers.get(socket);
    if (known !== undefined) return known;
    const stream = this.#parts.streamOf(socket.request);
    const made = stream ? new FrameWriter(stream) : null;
    this.#writers.set(socket, made);
    return made;
  }
}
