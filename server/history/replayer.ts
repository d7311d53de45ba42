import { Worker } from 'node:worker_threads';
import type { Rows } from './states.ts';

/** What goes to the thread and comes back. */
export interface Job {
  readonly id: number;
  readonly rows: Rows;
  readonly seqs: readonly number[];
}
export type Done =
  | { readonly id: number; readonly kind: 'replayed'; readonly states: readonly Uint8Array<ArrayBuffer>[] }
  | { readonly id: number; readonly kind: 'failed'; readonly problem: string };

/** The rows do not make a whole document. */
export class ReplayError extends Error {
  override name = 'ReplayError';
}

interface Waiting {
  resolve(states: readonly Uint8Array[]): void;
  reject(error: Error): void;
}

const WORKER = new URL('./worker.ts', import.meta.url);
const IDLE_AFTER = 30_000; // ms; a thread takes some 20 MB

let worker: Worker | null = null;
let idle: NodeJS.Timeout | undefined;
let lastId = 0;
const waiting = new Map<number, Waiting>();

/**
 * `statesAt` off the event loop: one thread, started when needed, one document after the other. Rejects with `ReplayError` when
 * the rows are no whole document, with another error when the thread dies.
 */
export function replayStates(rows: Rows, seqs: readonly number[]): Promise<readonly Uint8Array[]> {
  clearTimeout(idle);
  const running = (worker ??= startWorker());
  const id = (lastId += 1);
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    running.ref();
    running.postMessage({ id, rows, seqs } satisfies Job);
  });
}

/** Documents that wait for the thread, or are in it. */
export const replaysRunning = (): number => waiting.size;

function startWorker(): Worker {
  const started = new Worker(WORKER);
  started.on('message', (done: Done) => {
    const job = waiting.get(done.id);
    waiting.delete(done.id);
    if (waiting.size === 0) rest(started);
    if (done.kind === 'replayed') job?.resolve(done.states);
    else job?.reject(new ReplayError(done.problem));
  });
  started.on('error', (error) => lose(started, error instanceof Error ? error : new Error(String(error))));
  started.on('exit', () => lose(started, new Error('the thread that replays documents ended')));
  return started;
}

/** A thread that waits for work keeps no process alive, and after a while ends itself. */
function rest(resting: Worker): void {
  resting.unref();
  idle = setTimeout(() => {
    if (worker === resting) worker = null;
    void resting.terminate();
  }, IDLE_AFTER).unref();
}

/** Everything that waited for this thread fails; the next document gets a new one. */
function lose(gone: Worker, error: Error): void {
  if (worker !== gone) return;
  worker = null;
  for (const job of waiting.values()) job.reject(error);
  waiting.clear();
}
