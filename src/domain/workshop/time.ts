import type { RoomId, StepId } from '../ids.ts';
import { allows } from '../script/allows.ts';
import { GRACE_MS } from '../script/grace.ts';
import type { Step } from '../script/step.ts';
import type { RoomEnd } from './events.ts';
import { isGrouped } from './groups/state.ts';
import type { RunningStep, TimeKept, WorkshopState } from './state.ts';

/** When a room's step ends, or everybody's for null. Null: no limit. */
export const endOf = (step: RunningStep, room: RoomId | null): number | null =>
  (room === null ? undefined : step.rooms?.get(room)) ?? step.endsAt;

/** The moment that ends are counted from: time stands still while a step is paused. */
export const clockOf = (step: RunningStep, now: number): number => step.pausedAt ?? now;

/** Whether a room's time is up, grace included; everybody's for null. */
export function isTimeUp(step: RunningStep, room: RoomId | null, now: number): boolean {
  const end = endOf(step, room);
  return end !== null && clockOf(step, now) >= end + GRACE_MS;
}

/**
 * What a participant of a room may do with its board, by the time and the step; null: of one that has no time of its own. Where people
 * are in groups they write there.
 */
export function boardInStep(state: WorkshopState, room: RoomId | null, now: number): 'read' | 'write' {
  const writing = writingIn(state, room, now);
  return writing && !isGrouped(state, writing) ? 'write' : 'read';
}

/** What who is in a group of a step may do with its board: to write while that step runs and its grace. */
export function groupInStep(state: WorkshopState, id: StepId, room: RoomId | null, now: number): 'read' | 'write' {
  const writing = writingIn(state, room, now);
  return writing?.id === id && isGrouped(state, writing) ? 'write' : 'read';
}

/** Whether a step goes on, however its time stands: its end is the beginning of another, or the workshop's. */
export const isRunning = (state: WorkshopState, id: StepId, now: number): boolean =>
  !state.closed && runningAt(state, now)?.id === id;

/** An announced step runs from its moment on, also before it is stored. */
function runningAt(state: WorkshopState, now: number): Step | undefined {
  const { turn, index } = state.step;
  return turn && now >= turn.startsAt ? stepOf(state, turn.to) : state.script[index];
}

/** The step in which people of a room write now. */
function writingIn(state: WorkshopState, room: RoomId | null, now: number): Step | null {
  const { step, closed, frozen, recall } = state;
  if (closed || frozen || (recall && now >= recall.startsAt)) return null;
  const running = runningAt(state, now);
  if (!running || allows(running).board === 'read') return null;
  return running.id === step.id && isTimeUp(step, room, now) ? null : running;
}

/** Whether people write now who could not in that step, or not at the same board. */
export function takesPens(state: WorkshopState, to: Step, now: number): boolean {
  return state.rooms.some(({ id }) => {
    const writing = writingIn(state, id, now);
    if (!writing) return false;
    return allows(to).board === 'read' || isGrouped(state, to) || isGrouped(state, writing);
  });
}

export const stepOf = ({ script }: Pick<WorkshopState, 'script'>, id: string): Step | undefined =>
  script.find((step) => step.id === id);

/** What is left of a step at a moment. In the grace before a turn it is what was left when that was announced. */
export function timeKept(step: RunningStep, at: number): TimeKept {
  const now = clockOf(step, step.turn ? step.turn.startsAt - GRACE_MS : at);
  const left = (end: number) => Math.max(0, end - now);
  return {
    left: step.endsAt === null ? null : left(step.endsAt),
    rooms: new Map([...(step.rooms ?? [])].map(([room, end]) => [room, left(end)])),
  };
}

/** The next moment after `now` at which something changes by itself: a room's grace is over, everybody comes together, or a step begins. */
export function nextMoment(state: WorkshopState, now: number): number | null {
  const { step, closed, recall } = state;
  if (closed) return null;
  const ends = step.pausedAt === undefined ? [step.endsAt, ...(step.rooms?.values() ?? [])] : [];
  const moments = ends.flatMap((end) => (end === null ? [] : [end + GRACE_MS])).filter((moment) => moment > now);
  if (recall && recall.startsAt > now) moments.push(recall.startsAt);
  if (step.turn && stepOf(state, step.turn.to)) moments.push(step.turn.startsAt);
  return moments.length === 0 ? null : Math.min(...moments);
}

/** Only rooms that end later than the others. */
export function roomEnds(endsAt: number | null, rooms: Iterable<RoomEnd>): { readonly rooms?: readonly RoomEnd[] } {
  const later = endsAt === null ? [] : [...rooms].filter(([, end]) => end > endsAt);
  return later.length === 0 ? {} : { rooms: later };
}
