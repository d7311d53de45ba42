import type { Language } from '#domain/languages/language.ts';

/** A workshop that a script may be for. */
export interface ForumHall {
  readonly id: string;
  readonly forum: string;
  readonly workshop: string;
  /** Who has a seat and is not there to run it. */
  readonly people: number;
  readonly rooms: number;
  readonly languages: readonly Language[];
  readonly startsAt: string | null;
  /** When the programme goes on. */
  readonly until: string | null;
  /** The page on which a script of one's own can be rehearsed there, for an organizer. */
  readonly rehearsal: string | null;
}
