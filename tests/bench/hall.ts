import type { ForumDetails } from '#domain/forum/forum.ts';
import type { CommandId, ForumId, RoomId, SeatId, WorkshopId } from '#domain/ids.ts';
import { stepIdAt } from '#domain/script/step.ts';
import { valueOf } from '#domain/value-of.sample.ts';
import type { DocumentName } from '#protocol/document-name.ts';
import { aForumDetails } from '#server/forum/forum-details.sample.ts';
import { hashToken, newToken } from '#server/auth/tokens.ts';
import { startServices, type Services } from '#server/services.ts';
import type { SeededBoard } from './seeded-board.ts';

/** A prepared data folder of ours: a workshop at “write together”, and people with seats in its rooms. */
export interface Hall {
  readonly dataDir: string;
  /** In order of rooms: those of the first board, then those of the second … */
  readonly seats: readonly { readonly document: DocumentName; readonly seat: SeatId; readonly cookie: string }[];
  /** Cookies of those who run it. */
  readonly leaders: readonly string[];
  readonly joinCode: string;
}

export const WORKSHOP = 'workshop0001' as WorkshopId;
const AT_ONCE = 25; // joins

export const roomAt = (index: number): RoomId => `benchroom${String(index + 1).padStart(3, '0')}` as RoomId;

export async function prepareHall(
  dataDir: string,
  { rooms, people, board, leaders = 0 }: { rooms: number; people: number; board?: SeededBoard; leaders?: number },
): Promise<Hall> {
  const services = await startServices({
    port: 0,
    host: undefined,
    origin: undefined,
    dataDir,
    databaseUrl: undefined,
    redisUrl: undefined,
  });
  try {
    const forum = valueOf(await services.forums.create(null, details(rooms)));
    const organizer = { seatId: 'organizer001' as SeatId, role: 'organizer' as const };
    const begin = { kind: 'startStep' as const, step: stepIdAt(1) };
    valueOf(await services.workshops.command(WORKSHOP, organizer, begin, 'begin0001' as CommandId));
    const join = async (index: number) => {
      const form = { code: forum.joinCode, name: `Guest ${index + 1}`, country: '', organisation: '', language: 'en' };
      const joined = valueOf(await services.seats.join(form, { address: '127.0.0.1' }));
      if (joined.kind === 'waiting' || !joined.document) throw new Error('a guest got no board');
      const { token, document, seat } = joined;
      return { document, seat: seat.id, cookie: `${services.cookies.seat(forum.id)}=${token}` };
    };
    const seats: Awaited<ReturnType<typeof join>>[] = [];
    while (seats.length < people) {
      const coming = Math.min(AT_ONCE, people - seats.length);
      seats.push(...(await Promise.all(Array.from({ length: coming }, (_, index) => join(seats.length + index)))));
    }
    if (board) await store(services.storage.documents, board, seats);
    seats.sort((a, b) => a.document.localeCompare(b.document));
    const leading: string[] = [];
    while (leading.length < leaders) leading.push(await leader(services, forum.id, leading.length));
    return { dataDir, seats, leaders: leading, joinCode: forum.joinCode };
  } finally {
    await services.close();
  }
}

/** The cookie of one who runs the forum without an account, as nobody does: what is measured is not how they signed in. */
async function leader(services: Services, forum: ForumId, index: number): Promise<string> {
  const [seatId, token] = [`leader${String(index).padStart(6, '0')}` as SeatId, newToken()];
  const seat = {
    id: seatId,
    forumId: forum,
    role: 'facilitator' as const,
    accountId: null,
    joinedAt: 0,
    removedAt: null,
  };
  const person = { seatId, name: `Leader ${index + 1}`, country: null, organisation: null, language: 'en' };
  await services.storage.people.addSeat(seat, person, hashToken(token));
  return `${services.cookies.seat(forum)}=${token}`;
}

/** By number, so that no name is looked up. */
export const socketsOf = (origin: string): string => origin.replace('http', 'ws').replace('localhost', '127.0.0.1');

/** Whoever has a seat, at the server that runs on that folder. */
export function guestsAt(origin: string, seats: readonly { readonly document: string; readonly cookie: string }[]) {
  return seats.map(({ document, cookie }) => ({
    document,
    url: `${socketsOf(origin)}/sync/${document}`,
    headers: { Host: new URL(origin).host, Origin: origin, Cookie: cookie },
  }));
}

/** The board's edits as rows of the first room's document, each under the seat of the one who made it. */
async function store(
  documents: Awaited<ReturnType<typeof startServices>>['storage']['documents'],
  board: SeededBoard,
  seats: readonly { document: DocumentName; seat: SeatId }[],
): Promise<void> {
  const { document } = seats[0]!;
  const seatOf = (typist: number) => seats[typist]!.seat;
  const leases = board.clients.map((client, typist) => ({ document, client, seat: seatOf(typist) }));
  await documents.read(document);
  for (let from = 0; from < board.updates.length; from += 1_000) {
    const rows = board.updates.slice(from, from + 1_000).map(({ update, typist }, index) => ({
      document,
      seq: from + index + 1,
      update,
      seat: seatOf(typist),
      at: Date.now(),
    }));
    await documents.append(rows, from === 0 ? { leases } : {});
  }
}

const details = (rooms: number): ForumDetails =>
  aForumDetails({
    title: 'A forum that is measured',
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
        rooms: Array.from({ length: rooms }, (_, index) => ({
          id: roomAt(index),
          name: `Room ${index + 1}`,
        })),
      },
    ],
  });
