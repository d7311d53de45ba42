import { Server as Engine } from 'engine.io';
import type { IncomingMessage } from 'node:http';
import type { WorkshopId } from '#domain/ids.ts';
import { guarded, inBackground } from '#server/process/boundary.ts';
import type { LiveOptions } from './live-server.ts';
import type { Guest } from './live-socket.ts';
import { PacketCredits } from './packet-credits.ts';

type EngineSocket = Parameters<Parameters<Engine['on']>[1]>[0] & {
  on(event: 'packet', listener: () => void): void;
  close(): void;
};

const WORKSHOP_ID = /^[a-z0-9]{8,40}$/;

/** Lets a connection in before anything else is done for it, and counts what comes by it. */
export class LiveEntrance {
  readonly engine: Engine;
  readonly #options: LiveOptions;
  readonly #admitted = new WeakMap<IncomingMessage, Guest>();

  constructor(options: LiveOptions) {
    this.#options = options;
    this.engine = new Engine({
      transports: ['websocket'],
      maxHttpBufferSize: 65_536,
      perMessageDeflate: false,
      allowRequest: (req, answer) => {
        const admitted = this.#admit(req).then(
          (guest) => {
            if (guest) this.#keepFor(req, guest);
            answer(guest ? null : 'not allowed', guest !== null);
          },
          () => answer('not available', false),
        );
        inBackground('a live socket was not admitted', admitted);
      },
    });
    // Below the namespace, so that what is no event, or malformed, counts as well.
    this.engine.on('connection', (conn: EngineSocket) => {
      const credits = new PacketCredits(() => options.clock());
      // Whoever sends too much of anything may come back, but not so.
      conn.on(
        'packet',
        guarded('a packet was not counted', () => credits.spend() || conn.close()),
      );
    });
  }

  /** Who came with this request; nothing for whom it was not opened. */
  guestOf(req: IncomingMessage): Guest | undefined {
    return this.#admitted.get(req);
  }

  async #admit(req: IncomingMessage): Promise<Guest | null> {
    if (!this.#options.originAllowed(req)) return null;
    const workshop = new URL(req.url ?? '/', 'http://localhost').searchParams.get('workshop') ?? '';
    if (!WORKSHOP_ID.test(workshop)) return null;
    const state = await this.#options.workshops.state(workshop as WorkshopId);
    const admitted = state && (await this.#options.seatOf(req, state.forumId));
    if (!state || !admitted) return null;
    const { pass, isCrowded = false, ...actor } = admitted;
    return { actor, pass, isCrowded, workshop: state.id, forum: state.forumId };
  }

  /** Until the namespace is entered, which a client may never do; the pass is let go with the connection. */
  #keepFor(req: IncomingMessage, guest: Guest): void {
    this.#admitted.set(req, guest);
    const { pass } = guest;
    if (!pass) return;
    if (req.socket.destroyed) pass.letGo();
    else req.socket.once('close', () => pass.letGo());
    pass.onOver(() => req.socket.destroy());
  }
}
