import type { Contestant, RunningServer } from './contestants.ts';
import type { Crowd } from './crowd.ts';
import type { Arrival } from './load/orders.ts';

/** What a scenario plays on: one server that has just started, and the process its people are in. */
export interface Stage {
  readonly contestant: Contestant;
  readonly server: RunningServer;
  readonly crowd: Crowd;
  /** How long is measured. */
  readonly seconds: number;
  /** What the first board held before: clock by clientID. */
  readonly present: Readonly<Record<string, number>>;
  /** SIGKILL, then the same data folder again. */
  restart(): Promise<RunningServer>;
}

/** Null: there is no such figure for this server. */
export type Figures = Readonly<Record<string, number | null>>;

const ALONE: Pick<Arrival, 'within' | 'isWave' | 'writersPerBoard' | 'cursors' | 'presence' | 'present'> = {
  within: null,
  isWave: false,
  writersPerBoard: 0,
  cursors: false,
  presence: false,
  present: {},
};

export async function arrive({ crowd, server, contestant }: Stage, arrival: Partial<Arrival>) {
  return crowd.ask('arrive', { ...ALONE, guests: server.guests, dialect: contestant.dialect, ...arrival });
}

/** One of each board, to see what the server has. */
export function newcomers({ server, contestant }: Stage, from: RunningServer = server) {
  const guests = [...new Map(from.guests.map((guest) => [guest.document, guest])).values()];
  return { guests, dialect: contestant.dialect };
}

export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
