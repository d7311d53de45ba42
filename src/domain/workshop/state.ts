import type { ForumId, RoomId, SeatId, WorkshopId } from '../ids.ts';
import type { Script } from '../script/step.ts';

export interface Room {
  readonly id: RoomId;
  readonly name: string;
}

/** The step that runs now. Times are epoch milliseconds on the server's clock; `endsAt` null has no limit. */
export interface RunningStep {
  readonly index: number;
  readonly startedAt: number;
  readonly endsAt: number | null;
}

/** Folded from events alone. Rooms are never removed; closing changes permission only (PRODUCT rule 1). */
export interface WorkshopState {
  readonly id: WorkshopId;
  readonly forumId: ForumId;
  /** Number of events folded in. */
  readonly version: number;
  readonly script: Script;
  readonly rooms: readonly Room[];
  readonly seating: ReadonlyMap<SeatId, RoomId>;
  /** Where those sat who have left: there they sit again when they are let in. */
  readonly left?: ReadonlyMap<SeatId, RoomId>;
  readonly step: RunningStep;
  readonly closed: boolean;
}
