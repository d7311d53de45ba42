import { closeSync, fdatasync, fsyncSync, openSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { commitLine, lossOf, writeHighWater, type Held, type HighWater, type Loss } from '../high-water.ts';

export interface MarkReport {
  /** What the database lacks of what the file says it has held. */
  readonly loss: Loss | null;
  /** What was found missing at earlier starts. */
  readonly earlier: readonly Loss[];
}

const LARGEST_FILE = 1_000_000; // bytes; it is written anew with one line for all commits then
/** A file that grows with each commit makes the file system's journal part of each commit: a third of an edit's cost, measured. */
const ROOM = Buffer.from(`${'\0'.repeat(LARGEST_FILE - 1)}\n`);
const FLUSH_EVERY = 1_000; // ms; until then a power cut may leave it behind the database, which it then finds complete

/**
 * The high-water mark's file, kept by the database's thread. It is a witness and never a judge: when it cannot be written,
 * commits go on and it lags behind.
 */
export class HighWaterFile {
  readonly #path: string;
  readonly #mark: HighWater & { readonly documents: Map<string, number> };
  #others: number;
  #at: number;
  #file: number | null = null;
  /** Where the next line goes. Null: behind the end, as whoever does not hold the folder's lock writes. */
  #place: number | null = null;
  #flushing: NodeJS.Timeout | null = null;

  /**
   * Compares what the file says (`known`, read before the database was) with the database, and follows it from now on. `accept`: what is missing is written down as lost and the
   * database is taken as it is; else it will be found missing again.
   */
  static follow(
    path: string,
    known: HighWater | null,
    held: Held,
    { accept, now }: { readonly accept: boolean; readonly now: number },
  ): { readonly file: HighWaterFile; readonly report: MarkReport } {
    const loss = known && lossOf(known, held, now);
    const earlier = known?.losses ?? [];
    const losses = accept && loss ? [...earlier, loss] : earlier;
    const mark = known && !accept ? known : { ...held, at: now, losses };
    const file = new HighWaterFile(path, mark);
    if (accept || !known) file.#rewrite();
    else file.#open();
    return { file, report: { loss, earlier } };
  }

  private constructor(path: string, mark: HighWater) {
    this.#path = path;
    this.#mark = { ...mark, documents: new Map(mark.documents) };
    this.#others = mark.others;
    this.#at = mark.at;
  }

  /** Something was committed: these documents' last rows, and the count of other commits if it has grown. */
  note(documents: ReadonlyMap<string, number>, others: number | null, at: number): void {
    for (const [name, seq] of documents) this.#mark.documents.set(name, seq);
    this.#others = others ?? this.#others;
    this.#at = at;
    try {
      if (this.#place !== null && this.#place > LARGEST_FILE) this.#rewrite();
      if (this.#file === null) this.#open();
      const line = commitLine({ at, others, documents });
      if (this.#place === null) writeSync(this.#file!, line);
      else this.#place += writeSync(this.#file!, line, this.#place);
    } catch {
      this.#letGo(); // a full disk, most likely; the next commit tries again
    }
    this.#flushing ??= setTimeout(() => this.#flush(), FLUSH_EVERY).unref();
  }

  /** These documents are about to be removed, and nothing is missing then. */
  forget(documents: readonly string[]): void {
    for (const name of documents) this.#mark.documents.delete(name);
    this.#rewrite();
  }

  close(): void {
    if (this.#flushing) clearTimeout(this.#flushing);
    try {
      if (this.#file !== null) fsyncSync(this.#file);
    } catch {
      // It lags behind what the database has, which is no loss.
    }
    this.#letGo();
  }

  #open(): void {
    this.#file = openSync(this.#path, this.#place === null ? 'a' : 'r+', 0o600);
  }

  #rewrite(): void {
    this.#letGo();
    const whole = writeHighWater({ ...this.#mark, others: this.#others, at: this.#at });
    const unfinished = `${this.#path}.unfinished`;
    try {
      writeFileSync(unfinished, Buffer.concat([Buffer.from(whole), ROOM]), { mode: 0o600, flush: true });
      renameSync(unfinished, this.#path);
      this.#place = Buffer.byteLength(whole);
      this.#open();
    } catch {
      this.#letGo();
    }
  }

  #flush(): void {
    this.#flushing = null;
    if (this.#file !== null) fdatasync(this.#file, () => undefined);
  }

  #letGo(): void {
    const file = this.#file;
    this.#file = null;
    if (file === null) return;
    try {
      closeSync(file);
    } catch {
      // It was closed already.
    }
  }
}
