import type { ForeseenGroups } from '#domain/workshop/groups/foreseen.ts';
import type { WorkshopView } from '#domain/workshop/view.ts';

/** Whether everybody still sits in the room whose groups were foreseen. */
export function isForeseen({ rooms }: ForeseenGroups, view: Pick<WorkshopView, 'rooms'>): boolean {
  const foreseen = new Map(
    rooms.flatMap(({ room, groups }) => groups.flatMap(({ seats }) => seats.map((seat) => [seat, room] as const))),
  );
  const now = view.rooms.flatMap(({ id, seats }) => seats.map((seat) => [seat, id] as const));
  return now.length === foreseen.size && now.every(([seat, room]) => foreseen.get(seat) === room);
}
