import { LIMITS } from '#domain/limits.ts';
import { unreachable } from '#domain/unreachable.ts';
import type { RestoreTold } from '#protocol/board/restored.ts';
import { JobError, JobProcess, type Handed } from '#server/documents/job-process.ts';
import { report } from '#server/process/report.ts';
import type { Changes } from './changes.ts';
import type { Compared } from './comparison.ts';
import type { Derived } from './derived.ts';
import type { Lost } from './losses.ts';
import type { Rows } from './states.ts';

/** What goes to the process. It answers with states, counts, or the update that makes a document equal to another (null: it is). */
export type Job =
  | {
      readonly kind: 'states';
      readonly rows: Rows;
      readonly seqs: readonly number[];
      readonly roots: ReadonlySet<string> | null;
    }
  | { readonly kind: 'joined'; readonly rows: Rows }
  | { readonly kind: 'derived'; readonly whole: Uint8Array; readonly offered: readonly Uint8Array[] }
  | { readonly kind: 'compared'; readonly before: Uint8Array; readonly after: Uint8Array }
  | { readonly kind: 'lost'; readonly rows: Rows; readonly before: number; readonly beforeHeaviest: number }
  | { readonly kind: 'changes'; readonly rows: Rows; readonly versions: readonly (Uint8Array | number)[] }
  | {
      readonly kind: 'equal';
      readonly whole: Uint8Array;
      readonly version: Uint8Array;
      /** The author of the update. */
      readonly client: number;
      /** What of it is looked at. */
      readonly roots: ReadonlySet<string>;
      /** The whole at an earlier moment: what was written after it stays. */
      readonly since?: Uint8Array | null;
      /** What people on the board are told with the update. */
      readonly told?: RestoreTold | null;
    };

/** The rows do not make a whole document, or take more to replay than they may. */
export class ReplayError extends Error {
  override name = 'ReplayError';
  readonly isTooMuch: boolean;

  constructor(message: string, isTooMuch: boolean) {
    super(message);
    this.isTooMuch = isTooMuch;
  }
}

/** Nothing can be replayed at the moment, whatever it is: the process that does it cannot start. */
export class ReplayerAway extends Error {
  override name = 'ReplayerAway';
}

const replaying = new JobProcess<Job>(new URL('./replaying-process.ts', import.meta.url), {
  milliseconds: LIMITS.replayTime.most * 1_000,
  megabytes: LIMITS.replayMemory.most,
  waiting: LIMITS.readingsWaiting.most,
});

/** `statesAt` off the event loop. Rejects with `ReplayError` when the rows are no whole document. */
export const replayStates = async (
  rows: Rows,
  seqs: readonly number[],
  roots: ReadonlySet<string> | null = null,
): Promise<readonly Uint8Array[]> => (await asked({ kind: 'states', rows, seqs, roots })) as readonly Uint8Array[];

/** `changesOf` off the event loop. */
export const replayChanges = async (
  rows: Rows,
  versions: readonly (Uint8Array | number)[],
): Promise<readonly Changes[]> => (await asked({ kind: 'changes', rows, versions })) as readonly Changes[];

/** `comparisonOf` off the event loop. */
export const replayComparison = async (before: Uint8Array, after: Uint8Array): Promise<Compared> =>
  (await asked({ kind: 'compared', before, after })) as Compared;

/** `lossesIn` off the event loop. */
export const replayLosses = async (rows: Rows, before: number, beforeHeaviest: number): Promise<readonly Lost[]> =>
  (await asked({ kind: 'lost', rows, before, beforeHeaviest })) as readonly Lost[];

/** The rows as one update, unread: for what cannot be replayed within the budget. */
export const joinRows = async (rows: Rows): Promise<Uint8Array> =>
  (await asked({ kind: 'joined', rows })) as Uint8Array;

/** `derivedFrom` off the event loop. */
export const replayDerived = async (whole: Uint8Array, offered: readonly Uint8Array[]): Promise<Derived> =>
  (await asked({ kind: 'derived', whole, offered })) as Derived;

/** The update by `client` that makes a document show what an earlier state of it showed, off the event loop. Null when it does already. */
export const updateToEqual = async (job: Omit<Extract<Job, { kind: 'equal' }>, 'kind'>): Promise<Uint8Array | null> =>
  (await asked({ kind: 'equal', ...job })) as Uint8Array | null;

async function asked(job: Job): Promise<unknown> {
  try {
    return await replaying.run(() => handed(job));
  } catch (error) {
    if (error instanceof JobError && error.reason === 'notStarted') {
      const away = new ReplayerAway(error.message);
      report('the process that replays documents did not start', away);
      throw away;
    }
    if (error instanceof JobError) throw new ReplayError(error.message, error.reason !== 'failed');
    throw error;
  }
}

function handed(job: Job): Handed<Job> {
  switch (job.kind) {
    case 'states':
    case 'changes':
    case 'lost':
    case 'joined': {
      const { snapshot, snapshotSeq, updates } = job.rows; // of what may be a whole stored document
      const size = updates.reduce((sum, { length }) => sum + length, snapshot?.length ?? 0);
      return { job: { ...job, rows: { snapshot, snapshotSeq, updates } }, size };
    }
    case 'derived':
      return { job, size: job.whole.length };
    case 'equal':
      return { job, size: job.whole.length + job.version.length + (job.since?.length ?? 0) };
    case 'compared':
      return { job, size: job.before.length + job.after.length };
    default:
      return unreachable(job);
  }
}

/** Documents that wait, or are being replayed. */
export const replaysRunning = (): number => replaying.size;
