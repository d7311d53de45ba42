import { createHash } from 'node:crypto';
import type { Forum } from '#domain/forum/forum.ts';
import { UNREAD_BOARD, type Board } from '#domain/board/board.ts';
import { documentName, type DocumentName } from '#protocol/document-name.ts';
import type { Text } from '#domain/languages/text.ts';
import type { LetterId } from '#protocol/update/written.ts';
import type { OutcomeSources } from '#domain/outcome/assemble.ts';
import { LIMITS } from '#domain/limits.ts';
import { StorageError } from '#server/storage/ports/storage-error.ts';
import { JobError, JobProcess, type Handed } from './job-process.ts';
import type { Contents, ReadingJob } from './reading.ts';

/** A document as it is stored now. */
export interface StoredBytes {
  readonly lineage: string;
  readonly seq: number;
  /** All of it as one update; made when asked for. */
  readonly bytes: () => Uint8Array;
}

/** A document that was never begun: to look at one takes no write, so that a full disk keeps nobody from reading. */
export const NOT_BEGUN: StoredBytes = { lineage: '', seq: 0, bytes: () => new Uint8Array([0, 0]) };

interface Kept {
  /** What the reading was made of. */
  readonly mark: string;
  readonly reading: Promise<Contents>;
  size: number;
  isDone: boolean;
  /** For those who ask while an older state is being read: one reading of the newest, when that is done. */
  next: Promise<Contents> | null;
}

const MODULE = new URL('./reading-process.ts', import.meta.url);
const MOST_KEPT = 64_000_000; // bytes of readings; a forum's fifty boards take 2 MB

/**
 * What shared documents say, read in a process with a budget and kept until they change: no page, export or poll builds one on the
 * event loop, and many who ask for the same state share one reading.
 */
export class Documents {
  readonly #stored: (name: DocumentName) => Promise<StoredBytes>;
  readonly #process: JobProcess<ReadingJob>;
  /** Least recently asked for first. */
  readonly #kept = new Map<string, Kept>();
  #size = 0;
  #readings = 0;

