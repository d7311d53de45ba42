import type { SeatId } from '#domain/ids.ts';
import type { DocumentName } from '#protocol/document-name.ts';
import type { ScannedUpdate } from '#protocol/update/scan.ts';
import { guarded, inBackground } from '#server/process/boundary.ts';
import { AccessChanged, type AccessScope, type EpochGuard } from '#server/storage/ports/access.ts';
import type { ClientLease, DocumentAppend, DocumentStore } from '#server/storage/ports/documents.ts';

/** A document as its log sees it: rows are numbered from `seq`, and come back once they are on disk or refused. */
export interface JournalledDocument {
  readonly name: DocumentName;
  /** Its rows are for no other lineage. */
  readonly lineage: string;
  /** Position of the last stored row. */
  readonly seq: number;
  /** Leases of clientIDs to be stored with the next rows. */
  readonly leases: readonly ClientLease[];
  /** What the rules that `allowed` goes by were read from; the commit holds only while that is unchanged. */
  readonly guards: readonly EpochGuard[];
  /** Those that may be written by the rules of this moment. The others' authors are told, of whatever else waits of theirs too. */
  allowed(entries: readonly JournalEntry[]): readonly JournalEntry[];
  /** The entries are on disk, in this order, as rows `after + 1 …`, and the leases with them. */
  stored(entries: readonly JournalEntry[], after: number, leases: readonly ClientLease[]): void;
  /** The entries are not on disk as far as anybody knows; nothing may be shown of them. */
  refused(entries: readonly JournalEntry[]): void;
  /** Reads again what is on disk: a failed commit may have been stored after all, or another writer was faster. */
  reload(): Promise<void>;
}

export interface JournalEntry {
  readonly document: JournalledDocument;
  readonly update: ScannedUpdate;
  /** Null for the server's own edits. */
  readonly seat: SeatId | null;
  readonly author: Author;
  /** The author's count of frames, for its receipt. */
  readonly frame: number;
}

/** Who offered an edit, by identity: it is not sent back there. */
export interface Author {
  readonly mayWrite: boolean;
  /** The author's edits up to this frame are stored and have been shown: the bytes to tell it by, if it wants to know. */
  receipt(frame: number, seq: number): Uint8Array | null;
  notStored(frame: number): void;
  notAllowed(frame: number): void;
}

const MOST_QUEUED = 32_000_000; // bytes that wait while a commit hangs; more is refused, and stays with its authors
const SLOW_AFTER = 5_000; // ms in one commit after which the node no longer calls itself ready
const STALLED_AFTER = 30_000; // ms in one commit after which everything that waits is given back to its authors
const RETRY_FIRST = 250; // ms
const RETRY_MOST = 2_000; // ms, so that recovery is noticed well within ten seconds

export interface JournalOptions {
  readonly documents: Pick<DocumentStore, 'append'>;
  readonly clock: () => number;
  /** Resolves when storage takes writes again. */
  readonly check: () => Promise<void>;
  /** Brings the rules up to date after somebody changed them in these scopes. */
  readonly refresh: (scopes: readonly AccessScope[]) => Promise<void>;
  /** Storage is back, or the queue has room again: whoever was refused may offer again. */
  readonly onRecovered: () => void;
  /** Milliseconds; shorter in tests. */
  readonly stalledAfter?: number;
}

/**
 * Group commit: the rows of one event-loop turn, over all documents, go into one transaction; the next turns' rows gather
 * while it commits. Nothing is shown to anybody before its row is stored, and a failed commit refuses everything that
 * waits behind it too, because later rows may build on the ones that failed.
 */
export class Journal {
  readonly #options: JournalOptions;
  #queue: JournalEntry[] = [];
  #queuedBytes = 0;
  #scheduled: NodeJS.Immediate | null = null;
  #running: Commit | null = null;
  #isFailing = false;
  #refusedForSize = false;
  #isClosed = false;
  #waiters: (() => void)[] = [];
  #retry: NodeJS.Timeout | null = null;
  readonly #suspect = new Set<JournalledDocument>();
  readonly #counts = { commits: 0, rows: 0, failures: 0, stalls: 0, overtaken: 0 };

  constructor(options: JournalOptions) {
    this.#options = options;
  }

  get healthy(): boolean {
    return !this.#isFailing && (!this.#running || this.#options.clock() - this.#running.since < SLOW_AFTER);
  }

