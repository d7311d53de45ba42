import { parentPort } from 'node:worker_threads';
import { unreachable } from '#domain/unreachable.ts';
import { changesOf } from './changes.ts';
import type { Done, Job } from './replayer.ts';
import { statesAt } from './states.ts';

/** The thread in which documents are replayed: rows in, states or counts out. */
parentPort?.on('message', (job: Job) => {
  const done = replayed(job);
  parentPort?.postMessage(done, done.kind === 'states' ? done.states.map(({ buffer }) => buffer) : []);
});

function replayed(job: Job): Done {
  const { id, kind, rows } = job;
  try {
    switch (kind) {
      case 'states':
        return { id, kind, states: statesAt(rows, job.seqs).map((state) => new Uint8Array(state)) };
      case 'changes':
        return { id, kind, changes: changesOf(rows, job.versions) };
      default:
        return unreachable(kind);
    }
  } catch (error) {
    return { id, kind: 'failed', problem: error instanceof Error ? error.message : String(error) };
  }
}
