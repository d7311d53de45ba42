import * as Y from 'yjs';
import type { SeatId } from '#domain/ids.ts';
import { LIMITS } from '#domain/limits.ts';
import { isBoard, parseDocumentName, type DocumentName } from '#protocol/document-name.ts';
import { rootsOf } from '#protocol/document-shape.ts';
import type { Comparison } from '#protocol/versions-schema.ts';
import { keptIn, type Cut, type Kept } from '#server/storage/cuts.ts';
import type { DocumentStore, StoredDocument } from '#server/storage/ports/documents.ts';
import { StorageError } from '#server/storage/ports/storage-error.ts';
import type { RowMark, Version } from '#server/storage/ports/versions.ts';
import type { SyncServer } from '#server/sync/sync-server.ts';
import type { Changes } from './changes.ts';
import type { Deleting } from './deletion-watch.ts';
import {
  joinRows,
  ReplayError,
  ReplayerAway,
  replayChanges,
  replayComparison,
  replayLosses,
  replayStates,
  updateToEqual,
} from './replayer.ts';
import { thinned, versionsOf } from './version.ts';

const TRIES = 5; // compactions that may come between two looks at a document
const MOST_CUTS = 6; // of one version: who turns steps to and fro while nobody writes

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
  /** For each document what changes its kept versions, one after the other. */
  readonly #turns = new Map<DocumentName, Promise<unknown>>();

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
      if (error instanceof ReplayError || error instanceof ReplayerAway) return null;
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
   * before that edit, which is kept. Null: there is no such version. Rejects when nothing was stored. `undo`: the version is the one
   * from before a restore, which is taken back; what people wrote after it stays, as long as the log has that moment.
   */
  async restore(
    document: DocumentName,
    seq: number,
    seat: SeatId,
    how: 'equal' | 'undo' = 'equal',
  ): Promise<{ before: number } | null> {
    const state = await this.read(document, seq);
    if (!state) return null;
    const { ref } = parseDocumentName(document)!;
    const roots = rootsOf(ref);
    const version = (await this.#look(document)).versions.find((known) => known.seq === seq);
    const isUndo = how === 'undo' && version?.isBeforeRestore === true;
    const since = isUndo ? await this.read(document, seq + 1) : null;
    const told = isBoard(ref) ? { by: seat, of: isUndo ? null : (version?.at ?? null) } : null;
    const change = (whole: Uint8Array, client: number) =>
      updateToEqual({ whole, version: state, client, roots, since, told });
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

  /** Those of which anything was ever written or opened: others have no versions. */
  begun(documents: readonly DocumentName[]): Promise<ReadonlySet<DocumentName>> {
    return this.#documents.begun(documents);
  }

  /**
   * Ends a version with what is stored now, for these reasons. Nothing where nothing was ever written, nor, with `unlessCut`, where one
   * that ended for a reason is the last.
   */
  async cut(document: DocumentName, cuts: readonly Cut[], { unlessCut = false } = {}): Promise<void> {
    await this.#keep(document, null, (version) =>
      unlessCut && version.cuts.length > 0 ? version : withCuts(version, cuts),
    );
  }

  /** Ends one before each deletion of much, if it was one after all, unless one ends there already. */
  async cutBefore({ document, before, beforeHeaviest }: Deleting): Promise<void> {
    const { stored } = await this.#look(document);
    if (before < Math.max(1, stored.snapshotSeq)) return; // compacted away meanwhile, or there was nothing
    for (const { seq, cut } of await replayLosses(stored, before, beforeHeaviest)) {
      await this.#keep(document, seq, (version) =>
        version.isBeforeRestore || version.cuts.length > 0 ? version : withCuts(version, [cut]),
      );
    }
  }

  /** Keeps a version for good, or the document as it is now; one that is kept gets the new name. */
  async keep(document: DocumentName, seq: number | null, kept: Kept): Promise<number | 'unknown' | 'tooMany'> {
    let isTooMany = false;
    const done = await this.#keep(document, seq, (version, all) => {
      const others = all.filter((other) => other.seq !== version.seq && keptIn(other.cuts));
      isTooMany = others.length >= LIMITS.keptVersions.most;
      return isTooMany ? null : { ...version, cuts: [...withoutKept(version), kept] };
    });
    return isTooMany ? 'tooMany' : (done ?? 'unknown');
  }

  /** From now on it goes when there are too many, like others. False: it was not kept. */
  letGo(document: DocumentName, seq: number): Promise<boolean> {
    return this.#inTurn(document, async () => {
      const { kept } = await this.#documents.history(document);
      const version = kept.find((known) => known.seq === seq);
      if (!version || !keptIn(version.cuts)) return false;
      const state = await this.#documents.version(document, seq);
      if (!state) return false;
      const cuts: Cut[] = [...withoutKept(version), { kind: 'letGo' }];
      await this.#documents.keepVersion(document, { ...version, cuts, state });
      return true;
    });
  }

  /** What changed from one version to another; `from` null is the version before, 0 the empty board. Null: one of them is not there any more. */
  async compare(document: DocumentName, from: number | null, to: number): Promise<Comparison | null> {
    const older = from ?? (await this.#look(document)).versions.findLast(({ seq }) => seq < to)?.seq ?? 0;
    const [before, after] = await Promise.all([
      older === 0 ? EMPTY : this.read(document, older),
      this.read(document, to),
    ]);
    if (!before || !after) return null;
    return { from: older, to, ...(await replayComparison(before, after)) };
  }

  /** Keeps what the document was after update `at`, or is now. When `at` was compacted away meanwhile, the last one from before a restore stands for it. */
  async #keepBeforeRestore(document: DocumentName, at: number | null): Promise<{ seq: number; isNew: boolean }> {
    let isNew = false;
    const seq = await this.#keep(document, at, (version, all) => {
      isNew = all.every((other) => other.seq !== version.seq);
      return { ...version, isBeforeRestore: true };
    });
    if (seq !== null) return { seq, isNew };
    const { kept } = await this.#look(document);
    return { seq: kept.findLast(({ isBeforeRestore }) => isBeforeRestore)!.seq, isNew: false };
  }

  /**
   * Ends a version after update `at`, or after the last one, and keeps it as `change` makes it of what it is now (null: it stays as it
   * is). Its seq; null when nothing was kept: nothing was written yet, or `at` was compacted away.
   */
  #keep(
    document: DocumentName,
    at: number | null,
    change: (version: Version, kept: readonly Version[]) => Version | null,
  ): Promise<number | null> {
    return this.#inTurn(document, async () => {
      const { kept, rows, stored } = await this.#look(document);
      const seq = at ?? stored.seq;
      const known = kept.find((version) => version.seq === seq);
      if (seq < 1 || seq > stored.seq || (!known && seq < stored.snapshotSeq)) return null;
      const now = Date.now();
      const plain = { seq, from: now, at: now, seats: [], isBeforeRestore: false, cuts: [] };
      const version = known ?? lastUpTo(kept, rows, seq) ?? plain;
      const changed = change(version, kept);
      if (!changed) return null;
      if (known && changed === version) return seq;
      const state = (known && (await this.#documents.version(document, seq))) ?? (await stateOf(stored, seq));
      await this.#documents.keepVersion(document, { ...changed, state });
      await this.#thin(document);
      return seq;
    });
  }

  #inTurn<T>(document: DocumentName, work: () => Promise<T>): Promise<T> {
    const turn = (this.#turns.get(document) ?? Promise.resolve()).then(work, work);
    this.#turns.set(document, turn);
    const done = () => this.#turns.get(document) === turn && this.#turns.delete(document);
    turn.then(done, done);
    return turn;
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
const EMPTY = Y.encodeStateAsUpdate(new Y.Doc());

/** The version that ends after this update, of the writing up to there. */
function lastUpTo(kept: readonly Version[], rows: readonly RowMark[], seq: number): Version | undefined {
  const upTo = <T extends { readonly seq: number }>(list: readonly T[]) => list.filter((entry) => entry.seq <= seq);
  const last = versionsOf(upTo(kept), upTo(rows)).at(-1);
  return last?.seq === seq ? last : undefined;
}

function withCuts(version: Version, cuts: readonly Cut[]): Version {
  const kept = version.cuts.filter(({ kind }) => kind === 'kept');
  return { ...version, cuts: [...kept, ...[...withoutKept(version), ...cuts].slice(-MOST_CUTS)] };
}

const withoutKept = ({ cuts }: Version): Cut[] => cuts.filter(({ kind }) => kind !== 'kept' && kind !== 'letGo');
