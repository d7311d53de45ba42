import type { RoomId, SeatId, StepId } from '../ids.ts';
import type { ApartCommand } from './apart/apart.ts';
import type { CallCommand } from './calls/commands.ts';
import type { ScriptCommand } from './commands-script.ts';
import type { QuestionCommand } from './questions/commands.ts';
import type { ReportCommand } from './reports/commands.ts';
import type { ScreenCommand } from './screen.ts';
import type { Room } from './state.ts';
import type { TalkCommand } from './talk/commands.ts';

/**
 * What somebody asks for, in the imperative. `takeSeat` is for oneself: the server places it in the smallest fitting room. `from` is the step
 * that ran (`began`: the workshop's version when it began, for one that runs again), `was` the name that stood there, when it was asked
 * for: others may have been quicker.
 */
export type WorkshopCommand =
  | ScriptCommand
  | { readonly kind: 'takeSeat' }
  | { readonly kind: 'moveSeat'; readonly seat: SeatId; readonly room: RoomId }
  /** Whether people choose where they sit; and, for oneself, where. */
  | { readonly kind: 'letChoose' | 'endChoosing' }
  | { readonly kind: 'chooseRoom'; readonly room: RoomId }
  | { readonly kind: 'removeSeat'; readonly seat: SeatId }
  | { readonly kind: 'pinSeat'; readonly seat: SeatId }
  | { readonly kind: 'unpinSeat'; readonly seat: SeatId }
  /** Applies the preview that was drawn with this seed, if rooms, seats and pins are still those of `version`. */
  | { readonly kind: 'mixRooms'; readonly seed: number; readonly version: number }
  /** `mix`: the workshop's version when it was mixed. */
  | { readonly kind: 'takeBackMix'; readonly mix: number }
  | { readonly kind: 'openRoom'; readonly room: Room }
  | { readonly kind: 'renameRoom'; readonly room: RoomId; readonly name: string; readonly was?: string }
  | { readonly kind: 'startStep'; readonly step: StepId; readonly from?: StepId }
  /** To the step after, or before, this one. Where people write, with grace unless `atOnce`, which also ends a grace that runs. */
  | {
      readonly kind: 'next' | 'back';
      readonly from: StepId;
      readonly began?: number;
      readonly atOnce?: boolean;
      /** The preview of how people sit in the step that comes. Whoever moves is told before, so that it begins after the grace at the earliest. */
      readonly seating?: { readonly seed: number; readonly version: number };
    }
  /** Nothing follows by itself: people keep writing. */
  | { readonly kind: 'keepWriting'; readonly from: StepId; readonly began?: number }
  /** Undoes the turn with which the running step began. */
  | { readonly kind: 'takeBackTurn'; readonly began: number }
  /** For everybody, or for one room. */
  | { readonly kind: 'extendStep'; readonly minutes: 1 | 3; readonly room?: RoomId; readonly from?: StepId }
  /** `added`: the workshop's version when the minutes were. */
  | { readonly kind: 'takeBackMinutes'; readonly added: number }
  /** For everybody; rooms keep what they have more. Null: without a limit. */
  | { readonly kind: 'setTime'; readonly minutes: number | null; readonly from: StepId; readonly began?: number }
  | { readonly kind: 'pauseStep' | 'resumeStep'; readonly from: StepId; readonly began?: number }
  /** Of a step that has not begun. */
  | { readonly kind: 'setLength'; readonly step: StepId; readonly minutes: number | null }
  /** Everybody in the rooms puts their pens down at once, and takes them up again. */
  | { readonly kind: 'freezeBoards' | 'unfreezeBoards'; readonly from: StepId; readonly began?: number }
  /** Everybody comes together after a grace, and goes back. `recall`: the workshop's version with it. */
  | { readonly kind: 'recallRooms'; readonly from: StepId; readonly began?: number }
  | { readonly kind: 'returnToRooms'; readonly recall: number }
  /** Of the people who sit in the room; `instead` of whom, where it had a host when it was asked for. */
  | { readonly kind: 'nameHost'; readonly room: RoomId; readonly seat: SeatId; readonly instead?: SeatId }
  | { readonly kind: 'releaseHost'; readonly room: RoomId; readonly seat: SeatId }
  | { readonly kind: 'closeWorkshop' }
  | { readonly kind: 'reopenWorkshop' }
  | ApartCommand
  | CallCommand
  | TalkCommand
  | ReportCommand
  | ScreenCommand
  | QuestionCommand;

/** The commands of one kind, or of some. */
export type CommandOf<Kind extends WorkshopCommand['kind']> = Extract<WorkshopCommand, { kind: Kind }>;
