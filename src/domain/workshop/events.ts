import type { MixWay } from '../seating/mix.ts';
import type { ForumId, RoomId, SeatId, WorkshopId } from '../ids.ts';
import type { Script } from '../script/step.ts';
import type { Room } from './state.ts';

/** Who sat down together in which room: those alone who had to move. */
export interface Table {
  readonly room: RoomId;
  readonly seats: readonly SeatId[];
}

/** What happened, in the past tense and for ever: kinds may be added, never changed. Times are epoch milliseconds. */
export type WorkshopEvent =
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
  | { readonly kind: 'seatPinned'; readonly seat: SeatId; readonly at: number }
  | { readonly kind: 'seatUnpinned'; readonly seat: SeatId; readonly at: number }
  /** The result is stored with the seed it was drawn with: nobody ever computes it again. */
  | {
      readonly kind: 'roomsMixed';
      readonly way: MixWay;
      readonly seed: number;
      readonly tables: readonly Table[];
      readonly at: number;
    }
  | { readonly kind: 'mixTakenBack'; readonly tables: readonly Table[]; readonly at: number }
  | { readonly kind: 'stepStarted'; readonly index: number; readonly endsAt: number | null; readonly at: number }
  | { readonly kind: 'stepExtended'; readonly endsAt: number; readonly at: number }
  | { readonly kind: 'workshopClosed'; readonly at: number }
  | { readonly kind: 'workshopReopened'; readonly at: number };
