import { stepIdAt } from '#domain/script/step.ts';
import { median, type Bound } from '../bounds.ts';
import { Crowd } from '../crowd.ts';
import { roomAt } from '../hall.ts';
import { sleep, type Figures } from '../stage.ts';
import { cpuOf, eventLoopOf } from '../vitals.ts';
import type { LiveContestant, Premises, RunningHall } from './contestants.ts';
import type { LiveOrders, Way } from './orders.ts';

interface LiveStage {
  readonly hall: RunningHall;
  readonly phones: Crowd<LiveOrders>;
  readonly premises: Premises;
  /** Share of the full length and number of people. */
  readonly scale: number;
  /** Bytes that our server sent each phone for a step: what the bare servers send. */
  readonly bytesOfStep: number;
}

export interface LiveScenario {
  readonly name: string;
  readonly title: string;
  readonly who: readonly LiveContestant['name'][];
  readonly premises: Premises;
  play(stage: LiveStage): Promise<Figures>;
  readonly bounds: readonly Bound[];
}

const FULL = 300; // people
const ROOMS = 60;
const SETTLED = 3_000; // ms: everything that was gathered has been told
const PINGS = 25_000; // ms between two of them: a server at rest has all of its phones to ask in that time
const WARM_UP = 5; // steps or moves that are not measured: nobody's code is fast at first
const STEPS = 40;
const MOVES = 20;
const MISSED = 1_000; // changes
const TYPISTS = { people: 35, writing: 10, perSecond: 5 };
const PRESSES = 50; // a minute
const TURNS = 6; // of rest, of commands and of arrivals: what else the machine does is in all of them

export const SCENARIOS: readonly LiveScenario[] = [
  {
    name: 'arrivals',
    title: '300 people join and open the live channel within 60 s, in 60 rooms',
    who: ['ours', 'whole', 'before'],
    premises: { rooms: ROOMS, people: 0, leaders: 2 },
    play: arrivals,
    bounds: [
      { figure: 'MB in all', atMost: 30, inSmoke: 0.1 },
      { figure: 'KB/phone', atMost: 100, inSmoke: 5 },
      { figure: 'CPU s', atMost: 6 },
      { figure: 'not told', atMost: 0, inSmoke: 0 },
    ],
  },
  {
    name: 'moved',
    title: 'one seat is moved to another room while 300 in 60 rooms look on: for each move',
    who: ['ours', 'whole', 'before'],
    premises: { rooms: ROOMS, people: FULL, leaders: 2 },
    play: moved,
    bounds: [
      { figure: 'KB in all', atMost: 50, inSmoke: 4.5 },
      { figure: 'loop ms', atMost: 10 },
    ],
  },
  {
    name: 'step',
    title: 'a step is started at 300 people in 60 rooms: ms until the last phone has it, processor time for each',
    who: ['ours', 'whole', 'socketio', 'ws'],
    premises: { rooms: ROOMS, people: FULL, leaders: 2 },
    play: step,
    bounds: [
      { figure: 'last p99', atMost: 150 },
      { figure: 'CPU ms', against: 'ws', atMost: 2 },
      { figure: 'messages/phone', atMost: 1.1, inSmoke: 1.5 },
      { figure: 'unheard', atMost: 0, inSmoke: 0 },
    ],
  },
  {
    name: 'missed',
    title: 'a phone that missed 1,000 changes comes back: what it is sent',
    who: ['ours', 'whole'],
    premises: { rooms: ROOMS, people: FULL, leaders: 25 },
    play: missed,
    bounds: [
      { figure: 'KB caught up', atMost: 8, inSmoke: 2.2 },
      { figure: 'refused', atMost: 0, inSmoke: 0 },
    ],
  },
  {
    name: 'edits',
    title:
      '35 people on one board, 10 typing 5/s: an edit at rest, with 50 commands a minute, while 300 arrive in 60 s',
    who: ['ours'],
    premises: { rooms: 1, people: TYPISTS.people, leaders: 1 },
    play: edits,
    bounds: [
      { figure: 'p99 ratio', atMost: 1.3 },
      { figure: 'CPU ratio', atMost: 1.1 },
      { figure: 'not told', atMost: 0, inSmoke: 0 },
    ],
  },
];

