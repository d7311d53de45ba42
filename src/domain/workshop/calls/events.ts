import type { BroadcastId, RoomId, SeatId } from '../../ids.ts';
import type { Language } from '../../languages/language.ts';
import type { Pace } from './commands.ts';

export type CallEvent =
  | { readonly kind: 'helpCalled'; readonly room: RoomId; readonly seat: SeatId; readonly at: number }
  /** By who called, or because their seat was taken away. */
  | { readonly kind: 'helpCalledOff'; readonly room: RoomId; readonly at: number }
  | { readonly kind: 'helpTaken'; readonly room: RoomId; readonly by: SeatId; readonly at: number }
  | { readonly kind: 'helpLeft'; readonly room: RoomId; readonly by: SeatId; readonly at: number }
  | { readonly kind: 'helpEnded'; readonly room: RoomId; readonly by: SeatId; readonly at: number }
  | { readonly kind: 'paceTold'; readonly seat: SeatId; readonly pace: Pace | null; readonly at: number }
  /** `room`: the one it is for; all rooms without. */
  | {
      readonly kind: 'broadcastSent';
      readonly id: BroadcastId;
      readonly text: string;
      readonly lang: Language;
      readonly room?: RoomId;
      readonly by: SeatId;
      readonly at: number;
    }
  | { readonly kind: 'broadcastTakenBack'; readonly id: BroadcastId; readonly by: SeatId; readonly at: number }
  | { readonly kind: 'broadcastRead'; readonly id: BroadcastId; readonly seat: SeatId; readonly at: number };

const KINDS: Readonly<Record<CallEvent['kind'], true>> = {
  helpCalled: true,
  helpCalledOff: true,
  helpTaken: true,
  helpLeft: true,
  helpEnded: true,
  paceTold: true,
  broadcastSent: true,
  broadcastTakenBack: true,
  broadcastRead: true,
};

/** Nothing that anybody may see or do on a board follows from these. */
export const CALL_EVENTS = Object.keys(KINDS) as readonly CallEvent['kind'][];

export const isCall = (event: { readonly kind: string }): event is CallEvent => Object.hasOwn(KINDS, event.kind);
