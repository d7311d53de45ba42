import type { SeatId, WorkshopId } from '#domain/ids.ts';
import type { Script } from '#domain/script/step.ts';

/** What the process of the simulated people is told at its start. */
export interface Begin {
  readonly kind: 'begin';
  /** As the server calls itself, and where it is asked by who is on this machine. */
  readonly origin: string;
  readonly at: string;
  readonly slug: string;
  readonly workshop: WorkshopId;
  readonly script: Script;
  readonly languages: readonly string[];
  readonly people: number;
  readonly speed: number;
  readonly seed: number;
  /** Of whoever turns the steps by the clock; null: somebody does it by hand. */
  readonly leader: string | null;
}

/** The answer to `seat`. Null: there is none. */
export interface Seated {
  readonly kind: 'seated';
  readonly index: number;
  readonly seat: { readonly id: SeatId; readonly cookie: string; readonly document: string } | null;
}

export type ToPeople = Begin | Seated;

/** Who comes next asks for a seat: by this way alone does anybody come into a rehearsal. */
export interface AskSeat {
  readonly kind: 'seat';
  readonly index: number;
}
