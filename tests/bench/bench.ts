import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { judge, medians } from './bounds.ts';
import { CONTESTANTS, copyOf, type Contestant, type Prepared, type RunningServer } from './contestants.ts';
import { Crowd } from './crowd.ts';
import { SCENARIOS, type Scenario } from './scenarios.ts';
import { seededBoard, type SeededBoard } from './seeded-board.ts';
import type { Figures, Stage } from './stage.ts';
import { printScenario } from './table.ts';

/** `npm run bench:sync`: our sync endpoint and its peers under the same load, one after the other in every round. See README.md. */

const PEERS = join(import.meta.dirname, 'peers');
const SMOKE = { rounds: 1, seconds: 0.5, people: 0.1, edits: 0.1, scenarios: ['35', 'storm', 'cold', 'kill'] };

const { values } = parseArgs({
  options: {
    scenario: { type: 'string', multiple: true },
    servers: { type: 'string' },
    rounds: { type: 'string' },
    seconds: { type: 'string' },
    json: { type: 'string' },
    smoke: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds ?? (values.smoke ? SMOKE.rounds : 3));
const seconds = Number(values.seconds ?? (values.smoke ? SMOKE.seconds : 10));
const scenarios = chosen(
  SCENARIOS,
  values.scenario?.flatMap((names) => names.split(',')) ?? (values.smoke ? SMOKE.scenarios : undefined),
  'scenario',
).map(values.smoke ? smaller : (scenario) => scenario);
const contestants = chosen(CONTESTANTS, values.servers?.split(','), 'server');

const scratch = mkdtempSync(join(tmpdir(), 'dastarkhan-bench-'));
const prepared = new Map<string, Promise<Prepared>>();
const boards = new Map<number, SeededBoard>();
const report: { scenario: string; rounds: Record<string, Figures[]>; failures: string[] }[] = [];
let folders = 0;
let running: RunningServer | null = null;

// whoever interrupts it wants no server to stay behind
process.once('exit', () => {
  if (running) process.kill(running.pid, 'SIGKILL');
  rmSync(scratch, { recursive: true, force: true });
});
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

installPeers();
for (const scenario of scenarios) await play(scenario);
writeReport();
process.exitCode = verdict();

async function play(scenario: Scenario): Promise<void> {
  const taking = contestants.filter(({ keeps }) => keeps || !scenario.needsKeeping);
  const entry = {
    scenario: scenario.name,
    rounds: Object.fromEntries(taking.map(({ name }) => [name, [] as Figures[]])),
    failures: [] as string[],
  };
  report.push(entry);
  for (let round = 1; round <= rounds; round += 1) {
    for (const contestant of taking) {
      process.stderr.write(`${scenario.name}: round ${round} of ${rounds}, ${contestant.name} …\n`);
      try {
        entry.rounds[contestant.name]!.push(await once(scenario, contestant));
      } catch (error) {
        entry.failures.push(`${contestant.name}, round ${round}: ${String(error)}`);
        entry.rounds[contestant.name]!.push({});
      }
    }
  }
  printScenario(values.smoke ? { ...scenario, bounds: [] } : scenario, entry.rounds);
  for (const failure of entry.failures) console.log(`  not measured: ${failure}`);
}

async function once(scenario: Scenario, contestant: Contestant): Promise<Figures> {
  const board = scenario.edits ? boardOf(scenario.edits) : null;
  const folder = copyOf(await premises(scenario, contestant, board), newFolder());
  const crowd = new Crowd();
  let server = (running = await contestant.start(folder));
  const stage: Stage = {
    contestant,
    server,
    crowd,
    seconds,
    present: board?.clocks ?? {},
    async restart() {
      await server.kill();
      return (server = running = await contestant.start(folder));
    },
  };
  try {
    return await scenario.play(stage);
  } finally {
    await Promise.all([crowd.leave(), server.kill()]);
    running = null;
    rmSync(folder.dataDir, { recursive: true, force: true });
  }
}

/** Prepared once for all scenarios and rounds that want the same. */
function premises({ rooms, peoplePerRoom, edits = 0 }: Scenario, contestant: Contestant, board: SeededBoard | null) {
  const key = [contestant.name, rooms, peoplePerRoom, edits].join(' ');
  const ready = prepared.get(key) ?? contestant.prepare({ rooms, peoplePerRoom, ...(board && { board }) }, newFolder());
  prepared.set(key, ready);
  return ready;
}

function boardOf(edits: number): SeededBoard {
  const board = boards.get(edits) ?? seededBoard(edits);
  boards.set(edits, board);
  return board;
}

function newFolder(): string {
  folders += 1;
  return join(scratch, String(folders));
}

function smaller(scenario: Scenario): Scenario {
  return {
    ...scenario,
    rooms: Math.ceil(scenario.rooms * SMOKE.people),
    peoplePerRoom: Math.max(10, Math.ceil(scenario.peoplePerRoom * SMOKE.people)),
    ...(scenario.edits && { edits: scenario.edits * SMOKE.edits }),
  };
}

/** From their own lock file, into their own folder, when they are not there yet or it has changed. */
function installPeers(): void {
  const stamp = join(PEERS, 'node_modules/.dastarkhan-installed');
  const lock = createHash('sha256')
    .update(readFileSync(join(PEERS, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  process.stderr.write('installing the peers (once) …\n');
  const npm = process.env.npm_execpath;
  const args = ['install', '--no-save', '--no-fund', '--no-audit', '--loglevel=error'];
  const [command, first] = npm ? [process.execPath, [npm, ...args]] : ['npm', args];
  const { status } = spawnSync(command, first, { cwd: PEERS, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error('the peers could not be installed');
  writeFileSync(stamp, lock);
}

function writeReport(): void {
  if (!values.json) return;
  const machine = {
    cores: cpus().length,
    processor: cpus()[0]?.model ?? 'unknown',
    memoryMB: Math.round(totalmem() / 2 ** 20),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
  };
  const measured = report.map(({ scenario, rounds, failures }) => ({
    scenario,
    medians: Object.fromEntries(Object.entries(rounds).map(([name, figures]) => [name, medians(figures)])),
    bounds: scenarios.find(({ name }) => name === scenario)?.bounds.flatMap((bound) => judge(bound, rounds) ?? []),
    rounds,
    failures,
  }));
  writeFileSync(
    values.json,
    `${JSON.stringify({ machine, rounds, seconds, smoke: values.smoke, measured }, null, 2)}\n`,
  );
}

/** It measures; it fails only when it could not, or when ours lost an edit. */
function verdict(): number {
  const lost = report.reduce(
    (sum, { rounds }) => sum + (rounds.ours ?? []).reduce((all, { lost }) => all + (lost ?? 0), 0),
    0,
  );
  if (lost > 0) console.log(`\nours lost ${lost} edits`);
  return lost > 0 || report.some(({ failures }) => failures.length > 0) ? 1 : 0;
}

function chosen<Named extends { readonly name: string }>(
  all: readonly Named[],
  names: readonly string[] | undefined,
  what: string,
): readonly Named[] {
  return (
    names?.map((name) => {
      const found = all.find((each) => each.name === name);
      if (!found) throw new Error(`no ${what} ${name}: there are ${all.map((each) => each.name).join(', ')}`);
      return found;
    }) ?? all
  );
}
