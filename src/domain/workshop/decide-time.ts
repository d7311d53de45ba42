import type { RoomId, SeatId } from '../ids.ts';
import { accepted, refused } from '../refusal.ts';
import { MINUTE } from '../script/step.ts';
import type { CommandOf } from './commands.ts';
import type { Decision } from './decide.ts';
import { wrongMinutes } from './decide-script.ts';
import { isAnother } from './decide-turns.ts';
import type { RunningStep, WorkshopState } from './state.ts';
import { clockOf, endOf, isTimeUp, roomEnds } from './time.ts';

/** Counts from now when the time is up already, so that the minutes given are minutes had. */
export function extendStep(state: WorkshopState, command: CommandOf<'extendStep'>, by: SeatId, at: number): Decision {
  const { minutes, room, from } = command;
  const { step } = state;
  if (state.closed) return refused({ kind: 'workshopClosed' });
  if (isAnother(state, from)) return refused({ kind: 'stepChanged' });
  if (room !== undefined && !state.rooms.some(({ id }) => id === room)) return refused({ kind: 'roomUnknown' });
  if (step.endsAt === null) return accepted([]);
  if (step.turn) return refused({ kind: 'stepEnding' });
  const now = clockOf(step, at);
  const longer = (end: number) => Math.max(now, end) + minutes * MINUTE;
  const ends = moved(step, room ?? null, longer);
  return accepted([{ kind: 'stepExtended', ...ends, minutes, ...(room && { room }), by, at }]);
}

/** How much is left from now on, more or less than it was. */
export function setTime(state: WorkshopState, command: CommandOf<'setTime'>, by: SeatId, at: number): Decision {
  const { minutes, from, began } = command;
  const { step } = state;
  if (state.closed) return refused({ kind: 'workshopClosed' });
  if (isAnother(state, from, began)) return refused({ kind: 'stepChanged' });
  const wrong = wrongMinutes(minutes);
  if (wrong) return refused(wrong);
  if (step.turn) return refused({ kind: 'stepEnding' });
  if (minutes === null && step.pausedAt !== undefined) return refused({ kind: 'notAllowed' }); // nothing would stand still
  const end = minutes === null ? null : clockOf(step, at) + minutes * MINUTE;
  if (end === step.endsAt) return accepted([]);
  if (end === null || step.endsAt === null) return accepted([{ kind: 'timeSet', endsAt: end, by, at }]);
  const shift = end - step.endsAt;
  return accepted([{ kind: 'timeSet', ...moved(step, null, (one) => one + shift), shift, by, at }]);
}

/** Nobody loses the pen by it without grace: a step that would have ended before ends now. */
export function takeBackMinutes(
  state: WorkshopState,
  { added }: CommandOf<'takeBackMinutes'>,
  by: SeatId,
  at: number,
): Decision {
  const { step } = state;
  if (state.closed) return refused({ kind: 'workshopClosed' });
  const given = step.added?.find(({ version }) => version === added);
  if (!given) return refused({ kind: 'stepChanged' });
  if (given.isTakenBack || step.endsAt === null) return accepted([]);
  if (step.turn) return refused({ kind: 'stepEnding' });
  const now = clockOf(step, at);
  const back = given.minutes * MINUTE;
  const shorter = (end: number) => Math.max(end - back, Math.min(end, now));
  return accepted([{ kind: 'minutesTakenBack', added, ...moved(step, given.room, shorter), by, at }]);
}

export function pauseStep(
  state: WorkshopState,
  command: CommandOf<'pauseStep' | 'resumeStep'>,
  by: SeatId,
  at: number,
): Decision {
  const { step } = state;
  if (state.closed) return refused({ kind: 'workshopClosed' });
  if (isAnother(state, command.from, command.began)) return refused({ kind: 'stepChanged' });
  if (step.pausedAt !== undefined || step.endsAt === null) return accepted([]);
  if (step.turn) return refused({ kind: 'stepEnding' });
  if (state.rooms.every(({ id }) => isTimeUp(step, id, at))) return refused({ kind: 'stepEnded' });
  return accepted([{ kind: 'stepPaused', by, at }]);
}

export function resumeStep(
  state: WorkshopState,
  command: CommandOf<'pauseStep' | 'resumeStep'>,
  by: SeatId,
  at: number,
): Decision {
  if (state.closed) return refused({ kind: 'workshopClosed' });
  if (isAnother(state, command.from, command.began)) return refused({ kind: 'stepChanged' });
  return accepted(state.step.pausedAt === undefined ? [] : [{ kind: 'stepResumed', by, at }]);
}

/** A step behind the running one has begun, whatever ran since. */
export function setLength(state: WorkshopState, command: CommandOf<'setLength'>, by: SeatId, at: number): Decision {
  const { step: id, minutes } = command;
  if (state.closed) return refused({ kind: 'workshopClosed' });
  const index = state.script.findIndex((step) => step.id === id);
  if (index < 0) return refused({ kind: 'stepUnknown' });
  if (index <= state.step.index) return refused({ kind: 'stepBegun' });
  const wrong = wrongMinutes(minutes);
  if (wrong) return refused(wrong);
  return accepted(state.script[index]?.minutes === minutes ? [] : [{ kind: 'lengthSet', step: id, minutes, by, at }]);
}

/** Everybody's end, and those of rooms that have their own, after one of them or all have moved. */
function moved(step: RunningStep, room: RoomId | null, move: (end: number) => number) {
  const whole = step.endsAt!;
  const endsAt = room === null ? move(whole) : whole;
  const ends = new Map(step.rooms);
  if (room !== null) ends.set(room, move(endOf(step, room)!));
  else for (const [id, end] of ends) ends.set(id, move(end));
  return { endsAt, ...roomEnds(endsAt, ends) };
}
