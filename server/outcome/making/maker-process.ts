import { writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { OutcomeDocument } from '#domain/outcome/document.ts';
import { partOf, placesOf, type Part } from '../render/leave-out.ts';
import { renderOutcome } from '../render/render.ts';
import type { MadeFile, MakeDone, MakeJob } from './job.ts';

/**
 * The process in which files are made: one document after the other. Whatever a document does to it (an endless loop, all
 * memory, a crash of the native typesetter) ends this process and nothing else.
 */
const [megabytes, seconds] = process.argv.slice(2).map(Number);

yieldToServer();
const budget = { bytes: (megabytes ?? 0) * 2 ** 20, seconds };
const watch = new Worker(new URL('./budget-watch.ts', import.meta.url), { workerData: budget });
watch.unref();
process.on('message', (job: MakeJob) => void make(job).then((done) => process.send?.(done)));
process.on('disconnect', () => process.exit());

async function make({ id, json, format, part, seconds: own = seconds }: MakeJob): Promise<MakeDone> {
  watch.postMessage(own);
  try {
    const document = JSON.parse(new TextDecoder().decode(json)) as OutcomeDocument;
    const file = part ? await renderPart(document, format, part) : await renderOutcome(document, format);
    return { id, kind: 'made', file };
  } catch (error) {
    const { name, stack } = error instanceof Error ? error : new Error(typeof error);
    // The first lines of a stack repeat the message.
    return { id, kind: 'failed', error: { name, stack: stack?.slice(stack.indexOf('\n    at ')) } };
  }
}

async function renderPart(document: OutcomeDocument, format: MakeJob['format'], part: Part): Promise<MadeFile> {
  const places = placesOf(document);
  const file = await renderOutcome(partOf(document, part), format);
  const left = part.without.map((index) => ({ kind: 'textLeftOut' as const, place: places[index] ?? '' }));
  return { ...file, notes: [...left, ...file.notes], texts: places.length };
}

/** The server's requests come first, for the processor and when memory runs out. */
function yieldToServer(): void {
  try {
    setPriority(10);
    if (process.platform === 'linux') writeFileSync('/proc/self/oom_score_adj', '800');
  } catch {
    // A system that forbids it makes files all the same.
  }
}
