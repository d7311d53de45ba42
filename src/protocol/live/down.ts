import type { Role } from '#domain/forum/seat.ts';
import type { SeatId } from '#domain/ids.ts';
import type { Language } from '#domain/languages/language.ts';
import type { WorkshopView } from '#domain/workshop/view.ts';

/** The view as it is for this one viewer, with the server's clock when it was sent (epoch milliseconds). */
export interface ViewMessage {
  readonly view: WorkshopView;
  readonly now: number;
}

/** A seat's name for display beside what the seat wrote. `country` is ISO 3166-1 alpha-2. */
export interface PersonAtTable {
  readonly seatId: SeatId;
  readonly name: string;
  readonly country: string | null;
  readonly language: Language;
  readonly role: Role;
}

/** What the server sends on the live channel. */
export interface DownEvents {
  /** On joining and after each change, coalesced. */
  view(message: ViewMessage): void;
  /** Everybody of the forum whom this seat may know by name (SPEC P23), on joining and after each change. */
  people(people: readonly PersonAtTable[]): void;
  /** Seats that are connected to this workshop now. */
  present(seats: readonly SeatId[]): void;
}
