import { parentPort } from 'node:worker_threads';
import { unreachable } from '#domain/unreachable.ts';
import { changesOf } from './changes.ts';
import { derivedFrom } from './derived.ts';
import type { Done, Job } from './replayer.ts';
import { statesAt } from './states.ts';

/** The thread in which documents are replayed: rows in, states or counts out. */
parentPort?.on('message', (job: Job) => {
  const done = replayed(job);
  parentPort?.postMessage(done, done.kind === 'states' ? done.states.map(({ buffer }) => buffer) : []);
});

function replayed(job: Job): Done {
  const { id } = job;
  try {
    switch (job.kind) {
      case 'states':
        return {
          id,
          kind: job.kind,
          states: statesAt(job.rows, job.seqs, job.roots).map((state) => new Uint8Array(state)),
        };
      case 'changes':
        return { id, kind: job.kind, changes: changesOf(job.rows, job.versions) };
      case 'derived':
        return { id, kind: job.kind, derived: derivedFrom(job.whole, job.offered) };
      default:
        return unreachable(job);
    }
  } catch (error) {
    return { id, kind: 'failed', problem: error instanceof Error ? error.message : String(error) };
  }
}
