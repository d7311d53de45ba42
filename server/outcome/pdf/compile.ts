import { Worker } from 'node:worker_threads';

/** What goes to the worker and comes back. */
export interface PdfJob {
  readonly id: number;
  readonly input: string;
}
export type PdfDone =
  | { readonly id: number; readonly kind: 'made'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly id: number; readonly kind: 'failed'; readonly problem: string };

interface Waiting {
  resolve(bytes: Uint8Array<ArrayBuffer>): void;
  reject(error: Error): void;
}

const LONGEST_MS = 120_000; // 161 pages of Nastaliq took 4 s; a document that takes this long is a bug.
const WORKER = new URL('./worker.ts', import.meta.url);

let worker: Worker | null = null;
let lastId = 0;
const waiting = new Map<number, Waiting>();

/**
 * Typesets one document. The engine is synchronous, so it has a thread of its own, started with the first document;
 * one at a time, in the order of asking. Rejects when the engine refuses or dies.
 */
export function compilePdf(input: string): Promise<Uint8Array<ArrayBuffer>> {
  worker ??= startWorker();
  const running = worker;
  const id = (lastId += 1);
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      lose(running, new Error('the PDF took too long'));
      void running.terminate();
    }, LONGEST_MS);
    waiting.set(id, {
      resolve: (bytes) => (clearTimeout(late), resolve(bytes)),
      reject: (error) => (clearTimeout(late), reject(error)),
    });
    running.ref();
    running.postMessage({ id, input } satisfies PdfJob);
  });
}

function startWorker(): Worker {
  const started = new Worker(WORKER);
  started.on('message', (done: PdfDone) => {
    const job = waiting.get(done.id);
    waiting.delete(done.id);
    // A thread that waits for work keeps no process alive.
    if (waiting.size === 0) started.unref();
    if (done.kind === 'made') job?.resolve(done.bytes);
    else job?.reject(new Error(`the PDF could not be typeset: ${done.problem}`));
  });
  started.on('error', (error) => lose(started, error instanceof Error ? error : new Error(String(error))));
  started.on('exit', () => lose(started, new Error('the typesetting thread ended')));
  return started;
}

/** Everything that waited for this thread fails; the next document gets a new one. */
function lose(gone: Worker, error: Error): void {
  if (worker !== gone) return;
  worker = null;
  for (const job of waiting.values()) job.reject(error);
  waiting.clear();
}
