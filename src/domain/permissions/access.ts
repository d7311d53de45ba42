import type { Actor } from '../forum/seat.ts';
import type { ForumId, RoomId, SeatId, StepId, WorkshopId } from '../ids.ts';
import { unreachable } from '../unreachable.ts';
import type { Group } from '../workshop/groups/state.ts';
import { reporting } from '../workshop/reports/state.ts';
import type { WorkshopState } from '../workshop/state.ts';
import { boardInStep, groupInStep, isRunning } from '../workshop/time.ts';
import { leads } from './may.ts';
import { reads } from './reads.ts';

export type Access = 'none' | 'read' | 'write';

/** One document as the rules know it; the wire's `DocumentRef` has exactly this shape. */
export type AskedDocument =
  | { readonly kind: 'board'; readonly room: RoomId }
  | { readonly kind: 'draft'; readonly seat: SeatId }
  | { readonly kind: 'group'; readonly workshop: WorkshopId; readonly step: StepId; readonly number: number }
  | { readonly kind: 'outcome'; readonly forum: ForumId };

/**
 * What an actor of the document's forum may do with it (SPEC P). `workshop` is the one that the board's room, or the group, belongs
 * to; without it they are out of reach. Whatever no rule gives is `none`.
 */
export function access(document: AskedDocument, actor: Actor, workshop: WorkshopState | null, now: number): Access {
  switch (document.kind) {
    case 'board':
      return workshop ? boardAccess(document.room, actor, workshop, now) : 'none';
    case 'group':
      return workshop ? groupAccess(document, actor, workshop, now) : 'none';
    case 'outcome':
      if (leads(actor)) return 'write';
      return reads({ kind: 'seat', ...actor, rooms: [] }, { kind: 'outcomeDraft' }) ? 'read' : 'none';
    case 'draft':
      return 'none'; // No step of today's scripts has silent writing.
    default:
      return unreachable(document);
  }
}

/**
 * Whether an actor may make a board equal to one of its earlier versions: of those who run the workshop whoever may write it; a group's
 * board, which nobody but the group writes, whoever may write the board of its room.
 */
export function mayRestore(document: AskedDocument, actor: Actor, workshop: WorkshopState | null): boolean {
  const room = workshop && leads(actor) ? roomOf(document, workshop) : undefined;
  return workshop !== null && room !== undefined && ledAccess(room, actor, workshop) === 'write';
}

function roomOf(document: AskedDocument, workshop: WorkshopState): RoomId | undefined {
  switch (document.kind) {
    case 'board':
      return document.room;
    case 'group':
      return groupIn(document, workshop)?.room;
    default:
      return undefined;
  }
}

function boardAccess(room: RoomId, actor: Actor, state: WorkshopState, now: number): Access {
  const { role, seatId } = actor;
  // asked for every frame of everybody: nobody is seated in a room that is not there
  if (role === 'participant') {
    const own = state.seating.get(seatId);
    if (own === room) return boardInStep(state, room, now);
    return own !== undefined && reporting(state) === room ? 'read' : 'none';
  }
  return ledAccess(room, { role }, state);
}

/** Of whoever sits in no room. */
function ledAccess(room: RoomId, { role }: Pick<Actor, 'role'>, state: WorkshopState): Access {
  if (!state.rooms.some(({ id }) => id === room)) return 'none';
  switch (role) {
    case 'participant':
      return 'none';
    case 'organizer':
      return 'write';
    case 'facilitator':
      return state.closed ? 'read' : 'write';
    case 'observer':
    case 'translator':
      return 'read';
    default:
      return unreachable(role);
  }
}

/**
 * While its step runs it is for who is in it, to write until the time is up; once that is over whoever was in it reads. Those who run the
 * workshop read at any time.
 */
function groupAccess(document: GroupDocument, { role, seatId }: Actor, state: WorkshopState, now: number): Access {
  const group = groupIn(document, state);
  if (!group) return 'none';
  const { step } = document;
  const isIn = group.seats.includes(seatId);
  if (role === 'participant' && isIn && state.seating.get(seatId) === group.room)
    return groupInStep(state, step, group.room, now);
  const of = isRunning(state, step, now) ? group.seats : [...group.seats, ...group.left];
  return reads({ kind: 'seat', seatId, role, rooms: [] }, { kind: 'group', of }) ? 'read' : 'none';
}

type GroupDocument = Extract<AskedDocument, { kind: 'group' }>;

const groupIn = ({ workshop, step, number }: GroupDocument, state: WorkshopState): Group | undefined =>
  state.id === workshop ? state.groups?.get(step)?.get(number) : undefined;
