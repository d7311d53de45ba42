import type { Actor } from '#domain/forum/seat.ts';
import type { ForumId, WorkshopId } from '#domain/ids.ts';
import type { WorkshopState } from '#domain/workshop/state.ts';
import type { PersonAtTable } from '#protocol/live/down.ts';
import type { Roster } from '#server/forum/reading.ts';
import { guarded } from '#server/process/boundary.ts';

export interface NamesParts {
  roster(forum: ForumId): Promise<Roster>;
  listeners(
    forum: ForumId,
  ): Iterable<{ readonly data: { readonly actor: Actor }; emit(part: 'people', people: PersonAtTable[]): unknown }>;
  /** Who is who cannot be told now. */
  failed(forum: ForumId): void;
}

/** Tells everybody in a forum the names that are theirs to know (SPEC P23), anew when somebody comes, goes or changes tables. */
export class Names {
  readonly #parts: NamesParts;
  /** Forums that are being told; true: something changed meanwhile. */
  readonly #telling = new Map<ForumId, boolean>();
  readonly #last = new Map<WorkshopId, WorkshopState['seating']>();

  constructor(parts: NamesParts) {
    this.#parts = parts;
  }

  /** Once at a time for each forum: what changes meanwhile is told with the next. */
  tell(forum: ForumId): void {
    const isTelling = this.#telling.has(forum);
    this.#telling.set(forum, isTelling);
    if (!isTelling) this.#start(forum);
  }

  /** Names follow the seating, and nothing else of a workshop. */
  follow(state: WorkshopState): void {
    if (this.#last.get(state.id) === state.seating) return;
    this.#last.set(state.id, state.seating);
    this.tell(state.forumId);
  }

  readonly #start = guarded(
    'names were not told',
    async (forum: ForumId) => {
      do {
        this.#telling.set(forum, false);
        const roster = await this.#parts.roster(forum);
        for (const socket of this.#parts.listeners(forum)) socket.emit('people', roster(socket.data.actor));
      } while (this.#telling.get(forum));
      this.#telling.delete(forum);
    },
    (forum) => {
      this.#telling.delete(forum);
      this.#parts.failed(forum);
    },
  );
}
