import type { ForumId, RoomId, SeatId, WorkshopId } from '../ids.ts';
import type { Script } from '../script/step.ts';
import type { Seating } from '../seating/guest.ts';

/** What is kept of mixing rooms: nobody who sits in them is told. */
export interface Mixing {
  readonly pinned: ReadonlySet<SeatId>;
  /** Seatings that people worked in until the rooms were mixed, the oldest first. */
  readonly met: readonly Seating[];
  /** The last mix: the version with it, the step in it, where everybody sat and what was in `met` before, and whom it moved where. */
  readonly last: {
    readonly version: number;
    readonly stepStartedAt: number;
    readonly before: Seating;
    readonly met: readonly Seating[];
    readonly moved: Seating;
    readonly isTakenBack: boolean;
  } | null;
}

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
  /** Version with the last change of rooms, seats or pins: what was planned on an older one is not what people would see happen. */
  readonly seatedAt: number;
  /** Absent until somebody is pinned or the rooms are mixed. */
  readonly mixing?: Mixing;
  readonly step: RunningStep;
  readonly closed: boolean;
}
