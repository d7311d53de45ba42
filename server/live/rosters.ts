import type { ForumId } from '#domain/ids.ts';
import type { LiveOptions } from './live-server.ts';
import { Roster } from './roster.ts';

/** The rosters of the forums in which somebody is. */
export class Rosters {
  readonly #options: Pick<LiveOptions, 'seats' | 'workshops' | 'wrote' | 'clock'>;
  readonly #of = new Map<ForumId, Roster>();

  constructor(options: Pick<LiveOptions, 'seats' | 'workshops' | 'wrote' | 'clock'>) {
    this.#options = options;
  }

  known(forum: ForumId): Roster | undefined {
    return this.#of.get(forum);
  }

  of(forum: ForumId): Roster {
    const known = this.#of.get(forum);
    if (known) return known;
    const { seats, workshops, wrote, clock } = this.#options;
    const made = new Roster({
      people: () => seats.people(forum),
      workshops: () => workshops.ofForum(forum),
      wrote: async (open) => (await wrote?.(open.flatMap(({ rooms }) => rooms.map(({ id }) => id)))) ?? new Map(),
      clock,
    });
    this.#of.set(forum, made);
    return made;
  }

  forget(forum: ForumId): void {
    this.#of.delete(forum);
  }
}
