import type { Role } from '#domain/forum/seat.ts';
import type { QuestionId, RoomId, SeatId } from '#domain/ids.ts';
import type { Language } from '#domain/languages/language.ts';
import type { Text } from '#domain/languages/text.ts';
import type { HallCalls, OwnCalls } from '#domain/workshop/calls/view.ts';
import type { HallQuestions, OwnQuestions, QuestionView } from '#domain/workshop/questions/view.ts';
import type { ReportsView } from '#domain/workshop/reports/view.ts';
import type { HallTalk, OwnTalk } from '#domain/workshop/talk/view.ts';
import type { ControlPart, MinePart, Parts, RoomPart, ScreenPart, SharedPart } from '#domain/workshop/parts.ts';
import type { Room } from '#domain/workshop/state.ts';

/** All that this one viewer may know, with the server's clock when it was sent (epoch milliseconds). */
export interface WholeMessage extends Parts {
  readonly now: number;
  readonly screen?: ScreenPart;
}

/** What is another since it was told last. */
export interface SharedMessage {
  readonly version: number;
  readonly now: number;
  readonly changed: Partial<
    Pick<SharedPart, 'closed' | 'frozen' | 'choosing' | 'recall' | 'script' | 'step' | 'board' | 'groups'>
  > & {
    /** Rooms that opened or have another name. */
    readonly rooms?: readonly Room[];
    /** Place among the rooms, and how many sit there now. */
    readonly seated?: readonly (readonly [at: number, count: number])[];
  };
}

export interface MineMessage {
  readonly version: number;
  readonly mine: MinePart;
  /** All that one may know of now. */
  readonly rooms: readonly RoomPart[];
  readonly control?: ControlPart;
}

/** A seat's name for display beside what the seat wrote. `country` is ISO 3166-1 alpha-2, or what was written instead. */
export interface PersonAtTable {
  readonly seatId: SeatId;
  readonly name: string;
  readonly country: string | null;
  readonly language: Language;
  readonly role: Role;
}

/** What pages show of the forum's programme; without a question its title asks. The code is there for who may read it. */
export interface PlanMessage {
  readonly forum: { readonly title: string; readonly language: Language };
  readonly workshop: { readonly title: string; readonly question: string };
  readonly joinCode?: string;
}

/**
 * What the running step has besides boards and clocks, as far as it concerns this one viewer. `names`: of those before everybody, who
 * sit at other tables.
 */
export type RunningPart =
  | (OwnTalk & { readonly names?: readonly (readonly [SeatId, string])[] })
  | HallTalk
  | ReportsView
  | OwnQuestions
  | HallQuestions
  | null;

/** `name`: of who asked, where people ask by name. */
export type HeardQuestion = Omit<QuestionView, 'seat'> & { readonly name: string | null };

/** Questions that came or changed, those that only have other support, and those that went. `isWhole`: there are no others. */
export interface QuestionsMessage {
  readonly isWhole: boolean;
  readonly put: readonly HeardQuestion[];
  readonly support: readonly (readonly [QuestionId, number])[];
  readonly gone: readonly QuestionId[];
}

/** What stands on a room's board, and what was written there lately. */
export interface RoomActivity {
  readonly room: RoomId;
  /** New ideas in each of the last minutes, the present one last. */
  readonly ideas: readonly number[];
  /** Of those who are here: who has written nothing for a while. */
  readonly silent: number;
  /** Percent of all letters by one person; null where there are too few to say. */
  readonly loudest: number | null;
  /** What stands on the board; null: not counted yet. */
  readonly count: { readonly ideas: number; readonly themes: number } | null;
  /** The item in which somebody wrote last in this step, as one line; null: none, or it is for a group alone. `at`: when, epoch milliseconds. */
  readonly line: (Text & { readonly at: number }) | null;
}

/**
 * What the server sends on the live channel, by whom it is for. Each part is the latest state, or as much of it as is another, and
 * names the workshop's version: there is nothing to replay. What arrivals change is gathered: a whole hall that sits down is a few messages.
 */
export interface DownEvents {
  /** On joining. */
  whole(message: WholeMessage): void;
  /** For everybody: at once; how many sit where goes along, or comes by itself every few seconds at most. */
  shared(message: SharedMessage): void;
  /** For those who sit in these rooms, and for whoever reads every board. */
  room(message: { readonly version: number; readonly rooms: readonly RoomPart[] }): void;
  /** For one seat, at once: its chair or role is another. */
  mine(message: MineMessage): void;
  /** For those who run the workshop. */
  control(message: { readonly version: number; readonly changed: Partial<ControlPart> }): void;
  /** For screens on the wall. */
  screen(message: ScreenPart & { readonly version: number }): void;
  /** Names that came or changed, and seats that went, as far as one may read them. `whole`: nobody else is known any more. */
  people(message: {
    readonly put: readonly PersonAtTable[];
    readonly gone: readonly SeatId[];
    readonly whole?: true;
  }): void;
  /** For those who run the workshop: which seats are connected to it. `whole`: no others are. */
  tick(message: { readonly came: readonly SeatId[]; readonly left: readonly SeatId[]; readonly whole?: true }): void;
  /** For those who run the workshop: all rooms on joining, then those in which it is another. */
  activity(rooms: readonly RoomActivity[]): void;
  /** On joining, and when it was saved otherwise. */
  plan(message: PlanMessage): void;
  /** For who runs the forum: how many wait at its door. */
  door(waiting: number): void;
  /** A participant's own, whenever they differ from what was told last; null for whoever is none any more. */
  calls(calls: OwnCalls | null): void;
  /** For those who run the workshop, gathered. */
  hall(calls: HallCalls | null): void;
  /** Whenever it differs from what was told last. */
  running(part: RunningPart): void;
  /** What is asked in the running step. */
  questions(message: QuestionsMessage): void;
}
