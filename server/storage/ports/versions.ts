import type { SeatId } from '#domain/ids.ts';
import type { Cut } from '../cuts.ts';

/** A row of the log without its contents. */
export interface RowMark {
  readonly seq: number;
  readonly at: number;
  readonly seat: SeatId | null;
}

/** A document as it was after update `seq`, and the writing since the version before it. */
export interface Version {
  readonly seq: number;
  /** First and last edit. */
  readonly from: number;
  readonly at: number;
  /** Who wrote; null is the server. */
  readonly seats: readonly (SeatId | null)[];
  readonly isBeforeRestore: boolean;
  /** Why it ends where it does; empty after a pause. */
  readonly cuts: readonly Cut[];
}

export interface KeptVersion extends Version {
  /** The whole content as one update. */
  readonly state: Uint8Array;
}
