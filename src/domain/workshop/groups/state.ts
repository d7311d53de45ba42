import type { RoomId, SeatId } from '../../ids.ts';
import { isSmallGroups } from '../../script/small-groups.ts';
import type { Step } from '../../script/step.ts';
import type { WorkshopState } from '../state.ts';

/** People of one room who work together in a step, with a board of their own. */
export interface Group {
  /** Counts from 1 through all rooms of the step; never given again. */
  readonly number: number;
  readonly room: RoomId;
  readonly seats: readonly SeatId[];
  /** Of these, who came after the step had begun. */
  readonly late: readonly SeatId[];
  /** Who was in it and is not any more: what they wrote there they can read again once the step is over. */
  readonly left: readonly SeatId[];
}

/** Of one step, by their numbers. */
export type Groups = ReadonlyMap<number, Group>;

/** Of the step that runs; absent where people work in rooms. */
export const groupsNow = ({ groups, step }: Pick<WorkshopState, 'groups' | 'step'>): Groups | undefined =>
  groups?.get(step.id);

/**
 * Whether people work in groups in a step, and not at the board of their room. A step that ran before there were groups goes on as it
 * began.
 */
export const isGrouped = ({ groups, step }: Pick<WorkshopState, 'groups' | 'step'>, of: Step): boolean =>
  of.id === step.id ? groups?.has(of.id) === true : isSmallGroups(of);

/** Counts from 1 in the room, and stays: new ones come behind, and those that everybody left are counted too. */
export function placeInRoom(groups: Groups, { number, room }: Pick<Group, 'number' | 'room'>): number {
  return [...groups.values()].filter((group) => group.room === room && group.number <= number).length;
}

export function groupOf(groups: Groups | undefined, seat: SeatId): Group | null {
  for (const group of groups?.values() ?? []) if (group.seats.includes(seat)) return group;
  return null;
}
