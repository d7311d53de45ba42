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
  | 'closing'
  /** Others write there, or did. */
  | 'groupWatched'
  | 'groupOver'
  /** They write in their pair or group. */
  | 'grouped';

/**
 * Null while the seat may write, and when the room is not theirs any more. The server decides; this finds the words for it. `document`:
 * the board that is read, where it is not the room's.
 */
export function readingBecause(view: WorkshopView, room: RoomId, document?: string): ReadingBecause | null {
  const { group } = view.me;
  const isGroup = document?.startsWith('group/') === true;
  if (isGroup && document !== group?.document) return view.me.role === 'participant' ? 'groupOver' : 'groupWatched';
  const access = isGroup ? group?.access : view.rooms.find(({ id }) => id === room)?.access;
  if (access === 'write' || access === undefined) return null;
  if (view.me.role === 'observer' || view.me.role === 'translator') return 'observing';
  if (view.closed) return 'closed';
  if (view.frozen) return 'frozen';
  const { task, board } = view.step;
  if (view.recall && board === 'write') return 'recalled';
  if (!isGroup && group?.access === 'write' && board === 'write') return 'grouped';
  if (board === 'write') return 'stepEnded';
  if (task === 'write') return 'stepEnded';
  return task === 'arrive' ? 'notStarted' : task === 'close' ? 'closing' : task;
}
