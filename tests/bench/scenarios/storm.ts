import { arrive, type Figures, type Stage } from '../stage.ts';
import { cpuOf } from '../vitals.ts';

const WITHIN = 1_000; // ms

/** Everybody comes back at once. One person is there before, so that the server has the board in whatever form it likes. */
export async function joinStorm(stage: Stage): Promise<Figures> {
  const { crowd, server } = stage;
  const [first, ...others] = server.guests;
  await arrive(stage, { guests: [first!], present: stage.present, within: 0 });
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
