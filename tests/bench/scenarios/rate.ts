import { arrive, newcomers, sleep, type Figures, type Stage } from '../stage.ts';
import { cpuOf } from '../vitals.ts';

const FIRST = 100; // edits a second, of all writers together
const STEP = 1.25;
const WRITERS = 100;
const MOST_PER_WRITER = 40; // ours slows a socket down above 50 frames a second
const SLOWEST = 250; // ms
const COMPLETE = 0.97; // of what was due in the window: its edges cut a little off
const TRIES = 3; // of a step: something else on the machine may have spoilt one
const SETTLE = 1_000; // ms
const QUIET = 3_000; // ms

/** Everybody types faster and faster until the server cannot follow. */
export async function highestRate(stage: Stage): Promise<Figures> {
  const { crowd, server, contestant } = stage;
  const writers = Math.min(WRITERS, server.guests.length);
  await arrive(stage, { writersPerBoard: writers });
  let best: Figures = { 'delivered/s': 0 };
  for (let rate = FIRST; rate <= MOST_PER_WRITER * writers; rate = nextAfter(rate, MOST_PER_WRITER * writers)) {
    let held: Figures | null = null;
    for (let tries = 1; tries <= TRIES && !held; tries += 1) held = await followed(stage, { rate, writers });
    if (!held) break;
    best = held;
    if (held['core %']! >= 100) break;
  }
  await crowd.ask('type', 0);
  const undelivered = await crowd.ask('drain', QUIET);
  const lost = contestant.keeps ? (await crowd.ask('lost', { ...newcomers(stage), what: 'all' })).lost : null;
  const dropped = await crowd.ask('dropped');
  return { ...best, undelivered, lost, dropped: dropped.count };
}

/** What it came to at so many edits a second; null when the server did not follow. */
async function followed(
  { crowd, server, seconds }: Stage,
  { rate, writers }: { rate: number; writers: number },
): Promise<Figures | null> {
  await crowd.ask('type', rate / writers);
  await sleep(SETTLE);
  await crowd.ask('mark');
  const cpuBefore = cpuOf(server.pid);
  await sleep((seconds * 1_000) / 3);
  const cpu = cpuOf(server.pid) - cpuBefore;
  const { milliseconds, delivered, sent, p50, p99, busy } = await crowd.ask('figures');
  const readers = server.guests.length - 1;
  if (delivered < sent * readers * COMPLETE || (p99 ?? Infinity) > SLOWEST) return null;
  return {
    'delivered/s': (delivered * 1_000) / milliseconds,
    'edits/s': (sent * 1_000) / milliseconds,
    p50,
    p99,
    cpuPerEdit: cpu / delivered,
    'core %': (cpu / 1_000 / milliseconds) * 100,
    'load %': busy * 100,
  };
}

function nextAfter(rate: number, most: number): number {
  return rate < most ? Math.min(most, rate * STEP) : Infinity;
}
