import type { SeatId } from '../../ids.ts';
import type { Circle } from './state.ts';

/**
 * Who speaks while people talk. `began` is the version with which the step began, `from` the one with which the floor came to stand
 * as it was seen: others may have been quicker.
 */
export type TalkCommand =
  | { readonly kind: 'askToSpeak'; readonly began: number }
  | { readonly kind: 'takeBackAsking'; readonly began: number }
  /** To whoever is next, or to nobody; where everybody has spoken, a round begins anew. */
  | { readonly kind: 'passOn'; readonly circle: Circle; readonly from: number }
  /** Out of turn. `takesBack`: whoever speaks now was given it by mistake, and has their place in line again. */
  | {
      readonly kind: 'giveFloor';
      readonly circle: Circle;
      readonly seat: SeatId;
      readonly from: number;
      readonly takesBack?: boolean;
    };
