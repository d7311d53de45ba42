import { mergeText } from '../languages/merge-text.ts';
import { oneLine } from '../languages/one-line.ts';
import { isSeen } from '../languages/seen.ts';
import { LIMITS } from '../limits.ts';
import { accepted, refused, type Refusal } from '../refusal.ts';
import type { CommandOf } from './commands.ts';
import type { Decision } from './decide.ts';
import type { WorkshopEvent } from './events.ts';
import type { Room, WorkshopState } from './state.ts';

export const MOST_ROOMS = LIMITS.roomsOfWorkshop.most;
const LONGEST_ROOM_NAME = 80;

type Renaming = Pick<CommandOf<'renameRoom'>, 'room' | 'name' | 'was'>;

/** A room that is there already under this id is not opened twice. */
export function openRoom(state: WorkshopState, room: Room, at: number): Decision {
  if (state.rooms.some(({ id }) => id === room.id)) return accepted([]);
  if (state.closed) return refused({ kind: 'workshopClosed' });
  if (state.rooms.length >= MOST_ROOMS)
    return refused({ kind: 'fieldInvalid', field: 'rooms', reason: `≤ ${MOST_ROOMS}` });
  const name = oneLine(room.name);
  const wrong = nameRefusal(name);
  return wrong ? refused(wrong) : accepted([{ kind: 'roomOpened', room: { id: room.id, name }, at }]);
}

/** What the sender changed in the name is changed in the one that stands there now. */
export function renameRoom(state: WorkshopState, { room: id, name: wanted, was }: Renaming, at: number): Decision {
  const room = state.rooms.find((candidate) => candidate.id === id);
  if (!room) return refused({ kind: 'roomUnknown' });
  const name = mergeText(was ?? room.name, oneLine(wanted), room.name).trim();
  const wrong = nameRefusal(name);
  if (wrong) return refused(wrong);
  return accepted(room.name === name ? [] : [{ kind: 'roomRenamed', room: id, name, at }]);
}

/** What brings the workshop's rooms up to the forum's plan. A room that the plan lost stays: rooms are never removed. */
export function followPlan(state: WorkshopState, planned: readonly Room[], at: number): WorkshopEvent[] {
  return planned.flatMap((room): WorkshopEvent[] => {
    const open = state.rooms.find(({ id }) => id === room.id);
    if (!open) return [{ kind: 'roomOpened', room: { id: room.id, name: room.name }, at }];
    return open.name === room.name ? [] : [{ kind: 'roomRenamed', room: room.id, name: room.name, at }];
  });
}

function nameRefusal(name: string): Refusal | null {
  if (!isSeen(name)) return { kind: 'fieldMissing', field: 'room' };
  if (name.length <= LONGEST_ROOM_NAME) return null;
  return { kind: 'fieldInvalid', field: 'room', reason: `≤ ${LONGEST_ROOM_NAME}` };
}
