import { arrive, sleep, type Figures, type Stage } from '../stage.ts';
import { cpuOf } from '../vitals.ts';

const WITHIN = 1_000; // ms
const TIDYING = 8_000; // ms: 20,000 rows in a file are nothing that a server meets while people write; it brings them into its own form first

/** Everybody comes back at once. One person is there for a while before, so that the server has the board in whatever form it likes. */
export async function joinStorm(stage: Stage): Promise<Figures> {
  const { crowd, server } = stage;
  const [first, ...others] = server.guests;
  await arrive(stage, { guests: [first!], present: stage.present, within: 0 });
  await sleep(TIDYING);
  const cpuBefore = cpuOf(server.pid);
  const { synced, whole } = await arrive(stage, { guests: others, within: WITHIN });
  const cpu = cpuOf(server.pid) - cpuBefore;
  const dropped = await crowd.ask('dropped');
  return {
    p50: synced.p50,
    p99: synced.p99,
    'whole p50': whole.p50,
    'whole p99': whole.p99,
    'never whole': whole.missing,
    cpuMsPerJoin: cpu / 1_000 / others.length,
    dropped: dropped.count,
  };
}
