import type { Role } from '#domain/forum/seat.ts';
import type { QuestionId, RoomId, SeatId } from '#domain/ids.ts';
import type { Language } from '#domain/languages/language.ts';
import type { HallCalls, OwnCalls } from '#domain/workshop/calls/view.ts';
import type { HallQuestions, OwnQuestions, QuestionView } from '#domain/workshop/questions/view.ts';
import type { HallTalk, OwnTalk } from '#domain/workshop/talk/view.ts';
import type { WorkshopView } from '#domain/workshop/view.ts';

/** The view as it is for this one viewer, with the server's clock when it was sent (epoch milliseconds). */
export interface ViewMessage {
  readonly view: WorkshopView;
  readonly now: number;
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

/** What the server sends on the live channel. What arrivals change is gathered: a whole hall that sits down is a few messages. */
export interface DownEvents {
  /** On joining, when one's own chair or role changes, and at once after whatever is not about single chairs. */
  view(message: ViewMessage): void;
  /** On joining, and when it was saved otherwise. */
  plan(message: PlanMessage): void;
  /** Chairs that were taken, changed or (null) left since, in the workshop as of `version`. */
  seated(message: { readonly version: number; readonly chairs: readonly (readonly [SeatId, RoomId | null])[] }): void;
  /** Everybody whose name one may read, on joining and when one's own chair or role changes. */
  people(people: readonly PersonAtTable[]): void;
  /** Names that came or changed, and seats that went. */
  peopleChanged(message: { readonly here: readonly PersonAtTable[]; readonly gone: readonly SeatId[] }): void;
  /** Seats that are connected to this workshop now, on joining. */
  present(seats: readonly SeatId[]): void;
  presentChanged(message: { readonly came: readonly SeatId[]; readonly left: readonly SeatId[] }): void;
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
