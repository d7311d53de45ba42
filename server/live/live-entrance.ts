import { Server as Engine } from 'engine.io';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { SeatId, WorkshopId } from '#domain/ids.ts';
import { MARK } from '#protocol/mark.ts';
import { LIMITS } from '#domain/limits.ts';
import { guarded, inBackground } from '#server/process/boundary.ts';
import { Credits } from './credits.ts';
import type { LiveOptions } from './live-server.ts';
import type { Guest } from './live-socket.ts';
import { PacketCredits } from './packet-credits.ts';
import { Stay } from './stay.ts';

type EngineSocket = Parameters<Parameters<Engine['on']>[1]>[0] & {
  readonly request: IncomingMessage;
  on(event: 'packet' | 'close', listener: () => void): void;
  close(): void;
};

const OF_SEAT = { most: 4 * LIMITS.livePacketsOfSeat.most, perSecond: LIMITS.livePacketsOfSeat.most };
const COMING_IN = 5; // messages' worth: who they are is looked up, and they are told all that there is
const WORKSHOP_ID = /^[a-z0-9]{8,40}$/;

/** Lets a connection in before anything else is done for it, and counts what comes by it. */
export class LiveEntrance {
  readonly engine: Engine;
  readonly #options: LiveOptions;
  readonly #admitted = new WeakMap<IncomingMessage, Guest>();
  /** Of what a seat sends by all its connections; outlives them, so that coming back brings nothing. */
  readonly #packets: Credits<SeatId>;
  /** Of requests that were upgrades. */
  readonly #streams = new WeakMap<IncomingMessage, Duplex>();
  /** Of first requests of long polling. */
  readonly #stays = new WeakMap<IncomingMessage, Stay>();

  constructor(options: LiveOptions) {
    this.#options = options;
    this.#packets = new Credits(() => options.clock(), OF_SEAT);
    this.engine = new Engine({
      transports: ['polling', 'websocket'],
      httpCompression: false,
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
    this.engine.on('connection', (conn: EngineSocket) => {
      const stay = this.#stays.get(conn.request);
      if (!stay) return;
      stay.isWelcome = true;
      stay.once('close', () => conn.close());
      conn.on('close', () => stay.end());
    });
    // Below the namespace, so that what is no event, or malformed, counts as well.
    this.engine.on('connection', (conn: EngineSocket) => {
      const credits = new PacketCredits(() => options.clock());
      const seat = this.guestOf(conn.request)?.actor.seatId;
      const isWithin = () => credits.spend() && (seat === undefined || this.#packets.spend(seat) === null);
      // Whoever sends too much of anything may come back, but not so.
      conn.on(
        'packet',
        guarded('a packet was not counted', () => isWithin() || conn.close()),
      );
    });
  }

  /** A request that is no upgrade: long polling, where the network lets no WebSocket through. `enter`: has a place for one more. */
  request(req: IncomingMessage, res: ServerResponse, enter: (stay: Stay) => boolean): void {
    const asked = new URL(req.url ?? '/', 'http://localhost').searchParams;
    // Scripts of other sites can read what is sent as a script, and send what is no more than a form.
    if (asked.has('j') || !this.#isOwn(req)) return refuse(res);
    if (!asked.has('sid')) {
      const stay = new Stay();
      if (!enter(stay)) return;
      this.#stays.set(req, stay);
      res.once('close', () => stay.isWelcome || stay.end());
    }
    this.engine.handleRequest(req as never, res);
  }

  upgrade(req: IncomingMessage, stream: Duplex, head: Buffer): void {
    this.#streams.set(req, stream);
    this.engine.handleUpgrade(req as never, stream, head);
  }

  /** The stream below the websocket with which a connection began; undefined where it began with long polling. */
  streamOf(req: IncomingMessage): Duplex | undefined {
    return this.#streams.get(req);
  }

  /** Browsers name no origin when they ask their own site for something; a header of ours is what another site cannot send. */
  #isOwn(req: IncomingMessage): boolean {
    return req.headers.origin === undefined ? req.headers[MARK] !== undefined : this.#options.originAllowed(req);
  }

  /** Who came with this request; nothing for whom it was not opened. */
  guestOf(req: IncomingMessage): Guest | undefined {
    return this.#admitted.get(req);
  }

  async #admit(req: IncomingMessage): Promise<Guest | null> {
    if (!this.#stays.has(req) && !this.#options.originAllowed(req)) return null;
    const asked = new URL(req.url ?? '/', 'http://localhost').searchParams;
    const workshop = asked.get('workshop') ?? '';
    if (!WORKSHOP_ID.test(workshop)) return null;
    const state = await this.#options.workshops.state(workshop as WorkshopId);
    const admitted = state && (await this.#options.seatOf(req, state.forumId));
    if (!state || !admitted) return null;
    const { pass, isCrowded = false, ...actor } = admitted;
    if (this.#packets.spend(actor.seatId, COMING_IN) !== null) {
      pass?.letGo();
      return null;
    }
    return { actor, pass, isCrowded, asScreen: asked.get('as') === 'screen', workshop: state.id, forum: state.forumId };
  }

  /** Until the namespace is entered, which a client may never do; the pass is let go with the connection. */
  #keepFor(req: IncomingMessage, guest: Guest): void {
    this.#admitted.set(req, guest);
    const { pass } = guest;
    if (!pass) return;
    const stay = this.#stays.get(req);
    if (stay?.destroyed) pass.letGo();
    else if (stay) {
      stay.once('close', () => pass.letGo());
      pass.onOver(() => stay.end());
    } else if (req.socket.destroyed) pass.letGo();
    else {
      req.socket.once('close', () => pass.letGo());
      pass.onOver(() => req.socket.destroy());
    }
  }
}

function refuse(res: ServerResponse): void {
  res.writeHead(403, { 'content-type': 'text/plain; charset=utf-8' }).end('not allowed\n');
}
