import type { SeatId } from '../../ids.ts';
import type { Circle } from './state.ts';

export type TalkEvent =
  | { readonly kind: 'speakingAsked'; readonly seat: SeatId; readonly at: number }
  | { readonly kind: 'askingTakenBack'; readonly seat: SeatId; readonly at: number }
  /** `endsAt` on the step's clock; null has no limit. `takesBack`: who spoke has not had their turn. */
  | {
      readonly kind: 'floorGiven';
      readonly circle: Circle;
      readonly seat: SeatId;
      readonly endsAt: number | null;
      readonly takesBack?: true;
      readonly by: SeatId;
      readonly at: number;
    }
  | { readonly kind: 'floorLeft'; readonly circle: Circle; readonly by: SeatId; readonly at: number }
  /** Everybody is to speak once more. */
  | { readonly kind: 'roundBegun'; readonly circle: Circle; readonly by: SeatId; readonly at: number };

const KINDS: Readonly<Record<TalkEvent['kind'], true>> = {
  speakingAsked: true,
  askingTakenBack: true,
  floorGiven: true,
  floorLeft: true,
  roundBegun: true,
};

/** Nothing that anybody may see or do on a board follows from these. */
export const TALK_EVENTS = Object.keys(KINDS) as readonly TalkEvent['kind'][];

export const isTalk = (event: { readonly kind: string }): event is TalkEvent => Object.hasOwn(KINDS, event.kind);
