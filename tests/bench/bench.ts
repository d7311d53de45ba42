import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CONTESTANTS, copyOf, type Contestant, type Prepared } from './contestants.ts';
import { Crowd } from './crowd.ts';
import { chosen, OPTIONS, Rounds } from './rounds.ts';
import { SCENARIOS, type Scenario } from './scenarios.ts';
import { Scratch } from './scratch.ts';
import { seededBoard, type SeededBoard } from './seeded-board.ts';
import type { Figures, Stage } from './stage.ts';

/** `npm run bench:sync`: our sync endpoint and its peers under the same load, one after the other in every round. See README.md. */

const PEERS = join(import.meta.dirname, 'peers');
const SMOKE = { rounds: 1, seconds: 0.5, people: 0.1, edits: 0.1, scenarios: ['35', 'storm', 'cold', 'kill'] };

const { values } = parseArgs({ options: { ...OPTIONS, seconds: { type: 'string' } } });
const seconds = Number(values.seconds ?? (values.smoke ? SMOKE.seconds : 10));
const scenarios = chosen(SCENARIOS, values.scenario ?? (values.smoke ? SMOKE.scenarios : undefined), 'scenario').map(
  values.smoke ? smaller : (scenario) => scenario,
);
const contestants = chosen(CONTESTANTS, values.servers ? [values.servers] : undefined, 'server');

const scratch = new Scratch('dastarkhan-bench');
const prepared = new Map<string, Promise<Prepared>>();
const boards = new Map<number, SeededBoard>();
const rounds = new Rounds({
  count: Number(values.rounds ?? (values.smoke ? SMOKE.rounds : 3)),
  isSmoke: values.smoke,
});

installPeers();
for (const scenario of scenarios) {
  const taking = contestants.filter(({ keeps }) => keeps || !scenario.needsKeeping);
  await rounds.play(scenario, taking, (contestant) => once(scenario, contestant));
}
if (values.json) rounds.write(values.json, { seconds });
process.exitCode = verdict();

async function once(scenario: Scenario, contestant: Contestant): Promise<Figures> {
  const board = scenario.edits ? boardOf(scenario.edits) : null;
  const folder = copyOf(await premises(scenario, contestant, board), scratch.newFolder());
  const crowd = new Crowd();
  let server = (scratch.running = await contestant.start(folder));
  const stage: Stage = {
    contestant,
    server,
    crowd,
    seconds,
    present: board?.clocks ?? {},
    async restart() {
      await server.kill();
      return (server = scratch.running = await contestant.start(folder));
    },
  };
  try {
    return await scenario.play(stage);
  } finally {
    await Promise.all([crowd.leave(), server.kill()]);
    scratch.running = null;
    rmSync(folder.dataDir, { recursive: true, force: true });
  }
}

/** Prepared once for all scenarios and rounds that want the same. */
function premises({ rooms, peoplePerRoom, edits = 0 }: Scenario, contestant: Contestant, board: SeededBoard | null) {
  const key = [contestant.name, rooms, peoplePerRoom, edits].join(' ');
  const ready =
    prepared.get(key) ?? contestant.prepare({ rooms, peoplePerRoom, ...(board && { board }) }, scratch.newFolder());
  prepared.set(key, ready);
  return ready;
}

function boardOf(edits: number): SeededBoard {
  const board = boards.get(edits) ?? seededBoard(edits);
  boards.set(edits, board);
  return board;
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

/** It measures; it fails only when it could not, or when ours lost an edit. */
function verdict(): number {
  const lost = rounds.entries
    .flatMap((entry) => entry.rounds.ours ?? [])
    .reduce((sum, figures) => sum + (figures.lost ?? 0), 0);
  if (lost > 0) console.log(`\nours lost ${lost} edits`);
  return lost > 0 || !rounds.isWhole ? 1 : 0;
}
