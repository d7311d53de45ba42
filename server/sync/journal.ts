import type { SeatId } from '#domain/ids.ts';
import type { DocumentName } from '#protocol/document-name.ts';
import type { DocumentAppend, DocumentStore } from '#server/storage/ports.ts';

/** A document as its log sees it: rows are numbered from `seq`, and come back once they are on disk or refused. */
export interface JournalledDocument {
  readonly name: DocumentName;
  /** Position of the last stored row. */
  readonly seq: number;
  /** The entries are on disk, in this order, as rows `seq + 1 …`. */
  stored(entries: readonly JournalEntry[]): void;
  /** The entries are not on disk as far as anybody knows; nothing may be shown of them. */
  refused(entries: readonly JournalEntry[]): void;
  /** Reads again what is on disk: a failed commit may have been stored after all, or another writer was faster. */
  reload(): Promise<void>;
}

export interface JournalEntry {
  readonly document: JournalledDocument;
  readonly update: Uint8Array;
  /** Null for the server's own edits. */
  readonly seat: SeatId | null;
  /** Whose connection it came from, by identity: it is not sent back there. */
  readonly author: object;
  /** Called for an author's last entry of a commit, after everybody was sent it. */
  onStored(seq: number): void;
  onRefused(): void;
}

const MOST_QUEUED = 32_000_000; // bytes that wait while a commit hangs; more is refused, and stays with its authors
const STALLED_AFTER = 10_000; // ms in one commit after which the node no longer calls itself ready
const RETRY_FIRST = 250; // ms
const RETRY_MOST = 2_000; // ms, so that recovery is noticed well within ten seconds

export interface JournalOptions {
  readonly documents: Pick<DocumentStore, 'append'>;
  readonly clock: () => number;
  /** Resolves when storage takes writes again. */
  readonly check: () => Promise<void>;
  /** Storage is back, or the queue has room again: whoever was refused may offer again. */
  readonly onRecovered: () => void;
}

/**
 * Group commit: the rows of one event-loop turn, over all documents, go into one transaction; the next turn's rows gather
 * while it commits. Nothing is shown to anybody before its row is stored, and a failed commit refuses everything that
 * waits behind it too, because later rows may build on the ones that failed.
 */
export class Journal {
  readonly #options: JournalOptions;
  #queue: JournalEntry[] = [];
  #queuedBytes = 0;
  #scheduled = false;
  #committingSince: number | null = null;
  #failing = false;
  #refusedForSize = false;
  #closed = false;
  #waiters: (() => void)[] = [];
  #retry: NodeJS.Timeout | null = null;
  readonly #suspect = new Set<JournalledDocument>();
  #commits = 0;
  #rows = 0;
  #failures = 0;

  constructor(options: JournalOptions) {
    this.#options = options;
  }

  get healthy(): boolean {
    const since = this.#committingSince;
    return !this.#failing && (since === null || this.#options.clock() - since < STALLED_AFTER);
  }

  get stats() {
    return {
      commits: this.#commits,
      rows: this.#rows,
      failures: this.#failures,
      queued: this.#queue.length,
      queuedBytes: this.#queuedBytes,
    };
  }

  /** False when it cannot be stored now: the author keeps it and offers it again. */
  offer(entry: JournalEntry): boolean {
    if (this.#failing || this.#closed) return false;
    if (this.#queuedBytes + entry.update.length > MOST_QUEUED) {
      this.#refusedForSize = true;
      return false;
    }
    this.#queue.push(entry);
    this.#queuedBytes += entry.update.length;
    this.#schedule();
    return true;
  }

  /** Resolves when everything offered so far is stored or refused. */
  idle(): Promise<void> {
    if (this.#queue.length === 0 && this.#committingSince === null) return Promise.resolve();
    return new Promise((resolve) => this.#waiters.push(resolve));
  }

  /** Takes nothing any more; resolves when what it had is stored or refused. */
  close(): Promise<void> {
    this.#closed = true;
    if (this.#retry) clearTimeout(this.#retry);
    return this.idle();
  }

  #schedule(): void {
    if (this.#scheduled || this.#committingSince !== null) return;
    this.#scheduled = true;
    // after the poll phase: every frame that this turn brought in is in the queue by then
    setImmediate(() => {
      this.#scheduled = false;
      void this.#commit();
    });
  }

  async #commit(): Promise<void> {
    const batch = this.#queue;
    this.#queue = [];
    this.#queuedBytes = 0;
    this.#committingSince = this.#options.clock();
    const byDocument = Map.groupBy(batch, (entry) => entry.document);
    try {
      await this.#options.documents.append(rowsOf(byDocument, this.#committingSince));
    } catch (error) {
      this.#committingSince = null;
      this.#fail(byDocument, error);
      return;
    }
    this.#committingSince = null;
    this.#commits += 1;
    this.#rows += batch.length;
    for (const [document, entries] of byDocument) document.stored(entries);
    if (this.#refusedForSize) {
      this.#refusedForSize = false;
      this.#options.onRecovered();
    }
    if (this.#queue.length > 0) this.#schedule();
    else this.#settle();
  }

  #fail(byDocument: Map<JournalledDocument, JournalEntry[]>, error: unknown): void {
    this.#failing = true;
    this.#failures += 1;
    console.error(`sync: not stored: ${error instanceof Error ? error.message : String(error)}`);
    for (const document of byDocument.keys()) this.#suspect.add(document);
    const waiting = Map.groupBy(this.#queue, (entry) => entry.document);
    this.#queue = [];
    this.#queuedBytes = 0;
    for (const [document, entries] of byDocument) document.refused(entries);
    for (const [document, entries] of waiting) document.refused(entries);
    this.#settle();
    this.#recoverIn(RETRY_FIRST);
  }

  #recoverIn(delay: number): void {
    if (this.#closed) return;
    this.#retry = setTimeout(() => void this.#recover(delay), delay);
    this.#retry.unref();
  }

  async #recover(delay: number): Promise<void> {
    try {
      await this.#options.check();
      for (const document of this.#suspect) {
        await document.reload();
        this.#suspect.delete(document);
      }
    } catch {
      this.#recoverIn(Math.min(delay * 2, RETRY_MOST));
      return;
    }
    this.#failing = false;
    this.#options.onRecovered();
  }

  #settle(): void {
    for (const resolve of this.#waiters.splice(0)) resolve();
  }
}

function rowsOf(byDocument: Map<JournalledDocument, JournalEntry[]>, at: number): DocumentAppend[] {
  return [...byDocument].flatMap(([document, entries]) =>
    entries.map(({ update, seat }, index) => ({
      document: document.name,
      seq: document.seq + 1 + index,
      update,
      seat,
      at,
    })),
  );
}
