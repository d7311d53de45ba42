import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Crowd } from '../crowd.ts';
import { chosen, OPTIONS, Rounds } from '../rounds.ts';
import { Scratch } from '../scratch.ts';
import type { Figures } from '../stage.ts';
import { CONTESTANTS, type LiveContestant, type Premises } from './contestants.ts';
import type { LiveOrders } from './orders.ts';
import { SCENARIOS, type LiveScenario } from './scenarios.ts';

/** `npm run bench:live`: the live channel beside what it was and beside bare broadcasts, one after the other in every round. See README.md. */

const SMOKE = { scale: 0.05, rooms: 0.2 };
const STEP = 500; // bytes, where ours was not asked

const { values } = parseArgs({ options: OPTIONS });
const scale = values.smoke ? SMOKE.scale : 1;
const scenarios = chosen(SCENARIOS, values.scenario, 'scenario');
const contestants = chosen(CONTESTANTS, values.servers ? [values.servers] : undefined, 'server');
const scratch = new Scratch('dastarkhan-bench-live');
const rounds = new Rounds({ count: Number(values.rounds ?? 1), isSmoke: values.smoke });

for (const scenario of scenarios) {
  const taking = contestants.filter(({ name }) => scenario.who.includes(name));
  await rounds.play(scenario, taking, (contestant, { ours }) =>
    once(scenario, contestant, Math.round(ours?.['B/phone'] ?? STEP)),
  );
}
if (values.json) rounds.write(values.json);
process.exitCode = rounds.isWhole ? 0 : 1;

async function once(scenario: LiveScenario, contestant: LiveContestant, bytesOfStep: number): Promise<Figures> {
  const premises = values.smoke ? smaller(scenario.premises) : scenario.premises;
  const dataDir = scratch.newFolder();
  const phones = new Crowd<LiveOrders>('live/load.ts');
  const hall = (scratch.running = await contestant.start(premises, dataDir));
  try {
    return await scenario.play({ hall, phones, premises, scale, bytesOfStep });
  } finally {
    await Promise.all([phones.leave(), hall.kill()]);
    scratch.running = null;
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
