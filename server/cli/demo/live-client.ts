import { io, type Socket } from 'socket.io-client';
import type { CommandId, WorkshopId } from '#domain/ids.ts';
import type { WorkshopCommand } from '#domain/workshop/commands.ts';
import type { WorkshopView } from '#domain/workshop/view.ts';
import type { DownEvents } from '#protocol/live/down.ts';
import type { UpEvents } from '#protocol/live/up.ts';
import { LIVE_PATH, LIVE_PROTOCOL_VERSION } from '#protocol/live/version.ts';
import { randomId } from '#server/auth/tokens.ts';
import type { Door } from './board-client.ts';

/** A simulated person's place on the live channel. */
export class LiveClient {
  readonly #socket: Socket<DownEvents, UpEvents>;
  #view: WorkshopView | null = null;

  constructor(door: Door, workshop: WorkshopId) {
    this.#socket = io(door.origin, {
      path: LIVE_PATH,
      addTrailingSlash: false,
      transports: ['websocket'],
      extraHeaders: { cookie: door.cookie, origin: door.origin },
      query: { workshop, v: String(LIVE_PROTOCOL_VERSION) },
      forceNew: true,
    });
    this.#socket.on('view', ({ view }) => (this.#view = view));
  }

  get view(): WorkshopView | null {
    return this.#view;
  }

  /** Rejects with the refusal's kind, or when nobody answers. */
  async command(command: WorkshopCommand): Promise<void> {
    const message = { id: randomId() as CommandId, command };
    const answer = await this.#socket.timeout(10_000).emitWithAck('command', message);
    if ('refused' in answer) throw new Error(`${command.kind} was refused: ${answer.refused.kind}`);
  }

  close(): void {
    this.#socket.disconnect();
  }
}
