import { availableParallelism } from 'node:os';
import { LIMITS } from '#domain/limits.ts';
import type { Refusal } from '#domain/refusal.ts';
import { report } from '#server/process/report.ts';
import type { OutcomeFormat } from '../render/render.ts';
import type { MadeFile, MakeJob } from './job.ts';
import { Maker } from './maker.ts';
import { SearchingMaker } from './searching-maker.ts';

/** Why there is no file, as a value for the person who asked. */
export class ExportRefused extends Error {
  override name = 'ExportRefused';
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.kind);
    this.refusal = refusal;
  }
}

/** What makes a file of a document; `Maker` is the real one. */
export interface FileMaker {
  readonly isBusy: boolean;
  make(job: Omit<MakeJob, 'id'>): Promise<MadeFile>;
  end(): void;
}

interface Waiting extends Omit<MakeJob, 'id'> {
  readonly key: string;
  resolve(file: MadeFile): void;
  reject(error: unknown): void;
}

const KEPT_FOR = 30_000; // ms: two people who press the same button after each other
const KEPT_BYTES = 32 * 2 ** 20;

const makers = (): FileMaker[] => {
  const seconds = LIMITS.exportTime.most;
  return Array.from(
    // One core stays the server's own.
    { length: availableParallelism() > 3 ? 2 : 1 },
    () => new SearchingMaker(new Maker({ seconds, megabytes: LIMITS.exportMemory.most }), { seconds }),
  );
};

/**
 * All files that are asked for. Each forum has a row of its own, and the forums take turns, so that one that wants much keeps
 * no other waiting. Who asks for what is being made, or was made just now, gets the same file.
 */
export class Exports {
  readonly #makers: readonly FileMaker[];
  /** In the order in which their turn comes. */
  readonly #rows = new Map<string, Waiting[]>();
  readonly #counts = new Map<string, number>();
  readonly #shared = new Map<string, Promise<MadeFile>>();
  #keptBytes = 0;

  constructor(fileMakers: readonly FileMaker[] = makers()) {
    this.#makers = fileMakers;
  }

  /** `json` is the document; rejects with `ExportRefused`. */
  async make(forum: string, json: Uint8Array<ArrayBuffer>, format: OutcomeFormat): Promise<MadeFile> {
    if (json.length > LIMITS.exportDocument.most) {
      throw new ExportRefused({ kind: 'exportTooLarge', most: LIMITS.exportDocument.most / 1_000_000 });
    }
    const hash = Buffer.from(await crypto.subtle.digest('SHA-256', json)).toString('base64');
    const key = `${forum} ${format} ${hash}`;
    const known = this.#shared.get(key);
    if (known) return known;
    const { most } = LIMITS.exportsOfForum;
    if ((this.#counts.get(forum) ?? 0) >= most) throw new ExportRefused({ kind: 'exportsBusy', most });
    const file = this.#queued(forum, { key, json, format });
    this.#shared.set(key, file);
    file.then(
      ({ bytes }) => this.#keep(key, bytes.length),
      () => this.#shared.delete(key),
    );
    return file;
  }

  /** Files that are asked for and not made yet. */
  get waiting(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
  }

  close(): void {
    for (const row of this.#rows.values()) for (const job of row) job.reject(refusalOf(job.format));
    this.#rows.clear();
    for (const maker of this.#makers) maker.end();
  }

  async #queued(forum: string, job: Omit<Waiting, 'resolve' | 'reject'>): Promise<MadeFile> {
    this.#count(forum, 1);
    try {
      return await new Promise<MadeFile>((resolve, reject) => {
        const row = this.#rows.get(forum) ?? [];
        this.#rows.set(forum, row);
        row.push({ ...job, resolve, reject });
        this.#next();
      });
    } finally {
      this.#count(forum, -1);
    }
  }

  #count(forum: string, by: number): void {
    const count = (this.#counts.get(forum) ?? 0) + by;
    if (count > 0) this.#counts.set(forum, count);
    else this.#counts.delete(forum);
  }

  #next(): void {
    for (;;) {
      const maker = this.#makers.find(({ isBusy }) => !isBusy);
      const [turn] = this.#rows;
      if (!maker || !turn) return;
      const [forum, row] = turn;
      const job = row.shift();
      // To the end of the turns, or out of them.
      this.#rows.delete(forum);
      if (row.length > 0) this.#rows.set(forum, row);
      if (job) void this.#make(maker, job);
    }
  }

  async #make(maker: FileMaker, { json, format, resolve, reject }: Waiting): Promise<void> {
    try {
      resolve(await maker.make({ json, format }));
    } catch (error) {
      report(`no ${format} was made`, error);
      reject(refusalOf(format));
    }
    this.#next();
  }

  #keep(key: string, size: number): void {
    if (size > KEPT_BYTES - this.#keptBytes) {
      this.#shared.delete(key);
      return;
    }
    this.#keptBytes += size;
    setTimeout(() => {
      this.#keptBytes -= size;
      this.#shared.delete(key);
    }, KEPT_FOR).unref();
  }
}

const refusalOf = (format: OutcomeFormat): ExportRefused => new ExportRefused({ kind: 'exportFailed', format });
