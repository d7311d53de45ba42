import type { RoomId, SeatId } from '#domain/ids.ts';
import type { WorkshopView } from '#domain/workshop/view.ts';
import type { DownEvents, PersonAtTable } from './down.ts';

/** The view after chairs have changed; the same one when it is newer already. */
export function reseated(view: WorkshopView, { version, chairs }: Parameters<DownEvents['seated']>[0]): WorkshopView {
  if (version < view.version) return view;
  const rooms = new Map<SeatId, RoomId | null>(chairs);
  return {
    ...view,
    version,
    rooms: view.rooms.map((room) => {
      const kept = room.seats.filter((seat) => !rooms.has(seat));
      const came = chairs.flatMap(([seat, taken]) => (taken === room.id ? [seat] : []));
      return kept.length === room.seats.length && came.length === 0 ? room : { ...room, seats: [...kept, ...came] };
    }),
  };
}

/** Who is there after some came and some left. */
export function presentAfter(
  present: readonly SeatId[],
  { came, left }: Parameters<DownEvents['presentChanged']>[0],
): readonly SeatId[] {
  const now = new Set([...present, ...came]);
  for (const seat of left) now.delete(seat);
  return [...now];
}

/** Those of these seats that are no longer among the people. */
export function missingFrom(people: readonly PersonAtTable[], seats: Iterable<SeatId>): SeatId[] {
  const told = new Set(people.map(({ seatId }) => seatId));
  return [...seats].filter((seat) => !told.has(seat));
}
