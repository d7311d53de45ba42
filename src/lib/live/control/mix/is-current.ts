import type { RoomId, SeatId } from '#domain/ids.ts';
import type { WorkshopView } from '#domain/workshop/view.ts';
import type { MixPreview } from '#protocol/mix-query.ts';

/** Whether everybody still sits where the preview would take them from. */
export function isCurrent({ rooms, moves }: MixPreview, view: WorkshopView): boolean {
  const from = new Map<SeatId, RoomId>(rooms.flatMap(({ room, seats }) => seats.map((seat) => [seat, room] as const)));
  for (const [seat, room] of moves) from.set(seat, room);
  const now = view.rooms.flatMap(({ id, seats }) => seats.map((seat) => [seat, id] as const));
  return (
    view.rooms.length === rooms.length &&
    now.length === from.size &&
    now.every(([seat, room]) => from.get(seat) === room)
  );
}
