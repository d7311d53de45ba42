import type { BroadcastId, RoomId, SeatId } from '../../ids.ts';
import type { Language } from '../../languages/language.ts';

/** What somebody says of their own work in the step: that they are done, or that they would like more time. */
export type Pace = 'done' | 'more';

/**
 * How people in rooms and those who run the workshop reach each other. Participants ask for themselves and for the room they sit in.
 * `call` is the workshop's version with the call that was meant, `began` the one with which the step began.
 */
export type CallCommand =
  | { readonly kind: 'callHelp' }
  | { readonly kind: 'callOffHelp'; readonly call: number }
  /** "On my way"; `instead` of whom, where somebody else was on the way when it was asked for. */
  | { readonly kind: 'takeHelp'; readonly call: number; readonly instead?: SeatId }
  /** Not on the way after all. */
  | { readonly kind: 'leaveHelp'; readonly call: number }
  | { readonly kind: 'endHelp'; readonly call: number }
  | { readonly kind: 'tellPace'; readonly pace: Pace | null; readonly began: number }
  /** One line to all rooms, or to one. `until`: after that (server's time) it is not sent any more, rather than told late. */
  | {
      readonly kind: 'sendBroadcast';
      /** The sender's own: a line that is sent again is sent once. */
      readonly id: BroadcastId;
      readonly text: string;
      readonly lang: Language;
      readonly room?: RoomId;
      readonly until: number;
    }
  | { readonly kind: 'takeBackBroadcast'; readonly id: BroadcastId }
  | { readonly kind: 'readBroadcast'; readonly id: BroadcastId };
