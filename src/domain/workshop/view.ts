import type { Actor, Role } from '../forum/seat.ts';
import type { ForumId, RoomId, SeatId, WorkshopId } from '../ids.ts';
import { access, type Access } from '../permissions/access.ts';
import { leads } from '../permissions/may.ts';
import type { Script, StepKind } from '../script/step.ts';
import type { WorkshopState } from './state.ts';

export interface RoomView {
  readonly id: RoomId;
  readonly name: string;
  readonly access: Access;
  /** Name of the board's document; absent for whom the board is out of reach. */
  readonly document?: string;
  readonly seats: readonly SeatId[];
}

/** Everything one viewer may know of a workshop, as plain JSON: what is not in here does not leave the server. */
export interface WorkshopView {
  readonly workshop: WorkshopId;
  readonly forum: ForumId;
  readonly version: number;
  readonly closed: boolean;
  readonly script: Script;
  readonly step: {
    readonly index: number;
    readonly kind: StepKind;
    readonly startedAt: number;
    readonly endsAt: number | null;
  };
  readonly me: { readonly seatId: SeatId; readonly role: Role; readonly room: RoomId | null };
  readonly rooms: readonly RoomView[];
  /** For who runs the workshop only. `mix`: the version with the last mix, while it can be taken back. */
  readonly mixing?: { readonly pinned: readonly SeatId[]; readonly mix: number | null };
}

/** The privacy boundary. `now` decides whether a step's grace is over. */
export function view(state: WorkshopState, viewer: Actor, now: number): WorkshopView {
  return {
    workshop: state.id,
    forum: state.forumId,
    version: state.version,
    closed: state.closed,
    script: state.script,
    step: { ...state.step, kind: state.script[state.step.index]?.kind ?? 'close' },
    me: { seatId: viewer.seatId, role: viewer.role, room: state.seating.get(viewer.seatId) ?? null },
    ...(leads(viewer) && { mixing: mixingOf(state) }),
    rooms: state.rooms.map((room) => {
      const granted = access({ kind: 'board', room: room.id }, viewer, state, now);
      return {
        id: room.id,
        name: room.name,
        access: granted,
        ...(granted !== 'none' && { document: `board/${room.id}` }),
        seats: seatsByRoom(state.seating).get(room.id) ?? [],
      };
    }),
  };
}

function mixingOf({ mixing }: WorkshopState): WorkshopView['mixing'] {
  const last = mixing?.last;
  return { pinned: [...(mixing?.pinned ?? [])], mix: last && !last.isTakenBack ? last.version : null };
}

const rosters = new WeakMap<WorkshopState['seating'], ReadonlyMap<RoomId, readonly SeatId[]>>();

/** Once for each seating, however many look at it. */
function seatsByRoom(seating: WorkshopState['seating']): ReadonlyMap<RoomId, readonly SeatId[]> {
  const known = rosters.get(seating);
  if (known) return known;
  const rooms = new Map<RoomId, SeatId[]>();
  for (const [seat, room] of seating) {
    const seats = rooms.get(room);
    if (seats) seats.push(seat);
    else rooms.set(room, [seat]);
  }
  rosters.set(seating, rooms);
  return rooms;
}
