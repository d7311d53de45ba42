import type { Access } from '../permissions/access.ts';
import type { Parts, RoomPart } from './parts.ts';
import type { OwnGroup, RoomView, WorkshopView } from './view.ts';

/** What pages show, put together from the parts that their viewer was given: the same here as in a browser. */
export function composed({ version, shared, mine, rooms, control }: Parts): WorkshopView {
  const { rooms: named, seated, board, groups, frozen, choosing, recall, ...rest } = shared;
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
    ...(choosing && { choosing }),
    ...(recall && { recall }),
    version,
    step: { ...shared.step, ...time },
    me: { ...me, ...ownGroup({ shared, mine }, parts) },
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
        ...(groups !== null && part?.groups?.step === shared.step.id && { groups: part.groups.list }),
        ...(control && part?.own && { more: part.own.more }),
      };
    }),
  };
}

/** Told with the room; of a step that is over by now it says nothing. */
function ownGroup(
  { shared, mine }: Pick<Parts, 'shared' | 'mine'>,
  parts: ReadonlyMap<RoomPart['id'], RoomPart>,
): { readonly group?: OwnGroup } {
  const part = mine.role === 'participant' && mine.room !== null ? parts.get(mine.room) : undefined;
  if (shared.groups === null || part?.groups?.step !== shared.step.id) return {};
  const group = part.groups.list.find(({ seats }) => seats.includes(mine.seatId));
  if (!group) return {};
  const document = `group/${shared.workshop}/${shared.step.id}/${group.number}`;
  return { group: { ...group, document, access: part.own?.groups ?? shared.groups } };
}