  get stats() {
    return { ...this.#counts, queued: this.#queue.length, queuedBytes: this.#queuedBytes };
  }

  /** False when it cannot be stored now: the author keeps it and offers it again. */
  offer(entry: JournalEntry): boolean {
    if (this.#isFailing || this.#isClosed) return false;
    const { length } = entry.update.bytes;
    if (this.#queuedBytes + length > MOST_QUEUED) {
      this.#refusedForSize = true;
      return false;
    }
    this.#queue.push(entry);
    this.#queuedBytes += length;
    this.#schedule();
    return true;
  }

  /** Resolves when everything offered so far is stored or refused. */
  idle(): Promise<void> {
    if (this.#queue.length === 0 && !this.#running) return Promise.resolve();
    return new Promise((resolve) => this.#waiters.push(resolve));
  }

  /** Takes nothing any more; resolves when what it had is stored or refused. */
  close(): Promise<void> {
    this.#isClosed = true;
    if (this.#retry) clearTimeout(this.#retry);
    return this.idle();
  }

  /** After the poll phase: every edit that this turn brought in is in the queue by then. */
  #schedule(): void {
    if (!this.#running) this.#scheduled ??= setImmediate(guarded('a commit was not begun', () => this.#start()));
  }

  #start(): void {
    const batch = this.#queue;
    this.#queue = [];
    this.#queuedBytes = 0;
    this.#scheduled = null;
    const stalledAfter = this.#options.stalledAfter ?? STALLED_AFTER;
    const commit: Commit = {
      byDocument: Map.groupBy(batch, (entry) => entry.document),
      since: this.#options.clock(),
      written: new Map(),
      isGivenUp: false,
      stall: setTimeout(
        guarded('a commit was not given up', () => this.#giveUp(commit, stalledAfter)),
        stalledAfter,
      ),
    };
    this.#running = commit;
    guarded('a commit was not ended', () =>
      this.#commit(commit).then(
        () => this.#committed(commit),
        (error: unknown) => this.#failed(commit, error),
      ),
    )();
  }

  /** Writes what may be written, with the rules checked again inside the transaction, until they did not change meanwhile. */
  async #commit(commit: Commit): Promise<void> {
    for (;;) {
      for (const [document, entries] of commit.byDocument) commit.byDocument.set(document, document.allowed(entries));
      const rows = rowsOf(commit);
      if (rows.length === 0) return;
      const documents = [...commit.byDocument.keys()];
      commit.written = new Map(documents.map((each) => [each, { after: each.seq, leases: each.leases }]));
      const guards = distinct(documents.flatMap((document) => document.guards));
      try {
        await this.#options.documents.append(rows, {
          leases: [...commit.written.values()].flatMap(({ leases }) => leases),
          guards,
          lineages: documents.map(({ name, lineage }) => ({ document: name, lineage })),
        });
        return;
      } catch (error) {
        if (!(error instanceof AccessChanged) || commit.isGivenUp) throw error;
        this.#counts.overtaken += 1;
        await this.#options.refresh(error.scopes);
      }
    }
  }

  #committed(commit: Commit): void {
    this.#end(commit);
    this.#counts.commits += 1;
    for (const [document, entries] of commit.byDocument) {
      this.#counts.rows += entries.length;
      const { after = document.seq, leases = [] } = commit.written.get(document) ?? {};
      if (entries.length === 0) continue;
      // what is stored was not shown to all: read it again, and let the other documents have theirs
      guarded(
        'a stored edit was not shown',
        () => document.stored(entries, after, leases),
        () => this.#doubt(document),
      )();
    }
    if (commit.isGivenUp) {
      inBackground('storage was not asked again', this.#recover(RETRY_FIRST)); // the disk has answered after all
      return;
    }
    if (this.#refusedForSize) {
      this.#refusedForSize = false;
      this.#options.onRecovered();
    }
    if (this.#queue.length > 0) this.#schedule();
    else this.#settle();
  }

  #doubt(document: JournalledDocument): void {
    this.#suspect.add(document);
    this.#isFailing = true;
    this.#recoverIn(RETRY_FIRST);
  }

  #failed(commit: Commit, error: unknown): void {
    this.#end(commit);
    this.#counts.failures += 1;
    console.error(`sync: not stored: ${error instanceof Error ? error.message : String(error)}`);
    this.#isFailing = true;
    if (!commit.isGivenUp) this.#refuseAll(commit);
    this.#recoverIn(RETRY_FIRST);
  }

  /** Nobody knows when the disk will answer, or what. The authors get everything back; what is stored after all is shown then. */
  #giveUp(commit: Commit, after: number): void {
    this.#counts.stalls += 1;
    console.error(`sync: not stored: the database has not answered for ${after / 1_000} s`);
    commit.isGivenUp = true;
    this.#isFailing = true;
    this.#refuseAll(commit);
  }

  #refuseAll({ byDocument }: Commit): void {
    for (const document of byDocument.keys()) this.#suspect.add(document);
    const waiting = Map.groupBy(this.#queue, (entry) => entry.document);
    this.#queue = [];
    this.#queuedBytes = 0;
    if (this.#scheduled) clearImmediate(this.#scheduled);
    this.#scheduled = null;
    const refuse = guarded(
      'an edit was not given back',
      (document: JournalledDocument, entries: readonly JournalEntry[]) => document.refused(entries),
    );
    for (const [document, entries] of byDocument) refuse(document, entries);
    for (const [document, entries] of waiting) refuse(document, entries);
    this.#settle();
  }

  #end(commit: Commit): void {
    clearTimeout(commit.stall);
    this.#running = null;
  }

  #recoverIn(delay: number): void {
    if (this.#isClosed) return;
    if (this.#retry) clearTimeout(this.#retry);
    this.#retry = setTimeout(() => inBackground('storage was not asked again', this.#recover(delay)), delay);
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
    this.#isFailing = false;
    this.#options.onRecovered();
  }

  #settle(): void {
    for (const resolve of this.#waiters.splice(0)) resolve();
  }
}

interface Commit {
  readonly byDocument: Map<JournalledDocument, readonly JournalEntry[]>;
  /** On the journal's clock. */
  readonly since: number;
  readonly stall: NodeJS.Timeout;
  /** What the append asked for. */
  written: ReadonlyMap<JournalledDocument, { readonly after: number; readonly leases: readonly ClientLease[] }>;
  isGivenUp: boolean;
}

function rowsOf({ byDocument, since }: Commit): DocumentAppend[] {
  return [...byDocument].flatMap(([document, entries]) =>
    entries.map(({ update, seat }, index) => ({
      document: document.name,
      seq: document.seq + 1 + index,
      update: update.bytes,
      seat,
      at: since,
    })),
  );
}

/** One guard for each scope. Documents whose rules were read at different times cannot be in one commit: the older one fails it. */
function distinct(guards: readonly EpochGuard[]): EpochGuard[] {
  const oldest = new Map<AccessScope, EpochGuard>();
  for (const guard of guards) {
    const known = oldest.get(guard.scope);
    if (!known || guard.epoch < known.epoch) oldest.set(guard.scope, guard);
  }
  return [...oldest.values()];
}
