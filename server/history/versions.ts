import * as Y from 'yjs';
import type { SeatId } from '#domain/ids.ts';
import type { DocumentName } from '#protocol/document-name.ts';
import {
  StorageError,
  type DocumentStore,
  type RowMark,
  type StoredDocument,
  type Version,
} from '#server/storage/ports.ts';
import type { SyncServer } from '#server/sync/sync-server.ts';
import type { Changes } from './changes.ts';
import { makeEqual } from './make-equal.ts';
import { replayChanges, replayStates } from './replayer.ts';
import { thinned, versionsOf } from './version.ts';

const TRIES = 5; // compactions that may come between two looks at a document

interface Look {
  readonly kept: readonly Version[];
  readonly rows: readonly RowMark[];
  readonly versions: readonly Version[];
  readonly stored: StoredDocument;
}

/** The earlier versions of documents: kept ones, and those that lie among the rows of the log. */
export class Versions {
  readonly #documents: DocumentStore;
  readonly #sync: Pick<SyncServer, 'read' | 'edit'>;

  constructor(documents: DocumentStore, sync: Pick<SyncServer, 'read' | 'edit'>) {
    this.#documents = documents;
    this.#sync = sync;
  }

  /** Oldest first, the last being the document as it is now; with what changed on a board. */
  async list(document: DocumentName): Promise<(Version & Changes)[]> {
    const { kept, versions, stored } = await this.#look(document);
    const hasBytes = new Set(kept.map(({ seq }) => seq));
    const contents = await Promise.all(
      versions.map(async ({ seq }) => (hasBytes.has(seq) ? await this.#documents.version(document, seq) : null) ?? seq),
    );
    const changes = await replayChanges(stored, contents);
    return versions.map((version, index) => ({ ...version, ...changes[index]! }));
  }

  /** The whole content after update `seq`, as one update. Null: it is not there any more, or never was. */
  async read(document: DocumentName, seq: number): Promise<Uint8Array | null> {
    const kept = await this.#documents.version(document, seq);
    if (kept) return kept;
    const stored = await this.#documents.read(document);
    if (seq < 1 || seq < stored.snapshotSeq || seq > stored.seq) return null;
    const [state] = await replayStates(stored, [seq]);
    return state ?? null;
  }

  /**
   * Makes the document equal to what it was after update `seq`, by an edit on this seat's behalf. `before` is the version from just
   * before that edit, which is kept. Null: there is no such version. Rejects when nothing was stored.
   */
  async restore(document: DocumentName, seq: number, seat: SeatId): Promise<{ before: number } | null> {
    const state = await this.read(document, seq);
    if (!state) return null;
    const then = new Y.Doc();
    Y.applyUpdate(then, state);
    if (isEqualAlready(await this.#sync.read(document), then))
      return { before: (await this.#look(document)).stored.seq };
    const first = await this.#keepBeforeRestore(document, null);
    const edit = await this.#sync.edit(document, seat, (doc) => makeEqual(doc, then));
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
    const [state] = await replayStates(stored, [seq]);
    const now = Date.now();
    const told = version?.seq === seq ? version : { seq, from: now, at: now, seats: [] };
    await this.#documents.keepVersion(document, { ...told, isBeforeRestore: true, state: state! });
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

function isEqualAlready(doc: Y.Doc, then: Y.Doc): boolean {
  let isEqual = true;
  doc.on('update', () => (isEqual = false));
  makeEqual(doc, then);
  doc.destroy();
  return isEqual;
}
