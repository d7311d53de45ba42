import { arrive, newcomers, sleep, type Figures, type Stage } from '../stage.ts';
import { cpuOf, PeakMemory, rssOf } from '../vitals.ts';

const IDLE = 1_000; // ms for the server to come to rest after its start
const WARM_UP = 3_000; // ms
const QUIET = 3_000; // ms without a delivery after which nothing more is awaited

/** People at boards, some of whom type at an even pace. */
export function typing({
  perSecond,
  ...arrival
}: {
  writersPerBoard: number;
  perSecond: number;
  cursors: boolean;
  presence: boolean;
}): (stage: Stage) => Promise<Figures> {
  return async (stage) => {
    const { crowd, server, contestant, seconds } = stage;
    await sleep(Math.min(IDLE, seconds * 1_000));
    const idle = rssOf(server.pid);
    const peak = new PeakMemory(server.pid);
    await arrive(stage, arrival);

    await crowd.ask('type', perSecond);
    await sleep(Math.min(WARM_UP, seconds * 1_000));
    await crowd.ask('mark');
    const cpuBefore = cpuOf(server.pid);
    await sleep(seconds * 1_000);
    const cpu = cpuOf(server.pid) - cpuBefore;
    const load = await crowd.ask('figures');
    const full = rssOf(server.pid); // at work: garbage between two collections is memory too

    await crowd.ask('type', 0);
    const undelivered = await crowd.ask('drain', QUIET);
    const lost = contestant.keeps ? (await crowd.ask('lost', { ...newcomers(stage), what: 'all' })).lost : null;
    const dropped = await crowd.ask('dropped');
    const elapsed = load.milliseconds / 1_000;
    return {
      'delivered/s': load.delivered / elapsed,
      p50: load.p50,
      p99: load.p99,
      cpuPerEdit: cpu / load.delivered,
      'core %': (cpu / 1_000_000 / elapsed) * 100,
      rssMB: peak.end() / 1_024,
      kbPerClient: (full - idle) / server.guests.length,
      bytesPerEdit: load.bytes / load.delivered,
      undelivered,
      lost,
      dropped: dropped.count,
      'load %': load.busy * 100,
    };
  };
}
