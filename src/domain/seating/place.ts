import type { RoomId } from '../ids.ts';
import type { WorkshopState } from '../workshop/state.ts';

/** The room with the fewest seats; among equals the first in the rooms' order. Null when there is no room at all. */
export function place(state: Pick<WorkshopState, 'rooms' | 'seating'>): RoomId | null {
  const sizes = new Map<RoomId, number>(state.rooms.map((room) => [room.id, 0]));
  for (const room of state.seating.values()) sizes.set(room, (sizes.get(room) ?? 0) + 1);
  let smallest: RoomId | null = null;
  for (const { id } of state.rooms) {
    if (smallest === null || (sizes.get(id) ?? 0) < (sizes.get(smallest) ?? 0)) smallest = id;
  }
  return smallest;
}
