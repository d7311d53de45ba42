import type { RoomId, SeatId, StepId } from '../../ids.ts';
import { allows } from '../../script/allows.ts';
import { sizeOfGroups } from '../../script/small-groups.ts';
import type { Step } from '../../script/step.ts';
import type { WorkshopState } from '../state.ts';
import { isRunning } from '../time.ts';
import { placeInRoom, type Group } from './state.ts';

/** A pair's or group's board, as those who run the workshop find it. */
export interface ListedGroup {
  readonly number: number;
  /** Among those of its room: how people call it. */
  readonly place: number;
  readonly seats: readonly SeatId[];
  /** Of these, who came after the step had begun. */
  readonly late: readonly SeatId[];
  readonly left: readonly SeatId[];
}

export interface ListedStep extends Pick<Step, 'kind' | 'title'> {
  readonly id: StepId;
  readonly isRunning: boolean;
  /** They write; else they only talk, and there is nothing to read. */
  readonly hasBoards: boolean;
  /** How many it puts together. */
  readonly size: number;
  /** In the order of the rooms; those without a group are not among them. */
  readonly rooms: readonly { readonly room: RoomId; readonly name: string; readonly groups: readonly ListedGroup[] }[];
}

/** The groups of every step that has begun, in the order of the script. */
export function listedGroups(state: WorkshopState, now: number): ListedStep[] {
  return state.script.flatMap((step): ListedStep[] => {
    const groups = state.groups?.get(step.id);
    if (!groups) return [];
    const { id, kind, title } = step;
    const listed = ({ number, room, seats, late, left }: Group): ListedGroup => ({
      number,
      place: placeInRoom(groups, { number, room }),
      seats,
      late,
      left,
    });
    const rooms = state.rooms.flatMap(({ id: room, name }) => {
      const here = [...groups.values()].filter((group) => group.room === room).sort((a, b) => a.number - b.number);
      return here.length > 0 ? [{ room, name, groups: here.map(listed) }] : [];
    });
    const size = sizeOfGroups(step) ?? 2;
    const hasBoards = allows(step).board === 'write';
    return [{ id, kind, ...(title && { title }), isRunning: isRunning(state, id, now), hasBoards, size, rooms }];
  });
}
