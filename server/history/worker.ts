import { parentPort } from 'node:worker_threads';
import type { Done, Job } from './replayer.ts';
import { statesAt } from './states.ts';

/** The thread in which documents are replayed: rows in, states out. */
parentPort?.on('message', (job: Job) => {
  const done = replayed(job);
  parentPort?.postMessage(done, done.kind === 'replayed' ? done.states.map(({ buffer }) => buffer) : []);
});

function replayed({ id, rows, seqs }: Job): Done {
  try {
    return { id, kind: 'replayed', states: statesAt(rows, seqs).map((state) => new Uint8Array(state)) };
  } catch (error) {
    return { id, kind: 'failed', problem: error instanceof Error ? error.message : String(error) };
  }
}
