import type { RoomId, SeatId } from '../ids.ts';
import { accepted, refused } from '../refusal.ts';
import type { CommandOf } from './commands.ts';
import type { Decision } from './decide.ts';
import type { WorkshopEvent } from './events.ts';
import type { WorkshopState } from './state.ts';

type Hosted = Pick<WorkshopState, 'hosts'>;
type HostEvent = Extract<WorkshopEvent, { kind: 'hostNamed' | 'hostReleased' }>;

export const hostOf = ({ hosts }: Hosted, room: RoomId): SeatId | null => hosts?.get(room) ?? null;

/** Whom no new rooms move: who is pinned, and the hosts of rooms. */
export const staying = ({ hosts, mixing }: Pick<WorkshopState, 'hosts' | 'mixing'>): ReadonlySet<SeatId> =>
  new Set([...(mixing?.pinned ?? []), ...(hosts?.values() ?? [])]);

/** Somebody who sits in it, and instead of somebody only of whom they saw. */
export function nameHost(
  state: WorkshopState,
  { room, seat, instead }: CommandOf<'nameHost'>,
  by: SeatId,
  at: number,
): Decision {
  if (state.closed) return refused({ kind: 'workshopClosed' });
  if (!state.rooms.some(({ id }) => id === room)) return refused({ kind: 'roomUnknown' });
  const host = hostOf(state, room);
  if (host === seat) return accepted([]);
  if (state.seating.get(seat) !== room) return refused({ kind: 'sitsElsewhere' });
  if (host !== null && host !== instead) return refused({ kind: 'hostNamed' });
  return accepted([{ kind: 'hostNamed', room, seat, by, at }]);
}

export function releaseHost(
  state: WorkshopState,
  { room, seat }: CommandOf<'releaseHost'>,
  by: SeatId,
  at: number,
): Decision {
  if (hostOf(state, room) !== seat) return accepted([]);
  if (state.closed) return refused({ kind: 'workshopClosed' });
  return accepted([{ kind: 'hostReleased', room, by, at }]);
}

export function evolveHosts(state: WorkshopState, event: HostEvent): WorkshopState {
  const hosts = new Map(state.hosts);
  if (event.kind === 'hostNamed') hosts.set(event.room, event.seat);
  else hosts.delete(event.room);
  return { ...state, hosts };
}

/** Whoever sits elsewhere by now, or has left, hosts nobody. */
export function followHosts(state: WorkshopState): WorkshopState {
  const { hosts, seating } = state;
  const kept = [...(hosts ?? [])].filter(([room, seat]) => seating.get(seat) === room);
  return !hosts || kept.length === hosts.size ? state : { ...state, hosts: new Map(kept) };
}
