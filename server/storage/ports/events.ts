import type { Forum } from '#domain/forum/forum.ts';
import type { CommandId, WorkshopId } from '#domain/ids.ts';
import type { Result } from '#domain/refusal.ts';
import type { WorkshopEvent } from '#domain/workshop/events.ts';

/** What was decided on a command; `version` is the workshop's once the command holds. */
export type CommandAnswer = Result<{ readonly version: number }>;

/** Written in one transaction with a command's events. */
export interface DecidedWith {
  readonly answer: CommandAnswer;
  readonly at: number;
  /** The forum with the plan that the events bring about, of the version after the stored one. */
  readonly forum?: Forum;
}

export interface EventStore {
  /**
   * Appends events, perhaps none, as versions `after + 1 …`; where one of them takes rights the last one becomes the epoch of the
   * workshop. `conflict`: somebody else appended or saved the forum first, decide again. `repeated`: this command id was decided
   * before, nothing is written. Without a command (the server's own deeds) nothing is kept beside the events.
   */
  append(
    workshop: WorkshopId,
    after: number,
    events: readonly WorkshopEvent[],
    command: CommandId | null,
    decided?: DecidedWith,
  ): Promise<'appended' | 'conflict' | 'repeated'>;
  /** What was decided on a command. Null: nothing yet, or so long ago that nobody asks again. */
  answer(workshop: WorkshopId, command: CommandId): Promise<CommandAnswer | null>;
  /** Forgets what was decided before a time. */
  prune(before: number): Promise<void>;
  /** Events with a version above `after`, in order. */
  read(workshop: WorkshopId, after: number): Promise<WorkshopEvent[]>;
}
