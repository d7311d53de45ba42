import type { RoomId } from '#domain/ids.ts';
import type { Task } from '#domain/script/step-rules.ts';
import type { WorkshopView } from '#domain/workshop/view.ts';

/** Why a seat may only read a room's board now. */
export type ReadingBecause =
  | 'observing'
  | 'closed'
  | 'frozen'
  | 'recalled'
  | 'notStarted'
  | 'stepEnded'
  | Exclude<Task, 'arrive' | 'write' | 'close'>
  | 'closing';

/** Null while the seat may write, and when the room is not theirs any more. The server decides; this finds the words for it. */
export function readingBecause(view: WorkshopView, room: RoomId): ReadingBecause | null {
  const access = view.rooms.find(({ id }) => id === room)?.access;
  if (access === 'write' || access === undefined) return null;
  if (view.me.role === 'observer' || view.me.role === 'translator') return 'observing';
  if (view.closed) return 'closed';
  if (view.frozen) return 'frozen';
  const { task, board } = view.step;
  if (view.recall && board === 'write') return 'recalled';
  if (board === 'write') return 'stepEnded';
  if (task === 'write') return 'stepEnded';
  return task === 'arrive' ? 'notStarted' : task === 'close' ? 'closing' : task;
}
