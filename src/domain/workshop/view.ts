import type { Actor, Role } from '../forum/seat.ts';
import type { ForumId, RoomId, SeatId, StepId, WorkshopId } from '../ids.ts';
import type { ByLanguage } from '../languages/by-language.ts';
import type { Access } from '../permissions/access.ts';
import type { SeatingAsked } from '../script/seating-of.ts';
import type { StepKind } from '../script/step.ts';
import { composed } from './composed.ts';
import type { GroupView, GroupWritten } from './groups/view.ts';
import { partsFor, screenParts } from './parts.ts';
import type { ScreenSetting } from './screen.ts';
import type { AddedMinutes, Recall, WorkshopState } from './state.ts';
import type { PlanningView, StepLine, StepWords } from './view-script.ts';

export interface RoomView {
  readonly id: RoomId;
  readonly name: string;
  readonly access: Access;
  /** Name of the board's document; absent for whom the board is out of reach. */
  readonly document?: string;
  readonly seated: number;
  /** Who they are, for those who sit there and for whoever reads every board; else nobody. */
  readonly seats: readonly SeatId[];
  /** Who looks after it; told as `seats` are. */
  readonly host?: SeatId;
  /** Where people work in groups: who with whom. */
  readonly groups?: readonly GroupView[];
  /** For who runs the workshop: milliseconds that the room has more than the others. */
  readonly more?: number;
}

export interface OwnGroup extends GroupView {
  readonly document: string;
  readonly access: Access;
}

/** A step that can be turned to. */
export interface WayView {
  readonly step: StepId;
  readonly kind: StepKind;
  readonly title?: ByLanguage;
  /** How people are seated for it, where that is not as they sit. */
  readonly seating?: SeatingAsked;
  /** How many work together in it, where that is in pairs or groups. */
  readonly groups?: number;
  /** Whether people write now who could not then: they are given grace. */
  readonly takesPens: boolean;
  /** Milliseconds with which it would go on; null: its whole time, or no limit. */
  readonly left: number | null;
}

/** What of the running step is for those who run the workshop. */
export interface TurningView {
  /** What begins by itself, when, and how many sit elsewhere then; until then people finish their sentence. */
  readonly turn: {
    readonly to: StepId;
    readonly startsAt: number;
    readonly moves?: number;
    readonly by?: SeatId;
  } | null;
  /** The version with which the running step began, and whose deed that was, where it is known. */
  readonly begun: { readonly began: number; readonly by?: SeatId };
  /** The last minutes that can be taken back. */
  readonly added: Pick<AddedMinutes, 'version' | 'minutes' | 'room' | 'isSet'> | null;
  readonly next: WayView | null;
  readonly back: WayView | null;
  /** The step to which the turn can be taken back that began this one. */
  readonly before: StepId | null;
  /** When the whole was to end. */
  readonly plannedEnd: number | null;
}

export interface StepView extends StepWords {
  readonly id: StepId;
  readonly index: number;
  readonly began: number;
  readonly kind: StepKind;
  readonly startedAt: number;
  /** In the viewer's own room; everybody's for who has none. Null: no limit, or the clock is paused. */
  readonly endsAt: number | null;
  /** Milliseconds that are left while the clock is paused. */
  readonly left?: number;
  /** When the next step begins in rooms that were announced: its clock runs until then. */
  readonly roomsAt?: number;
}

/** Everything one viewer may know of a workshop, as plain JSON: what is not in here does not leave the server. */
export interface WorkshopView {
  readonly workshop: WorkshopId;
  readonly forum: ForumId;
  readonly version: number;
  readonly closed: boolean;
  /** Participants' boards are for reading, whatever the step allows. */
  readonly frozen?: true;
  readonly choosing?: true;
  /** When everybody comes together; from then on nobody writes in the rooms. */
  readonly recall?: Recall;
  /** The steps that are run. `step.index` counts in them. */
  readonly script: readonly StepLine[];
  readonly step: StepView;
  readonly me: {
    readonly seatId: SeatId;
    readonly role: Role;
    readonly room: RoomId | null;
    /** Announced with the step that comes; until then one sits where one sat. */
    readonly goesTo?: { readonly room: RoomId; readonly at: number };
    /** Who one works with in this step, and their board. */
    readonly group?: OwnGroup;
    /** Groups of other steps in which one wrote, the latest last. */
    readonly wrote?: readonly GroupWritten[];
  };
  readonly rooms: readonly RoomView[];
  /** For who runs the workshop only. `mix`: the version with the last mix, while it can be taken back. */
  readonly turning?: TurningView;
  readonly planning?: PlanningView;
  readonly mixing?: { readonly pinned: readonly SeatId[]; readonly mix: number | null };
  readonly screen?: ScreenSetting;
}

/** A viewer's parts put together, for a page's first rendering. `now` decides whether a step's grace is over. */
export const view = (state: WorkshopState, viewer: Actor, now: number): WorkshopView =>
  composed(partsFor(state, viewer, now));

/** The same for a screen on the wall. */
export const screenView = (state: WorkshopState, viewer: Actor, now: number): WorkshopView =>
  composed(screenParts(state, viewer, now));
