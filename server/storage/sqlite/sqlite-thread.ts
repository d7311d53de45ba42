import { Worker } from 'node:worker_threads';
import type { SeatId } from '#domain/ids.ts';
import type { DocumentName } from '#protocol/document-name.ts';
import { ConfigError } from '#server/config.ts';
import { inTurns } from '#server/process/in-turns.ts';
import { AccessChanged, type EpochGuard } from '../ports/access.ts';
import type { ClientLease, DocumentAppend, KnownLineage, StoredDocument } from '../ports/documents.ts';
import { StorageError } from '../ports/storage-error.ts';
import type { DocumentLog } from '../documents.ts';
import type { Held, HighWater } from '../high-water.ts';
import type { Answer, MarkReport, Opening, PackedUpdates, QueryAnswer, Question, ReadAnswer } from './messages.ts';
import { refuseOldSqlite } from './version.ts';

interface Asked {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

/** It makes little garbage; by default a thread keeps tens of megabytes for it. */
const SMALL = { maxYoungGenerationSizeMb: 4 };
const THREAD = new URL('./thread.ts', import.meta.url);

/** The database's thread as the server sees it. Answers come in the order of asking, but what is one transaction waits for others. */
export class SqliteThread implements DocumentLog {
  readonly #worker: Worker;
  readonly #asked = new Map<number, Asked>();
  #lastId = 0;
  #gone: StorageError | null = null;

  /** Rejects with `ConfigError` when the file is no database, or cannot be one. */
  static async open(file: string): Promise<SqliteThread> {
    const worker = new Worker(THREAD, { workerData: { file }, resourceLimits: SMALL });
    try {
      const opening = await new Promise<Opening>((resolve, reject) => {
        worker.once('message', resolve);
        worker.once('error', reject);
      });
      if (opening.kind === 'failed') throw new Error(opening.message);
      refuseOldSqlite(opening.version);
    } catch (error) {
      await worker.terminate();
      if (error instanceof ConfigError) throw error;
      throw new ConfigError(`${file} cannot be opened: ${error instanceof Error ? error.message : String(error)}`);
    }
    return new SqliteThread(worker);
  }

  private constructor(worker: Worker) {
    this.#worker = worker;
    worker.removeAllListeners('error');
    worker.on('message', (answer: Answer) => this.#answered(answer));
    worker.on('error', (error) => this.#lose(error instanceof Error ? error.message : String(error)));
    worker.on('exit', () => this.#lose('it is closed'));
    // A thread that waits for work keeps no process alive.
    worker.unref();
  }

  /** `begins`: a transaction, with which it is the first. One that cannot begin is to be rolled back as well. */
  query(sql: string, parameters: readonly unknown[], begins = false): Promise<QueryAnswer> {
    const question = { kind: 'query', sql, parameters: parameters.map(withoutNeighbours), begins } as const;
    return this.#ask(question) as Promise<QueryAnswer>;
  }

  async transact(step: 'commit' | 'rollback'): Promise<void> {
    await this.#ask({ kind: step });
  }

  async append(
    appended: readonly DocumentAppend[],
    leases: readonly ClientLease[],
    guards: readonly EpochGuard[],
    lineages: readonly KnownLineage[],
  ): Promise<void> {
    let size = 0;
    const rows = appended.map(({ document, seq, update, seat, at }) => {
      size += update.length;
      return [document, seq, update.length, seat, at] as const;
    });
    const bytes = new Uint8Array(size);
    let from = 0;
    for (const { update } of appended) {
      bytes.set(update, from);
      from += update.length;
    }
    await this.#ask({ kind: 'append', rows, bytes, leases, guards, lineages });
  }

  async read(document: DocumentName, newLineage: string): Promise<StoredDocument> {
    const { updates, owners, ...head } = (await this.#ask({ kind: 'read', document, newLineage })) as ReadAnswer;
    return {
      ...head,
      updates: await inTurns(unpacked(document, head.snapshotSeq, updates)),
      seq: head.snapshotSeq + updates.seqs.length,
      owners: new Map(owners as [number, SeatId | null][]),
    };
  }

  /** Compares the database with its high-water mark and keeps the mark from now on (`HighWaterFile.follow`). */
  mark(path: string, known: HighWater | null, held: Held, accept: boolean): Promise<MarkReport> {
    return this.#ask({ kind: 'mark', path, known, held, accept }) as Promise<MarkReport>;
  }

  /** The mark says nothing of these documents any more. */
  async forget(documents: readonly string[]): Promise<void> {
    await this.#ask({ kind: 'forget', documents });
  }

  /** Resolves when everything that was asked is answered and the file is closed. */
  async close(): Promise<void> {
    if (!this.#gone) await this.#ask({ kind: 'close' });
    await this.#worker.terminate();
  }

  #ask(question: WithoutId<Question>): Promise<unknown> {
    if (this.#gone) return Promise.reject(this.#gone);
    const id = (this.#lastId += 1);
    return new Promise((resolve, reject) => {
      if (this.#asked.size === 0) this.#worker.ref();
      this.#asked.set(id, { resolve, reject });
      this.#worker.postMessage({ ...question, id });
    });
  }

  #answered(answer: Answer): void {
    const asked = this.#asked.get(answer.id);
    this.#asked.delete(answer.id);
    if (this.#asked.size === 0) this.#worker.unref();
    if (answer.kind === 'done') asked?.resolve(answer.value);
    else if (answer.kind === 'accessChanged') asked?.reject(new AccessChanged(answer.scopes));
    else asked?.reject(refused(answer.message, answer.code));
  }

  #lose(reason: string): void {
    this.#gone ??= refused(reason);
    for (const { reject } of this.#asked.values()) reject(this.#gone);
    this.#asked.clear();
  }
}

const refused = (message: string, code?: string): StorageError =>
  new StorageError(`the database refused: ${message}`, { cause: { code, message } });

/** A message takes the whole buffer of a view along. */
const withoutNeighbours = (parameter: unknown): unknown =>
  parameter instanceof Uint8Array && parameter.byteLength < parameter.buffer.byteLength
    ? new Uint8Array(parameter)
    : parameter;

const MANY = 1_024; // rows after which others may have their turn

function* unpacked(
  document: string,
  snapshotSeq: number,
  { seqs, ends, bytes }: PackedUpdates,
): Generator<undefined, Uint8Array[]> {
  const updates: Uint8Array[] = [];
  let from = 0;
  for (const [index, end] of ends.entries()) {
    const expected = snapshotSeq + 1 + index;
    if (seqs[index] !== expected) throw new StorageError(`${document}: update ${expected} is missing`);
    updates.push(bytes.subarray(from, end));
    from = end;
    if (index % MANY === MANY - 1) yield;
  }
  return updates;
}
