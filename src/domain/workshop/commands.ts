import type { RoomId, SeatId } from '../ids.ts';
import type { Room } from './state.ts';

/**
 * What somebody asks for, in the imperative. `takeSeat` is for oneself: the server places it in the smallest fitting room. `from` is the step
 * that ran, `was` the name that stood there, when it was asked for: others may have been quicker.
 */
export type WorkshopCommand =
  | { readonly kind: 'takeSeat' }
  | { readonly kind: 'moveSeat'; readonly seat: SeatId; readonly room: RoomId }
  | { readonly kind: 'removeSeat'; readonly seat: SeatId }
  | { readonly kind: 'pinSeat'; readonly seat: SeatId }
  | { readonly kind: 'unpinSeat'; readonly seat: SeatId }
  /** Applies the preview that was drawn with this seed, if rooms, seats and pins are still those of `version`. */
  | { readonly kind: 'mixRooms'; readonly seed: number; readonly version: number }
  /** `mix`: the workshop's version when it was mixed. */
  | { readonly kind: 'takeBackMix'; readonly mix: number }
  | { readonly kind: 'openRoom'; readonly room: Room }
  | { readonly kind: 'renameRoom'; readonly room: RoomId; readonly name: string; readonly was?: string }
  | { readonly kind: 'startStep'; readonly index: number; readonly from?: number }
  | { readonly kind: 'extendStep'; readonly minutes: 1 | 3; readonly from?: number }
  | { readonly kind: 'closeWorkshop' }
  | { readonly kind: 'reopenWorkshop' };