async function arrivals({ hall, phones, scale }: LiveStage): Promise<Figures> {
  const count = Math.round(FULL * scale);
  await phones.ask('come', { ways: hall.leaders, within: 0 });
  await sleep(SETTLED);
  await phones.ask('mark', null);
  const before = cpuOf(hall.pid);
  const { told } = await phones.ask('come', { ways: newcomers(hall, count), within: 60_000 * scale });
  await sleep(SETTLED);
  const cpu = cpuOf(hall.pid) - before;
  const { total, most } = await phones.ask('received', { last: count });
  return { 'MB in all': total / 1e6, 'KB/phone': most / 1e3, 'CPU s': cpu / 1e6, 'not told': count - told };
}

async function moved(stage: LiveStage): Promise<Figures> {
  const { hall, phones, scale, premises } = stage;
  await everybody(stage);
  const move = async (seats: readonly Way[]) => {
    for (const [index, { seat }] of seats.entries()) {
      // each from the room of one further on, so that nobody is where they were
      await told(phones, LAST, { kind: 'moveSeat', seat, room: roomAt(premises.rooms - 1 - index) });
      await sleep(BETWEEN_MOVES);
    }
    await sleep(SETTLED);
  };
  const moves = Math.ceil(MOVES * scale);
  await move(hall.seated.slice(moves, moves + WARM_UP));
  const idle = await idleShare(stage, eventLoopOf);
  await phones.ask('mark', null);
  const [before, startedAt] = [eventLoopOf(hall.pid), performance.now()];
  await move(hall.seated.slice(0, moves));
  const busy = eventLoopOf(hall.pid) - before - idle * (performance.now() - startedAt);
  const { total, messages } = await phones.ask('received', { last: 1 });
  return { 'KB in all': total / 1e3 / moves, messages: messages / moves, 'loop ms': busy / 1e3 / moves };
}

async function step(stage: LiveStage): Promise<Figures> {
  const { hall, phones, scale, bytesOfStep } = stage;
  await everybody(stage);
  const count = hall.seated.length;
  const last: number[] = [];
  let [unheard, started] = [0, 0];
  const start = async (steps: number) => {
    for (const end = started + steps; started < end; started += 1) {
      const begin = { kind: 'startStep', step: stepIdAt(started % 2) };
      const command = hall.isBare ? { bytes: bytesOfStep } : begin;
      const { last: took, heard } = await phones.ask('begin', { phone: LAST, command, phones: count });
      last.push(took);
      unheard += count - heard;
      await sleep(BETWEEN_STEPS);
    }
  };
  await start(WARM_UP);
  const idle = await idleShare(stage, cpuOf);
  await phones.ask('mark', null);
  const [before, startedAt] = [cpuOf(hall.pid), performance.now()];
  last.length = 0;
  await start(Math.ceil(STEPS * scale));
  const busy = cpuOf(hall.pid) - before - idle * (performance.now() - startedAt);
  const { total, messages } = await phones.ask('received', { last: 1 });
  const all = last.length * (count + hall.leaders.length);
  const sorted = last.toSorted((one, other) => one - other);
  return {
    'last p50': sorted[Math.floor(sorted.length / 2)]!,
    'last p99': sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.99))]!,
    'CPU ms': busy / 1e3 / last.length,
    'B/phone': total / all,
    'messages/phone': messages / all,
    unheard,
  };
}

async function missed(stage: LiveStage): Promise<Figures> {
  const { hall, phones, scale, premises } = stage;
  await phones.ask('come', { ways: hall.leaders, within: 0 });
  const changes = Math.ceil(MISSED * scale);
  const commands = Array.from({ length: changes }, (_, change) => changeAt(change, hall, premises));
  const { refused } = await phones.ask('askMany', { phones: hall.leaders.map((_, index) => index), commands });
  await sleep(SETTLED);
  const [phone] = hall.seated.slice(-1);
  await phones.ask('come', { ways: [phone!], within: 0 });
  await sleep(SETTLED);
  const { most } = await phones.ask('received', { last: 1 });
  return { 'KB caught up': most / 1e3, refused };
}

