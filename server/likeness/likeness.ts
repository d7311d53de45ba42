import type { WorkshopId } from '#domain/ids.ts';
import { LIMITS } from '#domain/limits.ts';
import type { WorkshopState } from '#domain/workshop/state.ts';
import { documentName } from '#protocol/document-name.ts';
import { orNull, type Documents } from '#server/documents/documents.ts';
import { JobProcess } from '#server/documents/job-process.ts';
import type { Contents } from '#server/documents/reading.ts';
import type { AlikeIdeas, ComparingJob } from './compare.ts';

interface Kept {
  /** What was compared: a board that has not changed is the same reading. */
  readonly boards: readonly (Contents | null)[];
  readonly apart: WorkshopState['apart'];
  readonly alike: Promise<AlikeIdeas>;
}

const MOST_KEPT = 20; // workshops
const WAITING = 20; // comparings; each is asked for by a page of somebody who runs a workshop

/** Which ideas of a workshop's boards may say the same: compared in a process of its own, and again only when a board is another. */
export class Likeness {
  readonly #documents: Pick<Documents, 'board'>;
  readonly #process = new JobProcess<ComparingJob>(new URL('./comparing-process.ts', import.meta.url), {
    milliseconds: LIMITS.timeOfComparing.most * 1_000,
    megabytes: LIMITS.memoryOfComparing.most,
    waiting: WAITING,
  });
  readonly #kept = new Map<WorkshopId, Kept>();

  constructor(documents: Pick<Documents, 'board'>) {
    this.#documents = documents;
  }

  /** For whoever reads all of the boards. Rejects with `JobError` when they cannot be compared within the budget. */
  async of({ id, rooms, apart }: WorkshopState): Promise<AlikeIdeas> {
    const boards = await Promise.all(
      rooms.map(({ id: room }) => orNull(this.#documents.board(documentName({ kind: 'board', room })))),
    );
    const known = this.#kept.get(id);
    if (known && known.apart === apart && isSame(known.boards, boards)) return known.alike;
    const job = (): ComparingJob => ({
      boards: rooms.map(({ id: room }, index) => ({ room, json: boards[index]?.json ?? null })),
      apart: [...(apart ?? [])],
    });
    const alike = this.#process.run(() => ({ job: job() })) as Promise<AlikeIdeas>;
    this.#keep(id, { boards, apart, alike });
    return alike;
  }

  close(): void {
    this.#process.close();
  }

  /** What failed is tried again. */
  #keep(id: WorkshopId, kept: Kept): void {
    this.#kept.delete(id);
    this.#kept.set(id, kept);
    kept.alike.catch(() => {
      if (this.#kept.get(id) === kept) this.#kept.delete(id);
    });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
  }
}

const isSame = <T>(one: readonly T[], other: readonly T[]): boolean =>
  one.length === other.length && one.every((each, index) => each === other[index]);
