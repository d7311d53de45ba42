import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Forum, ForumDetails } from '#domain/forum/forum.ts';
import type { Role } from '#domain/forum/seat.ts';
import type { CommandId, ForumId, RoomId, SeatId, WorkshopId } from '#domain/ids.ts';
import type { WorkshopCommand } from '#domain/workshop/commands.ts';
import { valueOf } from '#domain/value-of.sample.ts';
import { aForumDetails } from '#server/forum/forum-details.sample.ts';
import { hashToken, newToken, randomId } from '#server/auth/tokens.ts';
import { startServices, type Services } from '#server/services.ts';
import { Visitor } from './visitor.ts';

export const NORTH = 'north0000001' as RoomId;
export const SOUTH = 'south0000001' as RoomId;
export const ELSEWHERE = 'elsewhere001' as RoomId;
export const WORKSHOP = 'workshop0001' as WorkshopId;
const OTHER_WORKSHOP = 'workshop0002' as WorkshopId;

export interface Seated {
  readonly seat: SeatId;
  readonly cookie: string;
}

/** The whole composition in this process, with two forums, real seats of any role, and a clock that tests move. */
export class HallOfSeats {
  readonly services: Services;
  readonly dataDir: string;
  readonly #server = createServer();
  readonly #visitors = new Set<Visitor>();
  readonly #leader: SeatId = 'leader000001' as SeatId;
  forum!: Forum;
  otherForum!: Forum;
  #clock: { ahead: number };

  static async open(): Promise<HallOfSeats> {
    const dataDir = mkdtempSync(join(tmpdir(), 'dastarkhan-hall-'));
    const clock = { ahead: 0 };
    const config = {
      port: 0,
      host: undefined,
      origin: undefined,
      dataDir,
      databaseUrl: undefined,
      redisUrl: undefined,
    };
    const services = await startServices(config, () => Date.now() + clock.ahead);
    const hall = new HallOfSeats(services, dataDir, clock);
    hall.forum = valueOf(await services.forums.create(null, detailsOf('Here', WORKSHOP, [NORTH, SOUTH])));
    hall.otherForum = valueOf(await services.forums.create(null, detailsOf('There', OTHER_WORKSHOP, [ELSEWHERE])));
    await services.workshops.state(WORKSHOP);
    await services.workshops.state(OTHER_WORKSHOP);
    await new Promise<void>((resolve) => hall.#server.listen(0, '127.0.0.1', resolve));
    return hall;
  }

  private constructor(services: Services, dataDir: string, clock: { ahead: number }) {
    this.services = services;
    this.dataDir = dataDir;
    this.#clock = clock;
    this.#server.on('upgrade', (req, socket, head) => {
      if (!services.upgrade(req, socket, head)) socket.destroy();
    });
  }

  /** Milliseconds by which the server's clock is ahead of this machine's. */
  set ahead(ms: number) {
    this.#clock.ahead = ms;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async seat(role: Role, { forum = this.forum.id, room }: { forum?: ForumId; room?: RoomId } = {}): Promise<Seated> {
    const seat = randomId() as SeatId;
    const token = newToken();
    const entry = { id: seat, forumId: forum, role, accountId: null, joinedAt: 0, removedAt: null };
    const person = { seatId: seat, name: role, country: null, organisation: null, language: 'en' };
    await this.services.storage.people.addSeat(entry, person, hashToken(token));
    this.services.seats.announce(forum);
    if (room) {
      const workshop = forum === this.forum.id ? WORKSHOP : OTHER_WORKSHOP;
      valueOf(await this.services.workshops.command(workshop, { seatId: seat, role }, { kind: 'takeSeat' }, newId()));
      await this.command({ kind: 'moveSeat', seat, room }, workshop);
    }
    return { seat, cookie: `${this.services.cookies.seat(forum)}=${token}` };
  }

  /** As a facilitator asks for it; throws when it is refused. */
  async command(command: WorkshopCommand, workshop: WorkshopId = WORKSHOP): Promise<void> {
    const actor = { seatId: this.#leader, role: 'facilitator' as const };
    valueOf(await this.services.workshops.command(workshop, actor, command, newId()));
  }

  /** Somebody at the door of a document; `cookie` null has no seat at all. */
  visit(document: string, cookie: string | null): Visitor {
    const visitor = new Visitor(`${this.origin.replace('http', 'ws')}/sync/${document}`, {
      origin: this.origin,
      ...(cookie && { cookie }),
    });
    this.#visitors.add(visitor);
    visitor.socket.once('close', () => this.#visitors.delete(visitor));
    return visitor;
  }

  async close(): Promise<void> {
    for (const visitor of this.#visitors) visitor.leave();
    await this.services.close();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

const newId = (): CommandId => randomId() as CommandId;

export const detailsOf = (title: string, workshop: WorkshopId, rooms: readonly RoomId[]): ForumDetails =>
  aForumDetails({
    title,
    language: 'en',
    languages: ['en'],
    agenda: [
      {
        kind: 'workshop',
        id: workshop,
        title: 'Together',
        speakers: [],
        links: [],
        keyPoints: [],
        rooms: rooms.map((id) => ({ id, name: id })),
      },
    ],
  });
