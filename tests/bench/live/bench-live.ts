import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { judge, medians } from '../bounds.ts';
import { Crowd } from '../crowd.ts';
import type { Figures } from '../stage.ts';
import { printScenario } from '../table.ts';
import { CONTESTANTS, type LiveContestant, type Premises, type RunningHall } from './contestants.ts';
import type { LiveOrders } from './orders.ts';
import { SCENARIOS, type LiveScenario } from './scenarios.ts';

/** `npm run bench:live`: the live channel beside what it was and beside bare broadcasts, one after the other in every round. See README.md. */

const SMOKE = { rounds: 1, scale: 0.05, rooms: 0.2 };
const STEP = 500; // bytes, where ours was not asked

const { values } = parseArgs({
  options: {
    scenario: { type: 'string', multiple: true },
    servers: { type: 'string' },
    rounds: { type: 'string' },
    json: { type: 'string' },
    smoke: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds ?? 1);
const scale = values.smoke ? SMOKE.scale : 1;
const scenarios = chosen(
  SCENARIOS,
  values.scenario?.flatMap((names) => names.split(',')),
  'scenario',
);
const contestants = chosen(CONTESTANTS, values.servers?.split(','), 'server');
const scratch = mkdtempSync(join(tmpdir(), 'dastarkhan-bench-live-'));
const report: { scenario: string; rounds: Record<string, Figures[]>; failures: string[] }[] = [];
let folders = 0;
let running: RunningHall | null = null;

process.once('exit', () => {
  if (running) process.kill(running.pid, 'SIGKILL');
  rmSync(scratch, { recursive: true, force: true });
});
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

for (const scenario of scenarios) await play(scenario);
writeReport();
process.exitCode = report.some(({ failures }) => failures.length > 0) ? 1 : 0;

async function play(scenario: LiveScenario): Promise<void> {
  const taking = contestants.filter(({ name }) => scenario.who.includes(name));
  const entry = {
    scenario: scenario.name,
    rounds: Object.fromEntries(taking.map(({ name }) => [name, [] as Figures[]])),
    failures: [] as string[],
  };
  report.push(entry);
  for (let round = 1; round <= rounds; round += 1) {
    let bytesOfStep = STEP;
    for (const contestant of taking) {
      process.stderr.write(`${scenario.name}: round ${round} of ${rounds}, ${contestant.name} …\n`);
      try {
        const figures = await once(scenario, contestant, bytesOfStep);
        if (contestant.name === 'ours') bytesOfStep = Math.round(figures['B/phone'] ?? STEP);
        entry.rounds[contestant.name]!.push(figures);
      } catch (error) {
        entry.failures.push(`${contestant.name}, round ${round}: ${String(error)}`);
        entry.rounds[contestant.name]!.push({});
      }
    }
  }
  printScenario(values.smoke ? { ...scenario, bounds: [] } : scenario, entry.rounds);
  for (const failure of entry.failures) console.log(`  not measured: ${failure}`);
}

async function once(scenario: LiveScenario, contestant: LiveContestant, bytesOfStep: number): Promise<Figures> {
  const premises = values.smoke ? smaller(scenario.premises) : scenario.premises;
  const dataDir = join(scratch, String((folders += 1)));
  const phones = new Crowd<LiveOrders>('live/load.ts');
  const hall = (running = await contestant.start(premises, dataDir));
  try {
    return await scenario.play({ hall, phones, premises, scale, bytesOfStep });
  } finally {
    await Promise.all([phones.leave(), hall.kill()]);
    running = null;
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function smaller({ rooms, people, leaders }: Premises): Premises {
  return {
    rooms: Math.ceil(rooms * SMOKE.rooms),
    people: Math.ceil(people * SMOKE.scale),
    leaders: Math.min(leaders, 2),
  };
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
    bounds: SCENARIOS.find(({ name }) => name === scenario)?.bounds.flatMap((bound) => judge(bound, rounds) ?? []),
    rounds,
    failures,
  }));
  writeFileSync(values.json, `${JSON.stringify({ machine, rounds, smoke: values.smoke, measured }, null, 2)}\n`);
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
