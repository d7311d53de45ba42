import type { ForumId, RoomId, SeatId, StepId, WorkshopId } from '../ids.ts';
import type { ByLanguage } from '../languages/by-language.ts';
import type { Script } from '../script/step.ts';
import type { Seating } from '../seating/guest.ts';
import type { MixWay } from '../seating/mix.ts';
import type { Calls } from './calls/state.ts';
import type { Groups } from './groups/state.ts';
import type { Questions } from './questions/state.ts';
import type { Reports } from './reports/state.ts';
import type { ScreenSetting } from './screen.ts';
import type { Talk } from './talk/state.ts';

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
    /** Which began with it. */
    readonly step?: StepId;
    readonly isTakenBack: boolean;
  } | null;
}

export interface Room {
  readonly id: RoomId;
  readonly name: string;
}

/** Minutes that were given to everybody or to one room, or by which the time was set. `version`: the workshop's with them. */
export interface AddedMinutes {
  readonly version: number;
  readonly minutes: number;
  readonly room: RoomId | null;
  /** To be had from now on: they may be fewer than none. */
  readonly isSet?: true;
  readonly isTakenBack: boolean;
}

/** `moves`: where people go who will sit elsewhere; who is moved, pinned or gone by then is not in it. */
export interface AnnouncedTurn {
  readonly to: StepId;
  readonly startsAt: number;
  /** Who announced it; nobody knows of one that was stored before that was. */
  readonly by?: SeatId;
  readonly seats?: { readonly way: MixWay; readonly seed: number; readonly moves: Seating };
}

/** The step that runs now. Times are epoch milliseconds on the server's clock. */
export interface RunningStep {
  readonly id: StepId;
  /** Where it stands in the script. */
  readonly index: number;
  /** The workshop's version with which it began: a step that runs again has another. */
  readonly began: number;
  readonly startedAt: number;
  /** Whose deed it is that it runs: who went on to it, or announced it. */
  readonly by?: SeatId;
  /** Null has no limit. Once it is paused, ends count from `pausedAt`. */
  readonly endsAt: number | null;
  /** Of rooms that were given minutes of their own. */
  readonly rooms?: ReadonlyMap<RoomId, number>;
  readonly pausedAt?: number;
  /** What begins by itself, and when. */
  readonly turn?: AnnouncedTurn;
  readonly added?: readonly AddedMinutes[];
  /** The step before this one, to which its turn can be taken back. */
  readonly before?: StepId;
  /** Version with which the step began from which it was taken back to this one. */
  readonly tookBack?: number;
}

/** Milliseconds that were left of a step when it was left. */
export interface TimeKept {
  readonly left: number | null;
  readonly rooms: ReadonlyMap<RoomId, number>;
}

/** The script that was chosen: the workshop's version with it, its id in the library, and what stood before while that can be had again. */
export interface ChosenScript {
  readonly version: number;
  readonly script: string | null;
  readonly title: ByLanguage;
  readonly before?: { readonly script: Script; readonly chosen?: ChosenScript };
}

/** `version`: the workshop's with it. */
export interface Recall {
  readonly startsAt: number;
  readonly version: number;
}

/** Folded from events alone. Rooms are never removed; closing changes permission only. */
export interface WorkshopState {
  readonly id: WorkshopId;
  readonly forumId: ForumId;
  /** Number of events folded in. */
  readonly version: number;
  readonly script: Script;
  /** Steps that were taken out of the row, to be had when they are wanted. */
  readonly parked?: Script;
  /** Absent: the first script, which nobody chose. */
  readonly chosen?: ChosenScript;
  readonly rooms: readonly Room[];
  readonly seating: ReadonlyMap<SeatId, RoomId>;
  /** Where those sat who have left: there they sit again when they are let in. */
  readonly left?: ReadonlyMap<SeatId, RoomId>;
  /** Version with the last change of rooms, seats or pins: what was planned on an older one is not what people would see happen. */
  readonly seatedAt: number;
  /** The same, but for who only sat down. */
  readonly arrangedAt: number;
  /** Absent until somebody is pinned or the rooms are mixed. */
  readonly mixing?: Mixing;
  /** Where everybody sat in steps that ran, as those were left. */
  readonly sat?: ReadonlyMap<StepId, Seating>;
  /** Of steps in which people work in pairs or groups: they are kept, and their boards with them. */
  readonly groups?: ReadonlyMap<StepId, Groups>;
  /** Absent until somebody calls. */
  readonly calls?: Calls;
  /** Of steps in which people speak in turn, from when each began: it goes on where it was left. */
  readonly talks?: ReadonlyMap<StepId, Talk>;
  /** Of steps in which rooms report, from when each began. */
  readonly reports?: ReadonlyMap<StepId, Reports>;
  /** Of steps in which people asked something. */
  readonly questions?: ReadonlyMap<StepId, Questions>;
  /** Pairs of items that are not the same, whoever was asked (`pairOf`). */
  readonly apart?: ReadonlySet<string>;
  readonly step: RunningStep;
  /** Of steps that ran before, for those that run on later. */
  readonly kept?: ReadonlyMap<StepId, TimeKept>;
  /** When the whole was to end as its first timed step began, with the version that began it. */
  readonly plan?: { readonly endsAt: number; readonly began: number };
  /** People choose where they sit. */
  readonly choosing?: true;
  /** Nobody writes in the rooms until whoever runs the workshop lets go, or another step begins. */
  readonly frozen?: true;
  /** Everybody comes together at `startsAt`, and nobody writes in the rooms from then on, until they go back or another step begins. */
  readonly recall?: Recall;
  /** Absent until somebody chose what screens show. */
  readonly screen?: ScreenSetting;
  /** Who looks after a room, of those who sit in it. Absent until somebody is named. */
  readonly hosts?: ReadonlyMap<RoomId, SeatId>;
  readonly closed: boolean;
}
