import { arrive, sleep, type Figures, type Stage } from '../stage.ts';
import { cpuOf } from '../vitals.ts';

const WITHIN = 1_000; // ms
const SETTLED = 500; // ms
const TIDYING = 8_000; // ms: 20,000 rows in a file are nothing that a server meets while people write; it brings them into its own form first

/**
 * Everybody comes back at once. One person is there for a while before, so that the server has the board in whatever form it likes, and
 * one comes just before, so that the load, which reads each distinct message once, has read what the others will get.
 */
export const joinStorm =
  (isWave: boolean) =>
  async (stage: Stage): Promise<Figures> => {
    const { crowd, server } = stage;
    const [first, ...others] = server.guests;
    await arrive(stage, { guests: [first!], present: stage.present, within: 0 });
    await sleep(TIDYING);
    await arrive(stage, { guests: [first!], within: 0 });
    await sleep(SETTLED);
    const cpuBefore = cpuOf(server.pid);
    const { synced, whole } = await arrive(stage, { guests: others, within: WITHIN, isWave });
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
  };
