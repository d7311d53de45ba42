import type { RoomId, SeatId } from '../ids.ts';
import { accepted, refused } from '../refusal.ts';
import type { CommandOf } from './commands.ts';
import type { Decision } from './decide.ts';
import { staying } from './hosts.ts';
import type { WorkshopState } from './state.ts';

/** Whether people choose where they sit, of those who run the workshop. */
export function letChoose(
  state: WorkshopState,
  { kind }: CommandOf<'letChoose' | 'endChoosing'>,
  by: SeatId,
  at: number,
): Decision {
  if (state.closed) return refused({ kind: 'workshopClosed' });
  const isWanted = kind === 'letChoose';
  if ((state.choosing === true) === isWanted) return accepted([]);
  return accepted([{ kind: isWanted ? 'choosingBegun' : 'choosingEnded', by, at }]);
}

/** One more than if all were alike: a room that everybody wants would leave others empty. */
export const mostInRoom = ({ seating, rooms }: Pick<WorkshopState, 'seating' | 'rooms'>): number =>
  Math.ceil(seating.size / Math.max(1, rooms.length)) + 1;

/** Where one sits oneself. Who is kept in a room, and its host, are not to leave it by themselves. */
export function chooseRoom(state: WorkshopState, seat: SeatId, room: RoomId, at: number): Decision {
  const { seating, rooms, closed, choosing } = state;
  if (closed) return refused({ kind: 'workshopClosed' });
  if (!choosing || !seating.has(seat) || staying(state).has(seat)) return refused({ kind: 'notAllowed' });
  if (!rooms.some(({ id }) => id === room)) return refused({ kind: 'roomUnknown' });
  if (seating.get(seat) === room) return accepted([]);
  const sit = [...seating.values()].filter((other) => other === room).length;
  const most = mostInRoom(state);
  if (sit >= most) return refused({ kind: 'roomFull', most });
  return accepted([{ kind: 'seatMoved', seat, room, at }]);
}
