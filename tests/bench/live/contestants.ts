import { join } from 'node:path';
import { newFormId } from '#server/forum/join-form.ts';
import { LIVE_PATH, LIVE_PROTOCOL_VERSION } from '#protocol/live/version.ts';
import { ServerProcess } from '../../rig/server-process.ts';
import { guestsAt, prepareHall, socketsOf, WORKSHOP } from '../hall.ts';
import type { Guest } from '../load/orders.ts';
import { startPeer } from '../peer-process.ts';
import type { Way } from './orders.ts';
import { seatedAt } from './seats.ts';

export interface Premises {
  readonly rooms: number;
  /** With a seat already. */
  readonly people: number;
  readonly leaders: number;
}

export interface RunningHall {
  readonly pid: number;
  /** Decides nothing: it is told how much to send. */
  readonly isBare: boolean;
  readonly seated: readonly Way[];
  readonly leaders: readonly Way[];
  newcomer(index: number): Way;
  /** At the boards, where there are any. */
  readonly guests: readonly Guest[];
  kill(): Promise<void>;
}

export interface LiveContestant {
  readonly name: 'ours' | 'whole' | 'before' | 'socketio' | 'ws';
  start(premises: Premises, dataDir: string): Promise<RunningHall>;
}

const QUERY = `EIO=4&transport=websocket&workshop=${WORKSHOP}&v=${LIVE_PROTOCOL_VERSION}`;

/** The whole server, with a forum on disk and seats by cookie. */
const ours: LiveContestant = {
  name: 'ours',
  async start({ rooms, people, leaders }, dataDir) {
    const hall = await prepareHall(dataDir, { rooms, people, leaders });
    const server = new ServerProcess({ NODE_ENV: 'production' }, dataDir);
    await server.start();
    const { origin, pid } = server;
    const known = { Host: new URL(origin).host, Origin: origin };
    const url = `${socketsOf(origin)}${LIVE_PATH}?${QUERY}`;
    const way = (cookie: string, seat?: string): Way => ({
      url,
      headers: { ...known, Cookie: cookie },
      ...(seat && { seat }),
    });
    return {
      pid: pid!,
      isBare: false,
      seated: hall.seats.map(({ cookie, seat }) => way(cookie, seat)),
      leaders: hall.leaders.map((cookie) => way(cookie)),
      newcomer: (index) => ({
        url,
        headers: known,
        join: {
          url: `${origin}/api/join`,
          form: { code: hall.joinCode, name: `Newcomer ${index + 1}`, language: 'en', id: newFormId() },
        },
      }),
      guests: guestsAt(origin, hall.seats),
      kill: () => server.kill(),
    };
  },
};

function peer(name: LiveContestant['name'], entry: string, env: Record<string, string>): LiveContestant {
  return {
    name,
    async start({ rooms, people, leaders }) {
      const { pid, port, kill } = await startPeer(join(import.meta.dirname, 'peers', entry), {
        NODE_ENV: 'production',
        ROOMS: String(rooms),
        PEOPLE: String(people),
        ...env,
      });
      const way = (seat: string, role: string): Way => ({
        url: env.PLAIN === 'yes' ? `ws://127.0.0.1:${port}/` : address(port, seat, role),
        headers: {},
        seat,
      });
      const seat = (kind: string, index: number) => `${kind}${String(index).padStart(6, '0')}`;
      return {
        pid,
        isBare: env.PLAIN !== undefined,
        seated: Array.from({ length: people }, (_, index) => way(seatedAt(index), 'participant')),
        leaders: Array.from({ length: leaders }, (_, index) => way(seat('leader', index), 'facilitator')),
        newcomer: (index) => way(seat('newcom', index), 'participant'),
        guests: [],
        kill,
      };
    },
  };
}

const address = (port: string, seat: string, role: string) =>
  `ws://127.0.0.1:${port}${LIVE_PATH}?${QUERY}&seat=${seat}&role=${role}`;

export const CONTESTANTS: readonly LiveContestant[] = [
  ours,
  peer('whole', 'whole-views.ts', { GATHERS: 'yes' }),
  peer('before', 'whole-views.ts', { GATHERS: 'no' }),
  peer('socketio', 'broadcast.ts', { PLAIN: 'no' }),
  peer('ws', 'broadcast.ts', { PLAIN: 'yes' }),
];
