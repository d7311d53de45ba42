import type { Bound } from './bounds.ts';
import { coldStart } from './scenarios/cold.ts';
import { killed } from './scenarios/kill.ts';
import { highestRate } from './scenarios/rate.ts';
import { joinStorm } from './scenarios/storm.ts';
import { typing } from './scenarios/typing.ts';
import type { Figures, Stage } from './stage.ts';

export interface Scenario {
  readonly name: string;
  readonly title: string;
  readonly rooms: number;
  readonly peoplePerRoom: number;
  /** Edits on the first board before the server starts. */
  readonly edits?: number;
  /** It is about what is kept: pointless with a server that keeps nothing. */
  readonly needsKeeping?: boolean;
  play(stage: Stage): Promise<Figures>;
  /** As the issue sets them. */
  readonly bounds: readonly Bound[];
}

const MEMORY: Bound = { figure: 'kbPerClient', against: 'reference', atMost: 1 };
const cpu = (against: 'reference' | 'bare', atMost: number): Bound => ({ figure: 'cpuPerEdit', against, atMost });

export const SCENARIOS: readonly Scenario[] = [
  {
    name: '35',
    title: '35 people on one board, all typing 5/s with cursors',
    rooms: 1,
    peoplePerRoom: 35,
    play: typing({ writersPerBoard: 35, perSecond: 5, cursors: true, presence: false }),
    bounds: [MEMORY],
  },
  {
    name: '200',
    title: '200 people on one board, 20 typing 5/s with cursors',
    rooms: 1,
    peoplePerRoom: 200,
    play: typing({ writersPerBoard: 20, perSecond: 5, cursors: true, presence: false }),
    bounds: [cpu('reference', 0.4), cpu('bare', 0.7), { figure: 'p99', atMost: 25 }, MEMORY],
  },
  {
    name: '50x20',
    title: '50 boards × 20 people, 2 typing 5/s on each with cursors',
    rooms: 50,
    peoplePerRoom: 20,
    play: typing({ writersPerBoard: 2, perSecond: 5, cursors: true, presence: false }),
    bounds: [cpu('reference', 0.55), cpu('bare', 1.1), { figure: 'p99', atMost: 25 }, MEMORY],
  },
  {
    name: '1000',
    title: '1,000 people on one board, 3 typing 5/s, no presence',
    rooms: 1,
    peoplePerRoom: 1_000,
    play: typing({ writersPerBoard: 3, perSecond: 5, cursors: false, presence: false }),
    bounds: [cpu('reference', 0.6), cpu('bare', 0.8), { figure: 'p99', against: 'reference', atMost: 1 }, MEMORY],
  },
  {
    name: '1000p',
    title: '1,000 people on one board, 3 typing 5/s with cursors, everybody present',
    rooms: 1,
    peoplePerRoom: 1_000,
    play: typing({ writersPerBoard: 3, perSecond: 5, cursors: true, presence: true }),
    bounds: [cpu('reference', 0.35), cpu('bare', 0.5), { figure: 'p99', against: 'reference', atMost: 1 }, MEMORY],
  },
  {
    name: 'storm',
    title:
      '300 join within 1 s, most in its middle, a board with 20,000 edits: ms until SyncStep2, and until all of it',
    rooms: 1,
    peoplePerRoom: 301,
    edits: 20_000,
    needsKeeping: true,
    play: joinStorm(true),
    bounds: [
      { figure: 'p99', against: 'reference', atMost: 0.1 },
      { figure: 'whole p99', against: 'reference', atMost: 0.1 },
    ],
  },
  {
    name: 'storm-even',
    title: 'the same, at any moment of the second alike',
    rooms: 1,
    peoplePerRoom: 301,
    edits: 20_000,
    needsKeeping: true,
    play: joinStorm(false),
    bounds: [],
  },
  {
    name: 'cold',
    title: 'the server starts with that board on disk: ms until its first client has it',
    rooms: 1,
    peoplePerRoom: 10,
    edits: 20_000,
    needsKeeping: true,
    play: coldStart,
    bounds: [{ figure: 'from ready', against: 'reference', atMost: 0.1 }],
  },
  {
    name: 'rate',
    title: '200 people on one board, 100 typing ever faster: the most that is delivered with p99 ≤ 250 ms',
    rooms: 1,
    peoplePerRoom: 200,
    play: highestRate,
    bounds: [{ figure: 'delivered/s', against: 'reference', atLeast: 2.5 }],
  },
  {
    name: 'kill',
    title:
      '20 people on one board, 10 typing 10/s, SIGKILL: edits that others had or that were acknowledged, and are gone',
    rooms: 1,
    peoplePerRoom: 20,
    needsKeeping: true,
    play: killed,
    bounds: [{ figure: 'lost', atMost: 0 }],
  },
];
