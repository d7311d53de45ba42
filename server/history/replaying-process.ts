import * as Y from 'yjs';
import { unreachable } from '#domain/unreachable.ts';
import { takeTold, tellRestore } from '#protocol/board/restored.ts';
import { onlyRoots } from '#protocol/update/only-roots.ts';
import { serveJobs } from '#server/documents/serve-jobs.ts';
import { DocumentLog } from '#server/sync/document-log.ts';
import { changesOf } from './changes.ts';
import { comparisonOf } from './comparison.ts';
import { derivedFrom } from './derived.ts';
import { lossesIn } from './losses.ts';
import { makeEqual } from './make-equal.ts';
import type { Job } from './replayer.ts';
import { statesAt } from './states.ts';
import { WrittenSince } from './written-since.ts';

/** The process in which documents are replayed and made equal to earlier ones: rows in, bytes or counts out. */
serveJobs((job: Job): unknown => {
  switch (job.kind) {
    case 'states':
      return statesAt(job.rows, job.seqs, job.roots);
    case 'joined': {
      const { snapshot, updates } = job.rows;
      return new DocumentLog(snapshot ? [snapshot, ...updates] : updates).whole();
    }
    case 'changes':
      return changesOf(job.rows, job.versions);
    case 'compared':
      return comparisonOf(job.before, job.after);
    case 'lost':
      return lossesIn(job.rows, job.before, job.beforeHeaviest);
    case 'derived':
      return derivedFrom(job.whole, job.offered);
    case 'equal':
      return updateToEqual(job);
    default:
      return unreachable(job);
  }
});

function updateToEqual(job: Extract<Job, { kind: 'equal' }>): Uint8Array | null {
  const { whole, version, client, roots, since = null, told = null } = job;
  const doc = new Y.Doc();
  const then = new Y.Doc();
  doc.clientID = client;
  Y.applyUpdate(doc, onlyRoots(whole, roots));
  Y.applyUpdate(then, onlyRoots(version, roots));
  if (told) takeTold(doc, then);
  const clocks = since && Y.decodeStateVector(Y.encodeStateVectorFromUpdate(since));
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  makeEqual(doc, then, roots, clocks && new WrittenSince(doc, clocks));
  if (told && updates.length > 0) tellRestore(doc, told);
  return updates.length > 0 ? Y.mergeUpdates(updates) : null;
}