  constructor(stored: (name: DocumentName) => Promise<StoredBytes>) {
    this.#stored = stored;
    this.#process = new JobProcess(MODULE, {
      milliseconds: LIMITS.readingTime.most * 1_000,
      megabytes: LIMITS.readingMemory.most,
      waiting: LIMITS.readingsWaiting.most,
    });
  }

  /** Readings that were made, for `/metrics` and tests: what is kept is not read again. */
  get readings(): number {
    return this.#readings;
  }

  /** Rejects with `JobError` when it cannot be read within the budget. */
  board(name: DocumentName): Promise<Contents> {
    return this.#read(name, name, (bytes) => ({ kind: 'board', bytes }));
  }

  /** What a page shows of a board before it is connected: its beginning, or nothing when it cannot be read. */
  async beginningOfBoard(name: DocumentName): Promise<Board> {
    try {
      return JSON.parse((await this.board(name)).beginning) as Board;
    } catch (error) {
      if (!(error instanceof JobError)) throw error;
      return UNREAD_BOARD;
    }
  }

  /** The words of the item that holds a letter of a board, as it is now; null: there is none. Kept nowhere. */
  async itemAt(name: DocumentName, letter: LetterId): Promise<Text | null> {
    const stored = await this.#stored(name).catch(asUnreadable);
    const { json } = await this.#run({ kind: 'item', bytes: stored.bytes(), letter });
    return JSON.parse(new TextDecoder().decode(json)) as Text | null;
  }

  /**
   * A forum's document. A board that cannot be read is named in it and costs the others nothing. `mark` tells states apart.
   */
  async outcome(forum: Forum, people: OutcomeSources['people']): Promise<{ contents: Contents; mark: string }> {
    const rooms = forum.agenda.flatMap((item) => (item.kind === 'workshop' ? item.rooms : []));
    const name = documentName({ kind: 'outcome', forum: forum.id });
    const [draft, ...boards] = await Promise.all([
      orNull(
        this.#read(`${name} ${forum.language}`, name, (bytes) => ({
          kind: 'draft',
          bytes,
          language: forum.language,
        })),
      ),
      ...rooms.map(async ({ id, name: title }) => ({
        room: { id, name: title },
        reading: await orNull(this.board(documentName({ kind: 'board', room: id }))),
      })),
    ]);
    const mark = markOf([forum, people, draft?.json ?? null, ...boards.map(({ reading }) => reading?.json ?? null)]);
    const job = (all: boolean): ReadingJob => ({
      ...{ kind: 'outcome', forum, people, draft: (all && draft?.json) || null },
      boards: boards.map(({ room, reading }) => ({ room, json: (all && reading?.json) || null })),
    });
    // All together may be too much where each alone was not: then the document says so.
    const contents = await this.#keep(`forum ${forum.id}`, mark, () =>
      this.#run(job(true)).catch((error: unknown) =>
        isOverBudget(error) ? this.#run(job(false)) : Promise.reject(error),
      ),
    );
    return { contents, mark };
  }

  close(): void {
    this.#process.close();
  }

  async #read(key: string, name: DocumentName, job: (bytes: Uint8Array) => ReadingJob): Promise<Contents> {
    const stored = await this.#stored(name).catch(asUnreadable);
    return this.#keep(
      key,
      `${stored.lineage} ${stored.seq}`,
      () => this.#run(job(stored.bytes())),
      () => this.#read(key, name, job),
    );
  }

  #keep(key: string, mark: string, make: () => Promise<Contents>, again?: () => Promise<Contents>): Promise<Contents> {
    const present = this.#kept.get(key);
    if (present?.mark === mark) {
      this.#kept.delete(key);
      this.#kept.set(key, present);
      return present.reading;
    }
    if (present && !present.isDone && again) {
      return (present.next ??= present.reading.then(again, again));
    }
    if (present) this.#drop(key, present);
    const kept: Kept = { mark, reading: make(), size: 0, isDone: false, next: null };
    this.#kept.set(key, kept);
    const done = (size: number) => {
      kept.isDone = true;
      if (this.#kept.get(key) !== kept) return;
      kept.size = size;
      this.#size += size;
      for (const [oldest, { isDone }] of this.#kept) {
        if (this.#size <= MOST_KEPT) break;
        if (isDone) this.#drop(oldest, this.#kept.get(oldest)!);
      }
    };
    kept.reading.then(
      ({ json, beginning }) => done(json.length + beginning.length * 2),
      (error: unknown) => {
        // what is over the budget would be so again; anything else is tried again
        if (!isOverBudget(error) && this.#kept.get(key) === kept) this.#kept.delete(key);
        done(0);
      },
    );
    return kept.reading;
  }

  #drop(key: string, kept: Kept): void {
    this.#kept.delete(key);
    this.#size -= kept.size;
  }

  async #run(job: ReadingJob): Promise<Contents> {
    this.#readings += 1;
    return (await this.#process.run(() => handed(job))) as Contents;
  }
}

function handed(job: ReadingJob): Handed<ReadingJob> {
  if (job.kind !== 'outcome') return { job, size: job.bytes.length };
  return { job, size: job.boards.reduce((sum, { json }) => sum + (json?.length ?? 0), 0) };
}

/** A log that cannot even be taken into memory costs that document; a database that does not answer is another matter. */
function asUnreadable(error: unknown): never {
  if (error instanceof StorageError) throw error;
  throw new JobError('failed', error instanceof Error ? error.message : String(error));
}

const isOverBudget = (error: unknown): boolean =>
  error instanceof JobError && (error.reason === 'tooLong' || error.reason === 'tooMuch');

/** They say nothing about the document. */
const OF_ANY_JOB = new Set<JobError['reason']>(['busy', 'ended', 'notStarted']);

/** Null for one that cannot be read; what says nothing about the document rejects. */
export function orNull(reading: Promise<Contents>): Promise<Contents | null> {
  return reading.catch((error: unknown) => {
    if (error instanceof JobError && !OF_ANY_JOB.has(error.reason)) return null;
    throw error;
  });
}

/** Bytes that are kept are the same object as long as they are the same. */
const numbers = new WeakMap<Uint8Array, number>();
let lastNumber = 0;

function markOf(parts: readonly unknown[]): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    if (part instanceof Uint8Array) {
      let number = numbers.get(part);
      if (number === undefined) numbers.set(part, (number = lastNumber += 1));
      hash.update(`#${number} `);
    } else hash.update(`${JSON.stringify(part)} `);
  }
  return hash.digest('base64url');
}
