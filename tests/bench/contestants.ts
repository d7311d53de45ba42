import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, ServerProcess } from '../rig/server-process.ts';
import { guestsAt, prepareHall } from './hall.ts';
import type { Guest } from './load/orders.ts';
import type { Dialect } from './load/person.ts';
import { startPeer } from './peer-process.ts';
import { seedFile, type SeededBoard } from './seeded-board.ts';

/** What a scenario wants to find when it begins. */
export interface Premises {
  readonly rooms: number;
  readonly peoplePerRoom: number;
  /** Already on the first room's board. */
  readonly board?: SeededBoard;
}

/** A data folder, and who may come to the server that runs on it. */
export interface Prepared {
  readonly dataDir: string;
  readonly seats: readonly { readonly document: string; readonly cookie: string }[];
}

export interface RunningServer {
  readonly pid: number;
  readonly guests: readonly Guest[];
  /** Milliseconds from spawning to the line that says that it answers. */
  readonly startedIn: number;
  kill(): Promise<void>;
}

export interface Contestant {
  readonly name: string;
  readonly dialect: Dialect;
  /** Whether what was written can be had again. */
  readonly keeps: boolean;
  prepare(premises: Premises, dataDir: string): Promise<Prepared>;
  start(prepared: Prepared): Promise<RunningServer>;
}

const PEERS = join(import.meta.dirname, 'peers');

/** The whole server, as `npm start` runs it. */
const ours: Contestant = {
  name: 'ours',
  dialect: 'y-websocket',
  keeps: true,
  prepare: ({ rooms, peoplePerRoom, board }, dataDir) =>
    prepareHall(dataDir, { rooms, people: rooms * peoplePerRoom, ...(board && { board }) }),
  async start({ dataDir, seats }) {
    const server = new ServerProcess({ NODE_ENV: 'production' }, dataDir);
    const startedAt = performance.now();
    await server.start();
    const startedIn = performance.now() - startedAt;
    const { origin, pid } = server;
    return { pid: pid!, guests: guestsAt(origin, seats), startedIn, kill: () => server.kill() };
  },
};

function peer(name: string, { dialect, keeps }: { dialect: Dialect; keeps: boolean }): Contestant {
  const entry = join(PEERS, `${name}.mjs`);
  const env = (dataDir: string, document = '') => ({
    NODE_ENV: 'production',
    PORT: '0',
    DATA_DIR: dataDir,
    YPERSISTENCE: join(dataDir, 'leveldb'),
    DOCUMENT: document,
  });
  return {
    name,
    dialect,
    keeps,
    async prepare({ rooms, peoplePerRoom, board }, dataDir) {
      mkdirSync(dataDir, { recursive: true });
      const seats = Array.from({ length: rooms * peoplePerRoom }, (_, index) => ({
        document: `board/benchroom${String(Math.floor(index / peoplePerRoom) + 1).padStart(3, '0')}`,
        cookie: '',
      }));
      if (board && keeps) {
        const file = `${dataDir}.seed`;
        writeFileSync(file, seedFile(board));
        const { code, stderr } = await run(process.execPath, [entry], {
          ...env(dataDir, seats[0]!.document),
          SEED: file,
        });
        if (code !== 0) throw new Error(`${name} could not be seeded: ${stderr}`);
      }
      return { dataDir, seats };
    },
    async start({ dataDir, seats }) {
      const startedAt = performance.now();
      const { pid, port, kill } = await startPeer(entry, env(dataDir), PEERS);
      const startedIn = performance.now() - startedAt;
      const guests = seats.map(({ document }) => ({
        document,
        url: `ws://127.0.0.1:${port}/${document}`,
        headers: {},
      }));
      return { pid, guests, startedIn, kill };
    },
  };
}

export const CONTESTANTS: readonly Contestant[] = [
  ours,
  peer('reference', { dialect: 'y-websocket', keeps: true }),
  peer('hocuspocus', { dialect: 'hocuspocus', keeps: true }),
  peer('bare', { dialect: 'y-websocket', keeps: false }),
  peer('floor', { dialect: 'y-websocket', keeps: false }),
];

/** The same folder for every round: a copy of the one that was prepared. */
export function copyOf(prepared: Prepared, dataDir: string): Prepared {
  cpSync(prepared.dataDir, dataDir, { recursive: true });
  return { ...prepared, dataDir };
}
