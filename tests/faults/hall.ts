import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DEFAULT_JOIN_FORM, DEFAULT_RULE, type ForumDetails } from '#domain/forum/forum.ts';
import type { CommandId, RoomId, SeatId, WorkshopId } from '#domain/ids.ts';
import type { Result } from '#domain/refusal.ts';
import type { DocumentName } from '#protocol/document-name.ts';
import { startServices } from '#server/services.ts';
import { SyncClient } from '../integration/sync-client.ts';
import { BOARD } from '../integration/sync-rig.ts';
import { ServerProcess } from '../rig/server-process.ts';

/** A server in a process of its own that can be killed and started again, and the board its people write on. */
export interface Hall {
  readonly dataDir: string;
  readonly document: DocumentName;
  start(): Promise<void>;
  kill(): Promise<void>;
  /** Person number `index`, connected. */
  enter(index: number): SyncClient;
  remove(): Promise<void>;
}

/** The sync endpoint alone. */
export function bareHall(): Hall {
  const dataDir = mkdtempSync(join(tmpdir(), 'dastarkhan-kill-'));
  let child: ChildProcess | null = null;
  let port = '0';
  const end = async () => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child?.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  };
  return {
    dataDir,
    document: BOARD,
    async start() {
      const entry = join(import.meta.dirname, 'sync-process.ts');
      const started = spawn(process.execPath, [entry, dataDir, port], { stdio: ['ignore', 'pipe', 'inherit'] });
      child = started;
      const ready = await new Promise<string>((resolve, reject) => {
        started.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
        createInterface({ input: started.stdout }).once('line', resolve);
      });
      port = ready.split(' ')[1] ?? '';
    },
    kill: end,
    enter: (index) => new SyncClient(`ws://127.0.0.1:${port}/sync`, `seat000${index}`, { document: BOARD }),
    async remove() {
      await end();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The whole server, as `npm start` runs it, with a forum whose workshop is at “write together” and guests with seats. */
export async function wholeHall(people: number): Promise<Hall> {
  const dataDir = mkdtempSync(join(tmpdir(), 'dastarkhan-kill-'));
  const { document, cookies } = await seated(dataDir, people);
  const server = new ServerProcess({}, dataDir);
  return {
    dataDir,
    document,
    start: () => server.start(),
    kill: () => server.kill(),
    enter(index) {
      const { origin } = server;
      const headers = { cookie: cookies[index] ?? '', origin };
      return new SyncClient(`${origin.replace('http', 'ws')}/sync`, null, { document, headers });
    },
    async remove() {
      await server.kill();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function seated(dataDir: string, people: number): Promise<{ document: DocumentName; cookies: string[] }> {
  const services = await startServices({
    port: 0,
    host: undefined,
    origin: undefined,
    dataDir,
    databaseUrl: undefined,
    redisUrl: undefined,
  });
  try {
    const forum = valueOf(await services.forums.create(null, DETAILS));
    const organizer = { seatId: 'organizer001' as SeatId, role: 'organizer' as const };
    const begin = { kind: 'startStep' as const, index: 1 };
    valueOf(await services.workshops.command(WORKSHOP, organizer, begin, 'begin0001' as CommandId));
    const cookies: string[] = [];
    for (let index = 0; index < people; index += 1) {
      const form = { code: forum.joinCode, name: `Guest ${index + 1}`, country: '', organisation: '', language: 'en' };
      const { token } = valueOf(await services.seats.join(form, { address: '127.0.0.1' }));
      cookies.push(`${services.cookies.seat(forum.id)}=${token}`);
    }
    return { document: `board/${ROOM}` as DocumentName, cookies };
  } finally {
    await services.close();
  }
}

const WORKSHOP = 'workshop0001' as WorkshopId;
const ROOM = 'killroom0001' as RoomId;
const DETAILS: ForumDetails = {
  title: 'A forum whose server is killed',
  language: 'en',
  from: '2026-05-01',
  to: '2026-05-01',
  place: 'Osh',
  organisers: [],
  countries: ['KG'],
  languages: ['en'],
  decisionRule: DEFAULT_RULE,
  joinForm: DEFAULT_JOIN_FORM,
  agenda: [
    {
      kind: 'workshop',
      id: WORKSHOP,
      title: 'Together',
      speakers: [],
      links: [],
      keyPoints: [],
      rooms: [{ id: ROOM, name: 'Plenary' }],
    },
  ],
  outcome: {},
};

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.refusal)}`);
  return result.value;
}
