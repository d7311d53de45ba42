import type { Actor } from '../../forum/seat.ts';
import type { ItemId, SeatId } from '../../ids.ts';
import { LIMITS } from '../../limits.ts';
import { accepted, refused } from '../../refusal.ts';
import type { Decision } from '../decide.ts';
import type { WorkshopState } from '../state.ts';

/** "These two are not the same", so that nobody is asked about them again; and the same taken back. */
export interface ApartCommand {
  readonly kind: 'keepApart' | 'takeBackApart';
  readonly one: ItemId;
  readonly other: ItemId;
}

export interface ApartEvent {
  readonly kind: 'itemsKeptApart' | 'apartTakenBack';
  readonly one: ItemId;
  readonly other: ItemId;
  readonly by: SeatId;
  readonly at: number;
}

/** Nothing that anybody may see or do on a board follows from these. */
export const APART_EVENTS = ['itemsKeptApart', 'apartTakenBack'] as const satisfies readonly ApartEvent['kind'][];

export const isAboutApart = (event: { readonly kind: string }): event is ApartEvent =>
  APART_EVENTS.some((kind) => kind === event.kind);

/** Two items, whichever is named first. */
export const pairOf = (one: string, other: string): string => [one, other].sort().join(' ');

export function decideApart(state: WorkshopState, command: ApartCommand, { seatId: by }: Actor, at: number): Decision {
  const { kind, one, other } = command;
  if (one === other) return refused({ kind: 'fieldInvalid', field: 'other', reason: 'is the same item' });
  const isWanted = kind === 'keepApart';
  const apart = state.apart ?? new Set();
  if (apart.has(pairOf(one, other)) === isWanted) return accepted([]);
  const { most } = LIMITS.pairsApart;
  if (isWanted && apart.size >= most)
    return refused({ kind: 'limitReached', what: 'pairsApart', most, field: 'other' });
  return accepted([{ kind: isWanted ? 'itemsKeptApart' : 'apartTakenBack', one, other, by, at }]);
}

export function evolveApart(state: WorkshopState, { kind, one, other }: ApartEvent): WorkshopState {
  const apart = new Set(state.apart);
  if (kind === 'itemsKeptApart') apart.add(pairOf(one, other));
  else apart.delete(pairOf(one, other));
  return { ...state, apart };
}