/** Rooms get other names and seats other rooms, in turns. */
function changeAt(change: number, hall: RunningHall, { rooms }: Premises): object {
  const room = roomAt(change % rooms);
  if (change % 2 === 0) return { kind: 'renameRoom', room, name: `Room ${(change % rooms) + 1}, ${change}` };
  return { kind: 'moveSeat', seat: hall.seated[change % (hall.seated.length - 1)]!.seat, room };
}

async function edits(stage: LiveStage): Promise<Figures> {
  const { hall, phones, scale } = stage;
  const crowd = new Crowd();
  const turn = (60_000 * scale) / TURNS;
  const measured = async (meanwhile: Promise<unknown>) => {
    await crowd.ask('mark');
    const before = cpuOf(hall.pid);
    await Promise.all([meanwhile, sleep(turn)]);
    const { p99, delivered } = await crowd.ask('figures');
    return { p99: p99 ?? Infinity, cpu: (cpuOf(hall.pid) - before) / delivered };
  };
  try {
    await phones.ask('come', { ways: hall.leaders, within: 0 });
    await crowd.ask('arrive', {
      guests: hall.guests,
      dialect: 'y-websocket',
      within: null,
      isWave: false,
      writersPerBoard: TYPISTS.writing,
      cursors: true,
      presence: false,
      present: {},
    });
    await crowd.ask('type', TYPISTS.perSecond);
    await sleep(SETTLED);
    const coming = newcomers(hall, Math.round(FULL * scale));
    const each = Math.ceil(coming.length / TURNS);
    const turns = [];
    let heard = 0;
    for (let from = 0; from < coming.length; from += each) {
      const resting = await measured(Promise.resolve());
      const pressed = await measured(press(stage, turn));
      const come = phones.ask('come', { ways: coming.slice(from, from + each), within: turn });
      const arriving = await measured(come);
      heard += (await come).told;
      turns.push({ resting, pressed, arriving });
    }
    return {
      'p99 at rest': median(turns.map(({ resting }) => resting.p99)),
      'p99 arriving': median(turns.map(({ arriving }) => arriving.p99)),
      'p99 ratio': median(turns.map(({ resting, arriving }) => arriving.p99 / resting.p99)),
      cpuPerEdit: median(turns.map(({ resting }) => resting.cpu)),
      'CPU ratio': median(turns.map(({ resting, pressed }) => pressed.cpu / resting.cpu)),
      'not told': coming.length - heard,
    };
  } finally {
    await crowd.leave();
  }
}

/** Commands that take no rights from anybody, as questions and calls are. `within`: ms. */
async function press({ hall, phones }: LiveStage, within: number): Promise<void> {
  const pause = 60_000 / PRESSES;
  for (let press = 0; press * pause < within; press += 1) {
    const { seat } = hall.seated[Math.floor(press / 2) % hall.seated.length]!;
    await told(phones, LEADER, { kind: press % 2 === 0 ? 'pinSeat' : 'unpinSeat', seat });
    await sleep(pause);
  }
}

const LAST = -1; // whoever came last: one who leads
const LEADER = 0; // where those who lead came first
const BETWEEN_MOVES = 900; // ms; longer than anything is gathered
const BETWEEN_STEPS = 700; // ms

/** Whoever has a seat, and those who lead after them. */
async function everybody({ hall, phones }: LiveStage): Promise<void> {
  const ways = [...hall.seated, ...hall.leaders];
  const { told } = await phones.ask('come', { ways, within: 0 });
  if (told < ways.length) throw new Error(`${ways.length - told} were not told how things stand`);
  await sleep(SETTLED);
}

const newcomers = (hall: RunningHall, count: number): Way[] =>
  Array.from({ length: count }, (_, index) => hall.newcomer(index));

async function told(phones: Crowd<LiveOrders>, phone: number, command: object): Promise<void> {
  const { refused } = await phones.ask('ask', { phone, command });
  if (refused) throw new Error(`refused: ${JSON.stringify(refused)}`);
}

/** Microseconds a millisecond that a server takes when nobody does anything. */
async function idleShare({ hall, scale }: LiveStage, measure: (pid: number) => number): Promise<number> {
  const [before, startedAt] = [measure(hall.pid), performance.now()];
  await sleep(Math.max(SETTLED, PINGS * scale));
  return (measure(hall.pid) - before) / (performance.now() - startedAt);
}
