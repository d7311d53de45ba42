import type { MixWay } from '../seating/mix.ts';
import type { ForumId, RoomId, SeatId, StepId, WorkshopId } from '../ids.ts';
import type { Script } from '../script/step.ts';
import type { ApartEvent } from './apart/apart.ts';
import type { CallEvent } from './calls/events.ts';
import type { ScriptEvent } from './events-script.ts';
import type { GroupEvent } from './groups/events.ts';
import type { QuestionEvent } from './questions/events.ts';
import type { ReportEvent } from './reports/events.ts';
import type { ScreenEvent } from './screen.ts';
import type { Room } from './state.ts';
import type { TalkEvent } from './talk/events.ts';

/** Who sat down together in which room: those alone who had to move. */
export interface Table {
  readonly room: RoomId;
  readonly seats: readonly SeatId[];
}

/** As a preview showed it. */
export interface SeatsAnnounced {
  readonly way: MixWay;
  readonly seed: number;
  readonly tables: readonly Table[];
}

/** A room and when its step ends, for rooms that were given minutes of their own. */
export type RoomEnd = readonly [RoomId, number];

/**
 * What happened, in the past tense and for ever: kinds may be added; one that changes is a new version, and `upcast` reads the old one.
 * Times are epoch milliseconds. `by`: whose command it was; nobody's where the server kept to what had been announced.
 */
export type WorkshopEvent =
  | ScriptEvent
  | ApartEvent
  | {
      readonly kind: 'workshopOpened';
      readonly workshop: WorkshopId;
      readonly forum: ForumId;
      readonly script: Script;
      readonly rooms: readonly Room[];
      readonly at: number;
    }
  | { readonly kind: 'roomOpened'; readonly room: Room; readonly at: number }
  | { readonly kind: 'roomRenamed'; readonly room: RoomId; readonly name: string; readonly at: number }
  | { readonly kind: 'seatTaken'; readonly seat: SeatId; readonly room: RoomId; readonly at: number }
  | { readonly kind: 'seatMoved'; readonly seat: SeatId; readonly room: RoomId; readonly at: number }
  | { readonly kind: 'seatLeft'; readonly seat: SeatId; readonly at: number }
  | { readonly kind: 'choosingBegun' | 'choosingEnded'; readonly by: SeatId; readonly at: number }
  | { readonly kind: 'seatPinned'; readonly seat: SeatId; readonly at: number }
  | { readonly kind: 'seatUnpinned'; readonly seat: SeatId; readonly at: number }
  /** The result is stored with the seed it was drawn with: nobody ever computes it again. */
  | {
      readonly kind: 'roomsMixed';
      readonly way: MixWay;
      readonly seed: number;
      readonly tables: readonly Table[];
      /** Which begins with it, and was announced with these rooms. */
      readonly step?: StepId;
      readonly at: number;
    }
  | { readonly kind: 'mixTakenBack'; readonly tables: readonly Table[]; readonly at: number }
  | {
      readonly kind: 'stepStarted';
      readonly step: StepId;
      readonly endsAt: number | null;
      /** Of a step that goes on with what was left of it. */
      readonly rooms?: readonly RoomEnd[];
      /** Version with which the step began that this takes back. */
      readonly takesBack?: number;
      readonly by?: SeatId;
      readonly at: number;
    }
  /** Another step begins at `startsAt`, unless people keep writing. */
  | {
      readonly kind: 'turnAnnounced';
      readonly to: StepId;
      readonly startsAt: number;
      /** Who sits elsewhere then. */
      readonly seats?: SeatsAnnounced;
      readonly by: SeatId;
      readonly at: number;
    }
  | { readonly kind: 'turnCalledOff'; readonly by: SeatId; readonly at: number }
  /** `room`: whose minutes they were; all rooms' without. */
  | {
      readonly kind: 'stepExtended';
      readonly endsAt: number;
      readonly rooms?: readonly RoomEnd[];
      readonly minutes?: number;
      readonly room?: RoomId;
      readonly by?: SeatId;
      readonly at: number;
    }
  | {
      readonly kind: 'minutesTakenBack';
      readonly added: number;
      readonly endsAt: number;
      readonly rooms?: readonly RoomEnd[];
      readonly by: SeatId;
      readonly at: number;
    }
  /** `shift`: milliseconds more than it was, less below 0; absent where there was no limit, or is none any more. */
  | {
      readonly kind: 'timeSet';
      readonly endsAt: number | null;
      readonly rooms?: readonly RoomEnd[];
      readonly shift?: number;
      readonly by: SeatId;
      readonly at: number;
    }
  | { readonly kind: 'stepPaused'; readonly by: SeatId; readonly at: number }
  | { readonly kind: 'stepResumed'; readonly by: SeatId; readonly at: number }
  | {
      readonly kind: 'lengthSet';
      readonly step: StepId;
      readonly minutes: number | null;
      readonly by: SeatId;
      readonly at: number;
    }
  | { readonly kind: 'boardsFrozen' | 'boardsUnfrozen'; readonly by: SeatId; readonly at: number }
  /** Everybody comes together at `startsAt`, unless they go back to their rooms before. */
  | { readonly kind: 'roomsRecalled'; readonly startsAt: number; readonly by: SeatId; readonly at: number }
  | { readonly kind: 'roomsReturned'; readonly by: SeatId; readonly at: number }
  | {
      readonly kind: 'hostNamed';
      readonly room: RoomId;
      readonly seat: SeatId;
      readonly by: SeatId;
      readonly at: number;
    }
  | { readonly kind: 'hostReleased'; readonly room: RoomId; readonly by: SeatId; readonly at: number }
  | { readonly kind: 'workshopClosed'; readonly at: number }
  | { readonly kind: 'workshopReopened'; readonly at: number }
  | GroupEvent
  | CallEvent
  | TalkEvent
  | ReportEvent
  | ScreenEvent
  | QuestionEvent;
