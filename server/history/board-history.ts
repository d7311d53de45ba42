import type { Forum } from '#domain/forum/forum.ts';
import type { Actor } from '#domain/forum/seat.ts';
import type { SeatId } from '#domain/ids.ts';
import { LIMITS } from '#domain/limits.ts';
import { leads } from '#domain/permissions/may.ts';
import { accepted, refused, type Refusal, type Result } from '#domain/refusal.ts';
import { isBoard, parseDocumentName, type DocumentName, type DocumentRef } from '#protocol/document-name.ts';
import type { Comparison, Kept, Restored, VersionList } from '#protocol/versions-schema.ts';
import type { PeopleStore } from '#server/storage/ports/people.ts';
import { StorageError } from '#server/storage/ports/storage-error.ts';
import type { Permissions } from '#server/sync/permissions.ts';
import { ReplayError, ReplayerAway } from './replayer.ts';
import type { Versions } from './versions.ts';

export interface BoardHistoryParts {
  readonly versions: Versions;
  readonly people: Pick<PeopleStore, 'ofForum'>;
  readonly permissions: Pick<Permissions, 'load' | 'access'> & {
    mayRestore(ref: DocumentRef, actor: Actor): boolean;
  };
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

/** The history of a room's or a group's board, for those who run the forum (SPEC Y24). */
export class BoardHistory {
  readonly #parts: BoardHistoryParts;

  constructor(parts: BoardHistoryParts) {
    this.#parts = parts;
  }

  async list(forum: Forum, board: string, actor: Actor): Promise<Result<VersionList>> {
    const opened = await this.#open(forum, board, actor);
    if (!opened.ok) return opened;
    const [versions, people] = await Promise.all([
      this.#parts.versions.list(opened.value.document),
      this.#parts.people.ofForum(forum.id),
    ]);
    const names = new Map(
      people.filter(({ seat }) => seat.removedAt === null).map(({ seat, person }) => [seat.id, person.name]),
    );
    const personOf = (seat: SeatId | null) => ({ seat, name: (seat && names.get(seat)) ?? null });
    return accepted({
      mayRestore: opened.value.mayRestore,
      versions: versions.toReversed().map(({ seats, cuts, ...version }) => ({
        ...version,
        people: seats.map(personOf),
        cuts: cuts.map((cut) => (cut.kind === 'kept' ? { ...cut, by: personOf(cut.by) } : cut)),
      })),
    });
  }

  /** The whole content of one version, as an update for an empty document. */
  async read(forum: Forum, board: string, seq: number, actor: Actor): Promise<Result<Uint8Array>> {
    const opened = await this.#open(forum, board, actor);
    if (!opened.ok) return opened;
    try {
      const state = await this.#parts.versions.read(opened.value.document, seq);
      return state ? accepted(state) : refused(UNKNOWN);
    } catch (error) {
      return refused(refusalOf(error));
    }
  }

  async restore(
    forum: Forum,
    board: string,
    seq: number,
    actor: Actor,
    how: 'equal' | 'undo' = 'equal',
  ): Promise<Result<Restored>> {
    const opened = await this.#open(forum, board, actor);
    if (!opened.ok) return opened;
    if (!opened.value.mayRestore) return refused({ kind: 'notAllowed' });
    try {
      const restored = await this.#parts.versions.restore(opened.value.document, seq, actor.seatId, how);
      return restored ? accepted({ restoredFrom: seq, ...restored }) : refused(UNKNOWN);
    } catch (error) {
      const refusal = refusalOf(error);
      console.error(`history: ${opened.value.document}: not restored: ${(error as Error).message}`);
      return refused(refusal);
    }
  }

  /** What changed from one version to another; `from` null is the version before, 0 the empty board. */
  async compare(
    forum: Forum,
    board: string,
    versions: { readonly from: number | null; readonly to: number },
    actor: Actor,
  ): Promise<Result<Comparison>> {
    const opened = await this.#open(forum, board, actor);
    if (!opened.ok) return opened;
    try {
      const comparison = await this.#parts.versions.compare(opened.value.document, versions.from, versions.to);
      return comparison ? accepted(comparison) : refused(UNKNOWN);
    } catch (error) {
      return refused(refusalOf(error));
    }
  }

  /** Keeps a version, or the board as it is now, under a name that may be empty. It changes nothing on the board. */
  async keep(
    forum: Forum,
    board: string,
    wanted: { readonly name: string; readonly seq?: number | undefined },
    actor: Actor,
  ): Promise<Result<Kept>> {
    const opened = await this.#open(forum, board, actor);
    if (!opened.ok) return opened;
    const kept = { kind: 'kept', name: wanted.name, by: actor.seatId, at: this.#parts.clock() } as const;
    try {
      const seq = await this.#parts.versions.keep(opened.value.document, wanted.seq ?? null, kept);
      if (seq === 'unknown') return refused(UNKNOWN);
      const { most } = LIMITS.keptVersions;
      return seq === 'tooMany'
        ? refused({ kind: 'limitReached', what: 'keptVersions', most, field: 'name' })
        : accepted({ seq });
    } catch (error) {
      return refused(refusalOf(error));
    }
  }

  /** From now on a version that was kept goes like others do when there are too many. */
  async letGo(forum: Forum, board: string, seq: number, actor: Actor): Promise<Result<Kept>> {
    const opened = await this.#open(forum, board, actor);
    if (!opened.ok) return opened;
    try {
      return (await this.#parts.versions.letGo(opened.value.document, seq)) ? accepted({ seq }) : refused(UNKNOWN);
    } catch (error) {
      return refused(refusalOf(error));
    }
  }

  /** `board`: the name of its document. Whatever is no board, or another forum's, is unknown. */
  async #open(
    forum: Forum,
    board: string,
    actor: Actor,
  ): Promise<Result<{ document: DocumentName; mayRestore: boolean }>> {
    if (!leads(actor)) return refused({ kind: 'notAllowed' });
    const { permissions } = this.#parts;
    const asked = parseDocumentName(board);
    if (!asked || !isBoard(asked.ref)) return refused({ kind: 'roomUnknown' });
    const found = await permissions.load(asked.ref);
    if (found?.forumId !== forum.id) return refused({ kind: 'roomUnknown' });
    if (permissions.access(asked.ref, actor) === 'none') return refused({ kind: 'notAllowed' });
    return accepted({ document: asked.name, mayRestore: permissions.mayRestore(asked.ref, actor) });
  }
}

/** Throws what is neither. */
function refusalOf(error: unknown): Refusal {
  if (error instanceof StorageError) return { kind: 'notStored' };
  if (error instanceof ReplayerAway) return { kind: 'historyAway' };
  if (error instanceof ReplayError) return { kind: 'tooMuchToWorkOn' };
  throw error;
}

const UNKNOWN: Refusal = { kind: 'versionUnknown' };
