import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Forum, ForumDetails } from '#domain/forum/forum.ts';
import type { CommandId, RoomId, SeatId, WorkshopId } from '#domain/ids.ts';
import { stepIdAt } from '#domain/script/step.ts';
import { valueOf } from '#domain/value-of.sample.ts';
import { documentName, type DocumentName } from '#protocol/document-name.ts';
import { aForumDetails } from '#server/forum/forum-details.sample.ts';
import { startServices, type Services } from '#server/services.ts';
import type { Account } from '#server/storage/ports/accounts.ts';
import { SyncClient } from '../integration/sync-client.ts';
import { ServerProcess } from '../rig/server-process.ts';

process.setMaxListeners(0); // every y-websocket provider listens for the end of the process

/** Whether the pages are built, without which the whole server does not start. */
export const isBuilt = existsSync(join(import.meta.dirname, '../../build/handler.js'));

export interface Way {
  readonly url: string;
  readonly document: DocumentName;
  readonly headers: Readonly<Record<string, string>>;
  readonly seat: string | null;
}

export interface EnterOptions {
  /** Address of a proxy that stands between the person and the server. */
  readonly through?: string;
  readonly remembersLineage?: boolean;
  readonly watchesAt?: number;
}

/** A server in a process of its own, and the boards that its people write on. */
export interface Hall {
  readonly dataDir: string;
  readonly server: ServerProcess;
  /** The rooms' boards. */
  readonly documents: readonly DocumentName[];
  /** How person number `index` gets to their board. */
  way(index: number): Way;
  /** Person number `index`, connected. */
  enter(index: number, options?: EnterOptions): SyncClient;
  remove(): Promise<void>;
}

export interface HallOptions {
  readonly rooms?: number;
  readonly dataDir?: string;
  /** Command that the server is run under. */
  readonly under?: readonly string[];
  /** Under its supervisor, as `npm start` runs it. */
  readonly supervised?: boolean;
}

/** The sync endpoint alone; person n sits in room n modulo the number of rooms. */
export function bareHall({ rooms = 1, ...options }: HallOptions = {}): Hall {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'dastarkhan-hall-'));
  const documents = boards(rooms);
  const entry = 'tests/faults/sync-process.ts';
  const server = new ServerProcess({}, dataDir, { entry, ...(options.under && { under: options.under }) });
  return hall(server, documents, (index) => ({
    url: `${server.origin.replace('http', 'ws')}/sync`,
    document: documents[index % rooms]!,
    headers: {},
    seat: `seat${String(index).padStart(4, '0')}`,
  }));
}

/** The whole server, as `npm start` runs it, with a forum whose workshop is at “write together” and guests with seats. */
export async function wholeHall(people: number, { rooms = 1, ...options }: HallOptions = {}): Promise<Hall> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'dastarkhan-hall-'));
  const guests = await seated(dataDir, people, rooms);
  const server = new ServerProcess({}, dataDir, options);
  return hall(server, boards(rooms), (index) => {
    const { document, cookie } = guests[index]!;
    const headers = { cookie, origin: server.origin };
    return { url: `${server.origin.replace('http', 'ws')}/sync`, document, headers, seat: null };
  });
}

function hall(server: ServerProcess, documents: readonly DocumentName[], way: (index: number) => Way): Hall {
  return {
    dataDir: server.dataDir,
    server,
    documents,
    way,
    enter(index, { through, ...how } = {}) {
      const { url, seat, document, headers } = way(index);
      return new SyncClient(through ?? url, seat, { document, headers, ...how });
    },
    async remove() {
      await server.kill();
      rmSync(server.dataDir, { recursive: true, force: true });
    },
  };
}

async function seated(dataDir: string, people: number, rooms: number): Promise<Guest[]> {
  const services = await servicesOn(dataDir);
  try {
    return (await furnish(services, people, rooms)).guests;
  } finally {
    await services.close();
  }
}

/** Everything that runs, in this process. */
export const servicesOn = (dataDir: string): Promise<Services> =>
  startServices({
    port: 0,
    host: undefined,
    origin: undefined,
    dataDir,
    databaseUrl: undefined,
    redisUrl: undefined,
  });

export interface Guest {
  readonly document: DocumentName;
  readonly cookie: string;
}

/** A forum whose workshop is at “write together”, and guests with seats, placed in its rooms by turns. */
export async function furnish(
  services: Services,
  people: number,
  rooms: number,
  account: Account | null = null,
): Promise<{ forum: Forum; guests: Guest[] }> {
  const forum = valueOf(await services.forums.create(account, detailsWith(rooms)));
  const organizer = { seatId: 'organizer001' as SeatId, role: 'organizer' as const };
  const begin = { kind: 'startStep' as const, step: stepIdAt(1) };
  valueOf(await services.workshops.command(WORKSHOP, organizer, begin, 'begin0001' as CommandId));
  const guests: Guest[] = [];
  for (let index = 0; index < people; index += 1) {
    const form = { code: forum.joinCode, name: `Guest ${index + 1}`, country: '', organisation: '', language: 'en' };
    const joined = valueOf(await services.seats.join(form, { address: '127.0.0.1' }));
    if (joined.kind === 'waiting' || !joined.token || !joined.document) throw new Error('a guest has no seat');
    const { token, document } = joined;
    guests.push({ document, cookie: `${services.cookies.seat(forum.id)}=${token}` });
  }
  return { forum, guests };
}

const WORKSHOP = 'workshop0001' as WorkshopId;
const roomId = (index: number) => `faultroom${String(index + 1).padStart(3, '0')}` as RoomId;
const boards = (rooms: number): DocumentName[] =>
  Array.from({ length: rooms }, (_, index) => documentName({ kind: 'board', room: roomId(index) }));

const detailsWith = (rooms: number): ForumDetails =>
  aForumDetails({
    title: 'A forum whose server has faults',
    language: 'en',
    languages: ['en'],
    seats: 5_000,
    agenda: [
      {
        kind: 'workshop',
        id: WORKSHOP,
        title: 'Together',
        speakers: [],
        links: [],
        keyPoints: [],
        rooms: Array.from({ length: rooms }, (_, index) => ({ id: roomId(index), name: `Room ${index + 1}` })),
      },
    ],
  });
