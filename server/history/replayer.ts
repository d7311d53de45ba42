import { Worker } from 'node:worker_threads';
import type { Changes } from './changes.ts';
import type { Derived } from './derived.ts';
import type { Rows } from './states.ts';

/** What goes to the thread and comes back. */
export type Job =
  | {
      readonly id: number;
      readonly kind: 'states';
      readonly rows: Rows;
      readonly seqs: readonly number[];
      readonly roots: ReadonlySet<string> | null;
    }
  | {
      readonly id: number;
      readonly kind: 'changes';
      readonly rows: Rows;
      readonly versions: readonly (Uint8Array | number)[];
    }
  | {
      readonly id: number;
      readonly kind: 'derived';
      readonly whole: Uint8Array;
      readonly offered: readonly Uint8Array[];
    };
export type Done =
  | { readonly id: number; readonly kind: 'states'; readonly states: readonly Uint8Array<ArrayBuffer>[] }
  | { readonly id: number; readonly kind: 'changes'; readonly changes: readonly Changes[] }
  | { readonly id: number; readonly kind: 'derived'; readonly derived: Derived }
  | { readonly id: number; readonly kind: 'failed'; readonly problem: string };

/** The rows do not make a whole document. */
export class ReplayError extends Error {
  override name = 'ReplayError';
}

interface Waiting {
  resolve(done: Done): void;
  reject(error: Error): void;
}

const WORKER = new URL('./worker.ts', import.meta.url);
const IDLE_AFTER = 30_000; // ms; a thread takes some 20 MB

let worker: Worker | null = null;
let idle: NodeJS.Timeout | undefined;
let lastId = 0;
const waiting = new Map<number, Waiting>();

/** `statesAt` off the event loop. Rejects with `ReplayError` when the rows are no whole document. */
export async function replayStates(
  rows: Rows,
  seqs: readonly number[],
  roots: ReadonlySet<string> | null = null,
): Promise<readonly Uint8Array[]> {
  const done = await asked({ kind: 'states', rows: bytesOf(rows), seqs, roots });
  return done.kind === 'states' ? done.states : refuse(done);
}

/** `changesOf` off the event loop. */
export async function replayChanges(
  rows: Rows,
  versions: readonly (Uint8Array | number)[],
): Promise<readonly Changes[]> {
  const done = await asked({ kind: 'changes', rows: bytesOf(rows), versions });
  return done.kind === 'changes' ? done.changes : refuse(done);
}

/** `derivedFrom` off the event loop. */
export async function replayDerived(whole: Uint8Array, offered: readonly Uint8Array[]): Promise<Derived> {
  const done = await asked({ kind: 'derived', whole, offered });
  return done.kind === 'derived' ? done.derived : refuse(done);
}

function refuse(done: Done): never {
  throw new ReplayError(done.kind === 'failed' ? done.problem : 'the thread answers another question');
}

/** Only what is needed of what may be a whole stored document. */
const bytesOf = ({ snapshot, snapshotSeq, updates }: Rows): Rows => ({ snapshot, snapshotSeq, updates });

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

/** One thread, started when needed, one document after the other. Rejects when it dies. */
function asked(job: WithoutId<Job>): Promise<Done> {
  clearTimeout(idle);
  const running = (worker ??= startWorker());
  const id = (lastId += 1);
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    running.ref();
    running.postMessage({ ...job, id } satisfies Job);
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
    job?.resolve(done);
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
