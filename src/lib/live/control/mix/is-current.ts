import type { RoomId, SeatId } from '#domain/ids.ts';
import type { WorkshopView } from '#domain/workshop/view.ts';
import type { MixPreview } from '#protocol/mix-query.ts';

/** Whether everybody still sits where the preview would take them from. */
export const isCurrent = (preview: MixPreview, view: WorkshopView): boolean =>
  preview.rooms.reduce((sum, { seats }) => sum + seats.length, 0) === seatsOf(view).length && isArranged(preview, view);

/** The same, but for who only sat down: a step takes none of them from there. */
export function isArranged({ rooms, moves }: MixPreview, view: WorkshopView): boolean {
  const from = new Map<SeatId, RoomId>(rooms.flatMap(({ room, seats }) => seats.map((seat) => [seat, room] as const)));
  for (const [seat, room] of moves) from.set(seat, room);
  const now = new Map(seatsOf(view));
  return view.rooms.length === rooms.length && [...from].every(([seat, room]) => now.get(seat) === room);
}

const seatsOf = ({ rooms }: WorkshopView) => rooms.flatMap(({ id, seats }) => seats.map((seat) => [seat, id] as const));
