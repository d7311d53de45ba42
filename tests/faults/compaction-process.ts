import type { DocumentName } from '#protocol/document-name.ts';
import { openStorage } from '#server/storage/open-storage.ts';
import { SqliteThread } from '#server/storage/sqlite/sqlite-thread.ts';
import { compact } from '#server/sync/compaction.ts';

/**
 * Compacts one document and dies on the way, without a chance to flush anything: before or after one of its questions to the
 * database. Arguments: data folder, document, number of the point to die at. Past the last point it prints how many there are.
 */
const [dataDir = '', document = '', dieAt = '0'] = process.argv.slice(2);
const storage = await openStorage({ dataDir, databaseUrl: undefined });
let points = 0;
function pass(): void {
  points += 1;
  if (points === Number(dieAt)) process.kill(process.pid, 'SIGKILL');
}

type Asking = (...args: unknown[]) => Promise<unknown>;
const thread = SqliteThread.prototype as unknown as Record<'query' | 'transact' | 'read', Asking>;
for (const name of ['query', 'transact', 'read'] as const) {
  const ask = thread[name];
  thread[name] = async function (...args) {
    pass();
    try {
      return await ask.apply(this, args);
    } finally {
      pass();
    }
  };
}
if (!(await compact(storage.documents, document as DocumentName))) throw new Error('not compacted');
console.log(`points ${points}`);
await storage.close();
