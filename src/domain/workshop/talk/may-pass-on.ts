import type { Actor } from '../../forum/seat.ts';
import { leads } from '../../permissions/may.ts';
import { hostOf } from '../hosts.ts';
import type { WorkshopState } from '../state.ts';
import type { Circle, Floor, Talk } from './state.ts';

/**
 * Whoever runs the workshop, who hosts the table and who speaks pass the floor on when they like. At a table anybody does where nobody speaks or the time
 * for it is up: a room goes on without a facilitator, and without a phone that has gone dark. Of somebody in that circle.
 */
export function mayPassOn(
  state: Pick<WorkshopState, 'hosts' | 'seating'>,
  talk: Talk,
  { speaker }: Floor,
  circle: Circle,
  actor: Actor,
): 'now' | 'whenOver' | null {
  if (leads(actor) || speaker?.seat === actor.seatId) return 'now';
  if (circle === null) return null;
  const room = state.seating.get(actor.seatId);
  if (room !== undefined && hostOf(state, room) === actor.seatId) return 'now';
  return speaker === null || talk.turns === 'queue' ? 'now' : 'whenOver';
}
