import type { Access } from '../permissions/access.ts';
import type { Parts, RoomPart } from './parts.ts';
import type { RoomView, WorkshopView } from './view.ts';

/** What pages show, put together from the parts that their viewer was given: the same here as in a browser. */
export function composed({ version, shared, mine, rooms, control }: Parts): WorkshopView {
  const { rooms: named, seated, board, frozen, recall, ...rest } = shared;
  const { boards, ...me } = mine;
  const parts = new Map(rooms.map((room) => [room.id, room]));
  const own = mine.role === 'participant' && mine.room !== null ? parts.get(mine.room)?.own : undefined;
  const time = own && { endsAt: own.endsAt, ...(own.left !== undefined && { left: own.left }) };
  const accessOf = (part: RoomPart | undefined): Access => {
    if (boards !== null) return boards;
    return part !== undefined && part.id === mine.room ? (part.own?.board ?? board) : 'none';
  };
  return {
    ...rest,
    ...(frozen && { frozen }),
    ...(recall && { recall }),
    version,
    step: { ...shared.step, ...time },
    me,
    ...control,
    rooms: named.map(({ id, name }, at): RoomView => {
      const part = parts.get(id);
      const access = accessOf(part);
      return {
        id,
        name,
        access,
        ...(access !== 'none' && { document: `board/${id}` }),
        seated: part?.seats.length ?? seated[at] ?? 0,
        seats: part?.seats ?? [],
        ...(part?.host && { host: part.host }),
        ...(control && part?.own && { more: part.own.more }),
      };
    }),
  };
}
