import type { SeatId } from '#domain/ids.ts';
import { parseDocumentName, type DocumentName } from '#protocol/document-name.ts';
import { rootsOf } from '#protocol/document-shape.ts';
import {
  StorageError,
  type DocumentStore,
  type RowMark,
  type StoredDocument,
  type Version,
} from '#server/storage/ports.ts';
import type { SyncServer } from '#server/sync/sync-server.ts';
import type { Changes } from './changes.ts';
import { joinRows, ReplayError, replayChanges, replayStates, updateToEqual } from './replayer.ts';
import { thinned, versionsOf } from './version.ts';

const TRIES = 5; // compactions that may come between two looks at a document

/** `isUncounted`: counting would take too much. */
type Counted = Changes & { readonly isUncounted?: true };
const UNCOUNTED: Counted = { added: 0, changed: 0, removed: 0, items: 0, isUncounted: true };

interface Look {
  readonly kept: readonly Version[];
  readonly rows: readonly RowMark[];
  readonly versions: readonly Version[];
  readonly stored: StoredDocument;
}

const NOT_BEGUN: Look = {
  ...{ kept: [], rows: [], versions: [] },
  stored: { lineage: '', snapshot: null, snapshotSeq: 0, updates: [], seq: 0, owners: new Map() },
};

/** The earlier versions of documents: kept ones, and those that lie among the rows of the log. */
export class Versions {
  readonly #documents: DocumentStore;
  readonly #sync: Pick<SyncServer, 'stored' | 'edit'>;

  constructor(documents: DocumentStore, sync: Pick<SyncServer, 'stored' | 'edit'>) {
    this.#documents = documents;
    this.#sync = sync;
  }

  /** Oldest first, the last being the document as it is now; with what changed on a board. */
  async list(document: DocumentName): Promise<(Version & Counted)[]> {
    const { kept, versions, stored } = await this.#look(document);
    const hasBytes = new Set(kept.map(({ seq }) => seq));
    const contents = await Promise.all(
      versions.map(async ({ seq }) => (hasBytes.has(seq) ? await this.#documents.version(document, seq) : null) ?? seq),
    );
    const changes = await replayChanges(stored, contents).catch((error: unknown) => {
      if (error instanceof ReplayError) return null;
      throw error;
    });
    return versions.map((version, index) => ({ ...version, ...(changes?.[index] ?? UNCOUNTED) }));
  }

  /** The whole content after update `seq`, as one update. Null: it is not there any more, or never was. */
  async read(document: DocumentName, seq: number): Promise<Uint8Array | null> {
    const kept = await this.#documents.version(document, seq);
    if (kept) return kept;
    if (!(await this.#documents.has(document))) return null;
    const stored = await this.#documents.read(document);
    if (seq < 1 || seq < stored.snapshotSeq || seq > stored.seq) return null;
    return stateOf(stored, seq);
  }

  /**
   * Makes the document equal to what it was after update `seq`, by an edit on this seat's behalf. `before` is the version from just
   * before that edit, which is kept. Null: there is no such version. Rejects when nothing was stored.
   */
  async restore(document: DocumentName, seq: number, seat: SeatId): Promise<{ before: number } | null> {
    const state = await this.read(document, seq);
    if (!state) return null;
    const roots = rootsOf(parseDocumentName(document)!.ref);
    const change = (whole: Uint8Array, client: number) => updateToEqual({ whole, version: state, client, roots });
    const now = await this.#sync.stored(document);
    if ((await change(now.bytes(), NOBODY)) === null) return { before: (await this.#look(document)).stored.seq };
    const first = await this.#keepBeforeRestore(document, null);
    const edit = await this.#sync.edit(document, seat, { change });
    if (edit === null || edit - 1 === first.seq) return { before: first.seq };
    // somebody's edit came between: it was on the board when the restore came
    const { seq: before } = await this.#keepBeforeRestore(document, edit - 1);
    if (before !== first.seq && first.isNew) await this.#documents.dropVersion(document, first.seq);
    return { before };
  }

  /** Keeps what the document was after update `at`, or is now. When `at` was compacted away meanwhile, the last one from before a restore stands for it. */
  async #keepBeforeRestore(document: DocumentName, at: number | null): Promise<{ seq: number; isNew: boolean }> {
    const { kept, rows, stored } = await this.#look(document);
    const seq = at ?? stored.seq;
    const known = kept.find((version) => version.seq === seq);
    if (known?.isBeforeRestore) return { seq, isNew: false };
    if (seq < stored.snapshotSeq)
      return { seq: kept.findLast(({ isBeforeRestore }) => isBeforeRestore)!.seq, isNew: false };
    const upTo = (list: readonly (Version | RowMark)[]) => list.filter((entry) => entry.seq <= seq);
    const [version] = versionsOf(upTo(kept) as Version[], upTo(rows) as RowMark[]).slice(-1);
    const state = await stateOf(stored, seq);
    const now = Date.now();
    const told = version?.seq === seq ? version : { seq, from: now, at: now, seats: [] };
    await this.#documents.keepVersion(document, { ...told, isBeforeRestore: true, state });
    await this.#thin(document);
    return { seq, isNew: !known };
  }

  async #thin(document: DocumentName): Promise<void> {
    const { kept } = await this.#documents.history(document);
    const stays = new Set(thinned(kept).map(({ seq }) => seq));
    for (const { seq } of kept) if (!stays.has(seq)) await this.#documents.dropVersion(document, seq);
  }

  /** Marks and contents of one moment: a compaction between the two reads would leave versions without either. */
  async #look(document: DocumentName): Promise<Look> {
    if (!(await this.#documents.has(document))) return NOT_BEGUN;
    for (let tried = 1; ; tried += 1) {
      const { kept, rows } = await this.#documents.history(document);
      const stored = await this.#documents.read(document);
      if ((rows[0]?.seq ?? Infinity) > stored.snapshotSeq) {
        const last = rows.at(-1)?.seq ?? stored.snapshotSeq;
        const updates = stored.updates.slice(0, last - stored.snapshotSeq);
        return { kept, rows, versions: versionsOf(kept, rows), stored: { ...stored, updates, seq: last } };
      }
      if (tried === TRIES) throw new StorageError(`${document}: its rows go faster than they can be read`);
    }
  }
}

/** Read back and found equal where that is possible; else the rows as they are, so that a board can be brought back whatever was put into it. */
async function stateOf(stored: StoredDocument, seq: number): Promise<Uint8Array> {
  const rows = { ...stored, updates: stored.updates.slice(0, seq - stored.snapshotSeq) };
  try {
    const [state] = await replayStates(rows, [seq]);
    return state!;
  } catch (error) {
    if (!(error instanceof ReplayError)) throw error;
    return joinRows(rows);
  }
}

const NOBODY = 1; // an author whose update is never stored
