import { Board } from './board.ts';
import type { Arrival, Guest, Orders, Times } from './orders.ts';
import { Person, type Dialect } from './person.ts';
import { Tally } from './tally.ts';

/** The people of one measurement, as a process of their own: everybody who types, looks on or joins. Orders come by IPC. */

const ARRIVING_AT_ONCE = 20;
const PATIENCE = 120_000; // ms for everybody to have arrived
const HEARTBEAT = 15_000; // ms, as y-protocols repeats an awareness state
const IRREGULAR = 0.5; // of a pause: nobody types to a metronome, and people who did would drift into step or never meet
const LATE = 250; // ms behind after which a typist does not catch up
const NEWCOMER_QUIET = 1_500; // ms without anything new after which a newcomer has what there is

const tally = new Tally();
const boards = new Map<string, Board>();
const people: { person: Person; board: Board; due: number; beat: number }[] = [];
const dropped: string[] = [];
let period = 0; // ms between two characters of one person; 0: nobody types

const orders: { [Name in keyof Orders]: (...of: Parameters<Orders[Name]>) => Promise<ReturnType<Orders[Name]>> } = {
  arrive: async (arrival) => {
    const before = people.length;
    await (arrival.within === null ? oneByOne(arrival) : atOnce(arrival, arrival.within));
    const arrived = people.slice(before).map(({ person }) => person);
    return {
      synced: times(arrived.map(({ took }) => took.synced)),
      whole: times(arrived.map(({ took }) => took.whole)),
    };
  },
  type: async (perSecond) => {
    period = perSecond === 0 ? 0 : 1_000 / perSecond;
    const now = performance.now();
    for (const each of people) each.due = now + Math.random() * period;
  },
  mark: async () => tally.mark(),
  figures: async () => tally.figures(),
  drain: async (quiet) => {
    await untilQuiet(quiet, () => people.every(({ person }) => person.hasAll));
    return people.reduce((sum, { person, board }) => sum + missing(person, board), 0);
  },
  lost: async ({ guests, dialect, what }) => {
    const known = new Map([...boards.values()].map((board) => [board, knownOn(board, what)]));
    let lost = 0;
    for (const guest of guests) {
      const board = boardOf(guest);
      const newcomer = enter(guest, dialect, board);
      await until(() => newcomer.isSynced);
      await untilQuiet(NEWCOMER_QUIET, () => newcomer.hasAll);
      known.get(board)?.forEach((clock, writer) => (lost += Math.max(0, clock - newcomer.held(writer))));
      newcomer.leave();
    }
    const of = [...known.values()].flat().reduce((sum, clock) => sum + clock, 0);
    return { lost, of };
  },
  dropped: async () => ({ count: dropped.length, why: dropped[0] ?? null }),
};

process.on('message', ({ id, order, of }: { id: number; order: keyof Orders; of: unknown }) => {
  const run = orders[order] as (of: unknown) => Promise<unknown>;
  run(of).then(
    (value) => process.send?.({ id, value }),
    (error: unknown) => process.send?.({ id, error: String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
tick();
setInterval(beat, 10);

function tick(): void {
  if (period > 0) {
    const now = performance.now();
    for (const each of people) {
      if (each.person.writer === null || each.due > now) continue;
      each.person.type();
      const pause = period * (1 - IRREGULAR + 2 * IRREGULAR * Math.random());
      each.due = (now - each.due > LATE ? now : each.due) + pause;
    }
  }
  setTimeout(tick, 1);
}

function beat(): void {
  const now = performance.now();
  for (const each of people) {
    if (each.beat > now) continue;
    each.person.announce();
    each.beat = now + HEARTBEAT;
  }
}

async function oneByOne(arrival: Arrival): Promise<void> {
  const waiting: Person[] = [];
  for (const guest of arrival.guests) {
    await until(() => waiting.filter(({ isSynced }) => !isSynced).length < ARRIVING_AT_ONCE);
    waiting.splice(0, waiting.length, ...waiting.filter(({ isSynced }) => !isSynced));
    waiting.push(seat(guest, arrival));
  }
  await until(() => waiting.every(({ isSynced }) => isSynced));
}

/** At random moments within so many milliseconds, whether the server keeps up or not: nobody comes at even distances. */
async function atOnce(arrival: Arrival, within: number): Promise<void> {
  const start = performance.now();
  const arriving: Person[] = [];
  const moment = () => (arrival.isWave ? (Math.random() + Math.random()) / 2 : Math.random());
  const moments = arrival.guests.map(() => start + within * moment()).toSorted((one, other) => one - other);
  for (const [index, guest] of arrival.guests.entries()) {
    const due = moments[index]!;
    while (performance.now() < due) await sleep(1);
    arriving.push(seat(guest, arrival));
  }
  await until(() => arriving.every(({ took }) => took.whole !== null)).catch(() => undefined); // counted as missing
}

function seat(guest: Guest, arrival: Arrival): Person {
  const board = boardOf(guest);
  if (board.writers.length === 0) {
    for (const [client, sent] of Object.entries(arrival.present))
      board.add({ client: Number(client), sent, sentAt: [] });
  }
  const person = enter(guest, arrival.dialect, board);
  const typists = people.filter((each) => each.board === board && each.person.writer !== null).length;
  if (typists < arrival.writersPerBoard) person.becomeWriter(arrival.cursors);
  const beatAt = arrival.presence ? performance.now() + Math.random() * HEARTBEAT : Infinity;
  people.push({ person, board, due: Infinity, beat: beatAt });
  if (arrival.presence) void until(() => person.isSynced).then(() => person.announce());
  return person;
}

function enter(guest: Guest, dialect: Dialect, board: Board): Person {
  const { url, headers } = guest;
  return new Person({ url, headers, dialect, board, tally, onLost: (why) => void dropped.push(why) });
}

function boardOf({ document }: Guest): Board {
  const board = boards.get(document) ?? new Board(document);
  boards.set(document, board);
  return board;
}

/** For each writer, the clock up to which nothing may be missing. */
function knownOn(board: Board, what: 'all' | 'known'): number[] {
  const here = people.filter((each) => each.board === board).map(({ person }) => person);
  return board.writers.map(({ sent }, index) => {
    if (what === 'all') return sent;
    return Math.max(...here.map((person) => (person.writer === index ? person.acknowledged : person.held(index))));
  });
}

function missing(person: Person, board: Board): number {
  return board.writers.reduce(
    (sum, { sent }, index) => sum + (person.writer === index ? 0 : Math.max(0, sent - person.held(index))),
    0,
  );
}

function times(took: readonly (number | null)[]): Times {
  const known = took.filter((each) => each !== null).sort((a, b) => a - b);
  const at = (share: number) => known[Math.min(known.length - 1, Math.floor(known.length * share))] ?? Infinity;
  return { p50: at(0.5), p99: at(0.99), missing: took.length - known.length };
}

async function until(isSo: () => boolean): Promise<void> {
  const end = performance.now() + PATIENCE;
  while (!isSo()) {
    if (performance.now() > end)
      throw new Error(`waited ${PATIENCE} ms; connections lost: ${dropped.slice(0, 3).join(', ') || 'none'}`);
    await sleep(2);
  }
}

/** Until it is so, or nothing new came for `quiet` milliseconds. */
async function untilQuiet(quiet: number, isSo: () => boolean): Promise<void> {
  let { delivered } = tally;
  let since = performance.now();
  while (!isSo() && performance.now() - since < quiet) {
    await sleep(20);
    if (tally.delivered === delivered) continue;
    ({ delivered } = tally);
    since = performance.now();
  }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
