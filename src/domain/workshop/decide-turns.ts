import type { SeatId, StepId } from '../ids.ts';
import { GRACE_MS } from '../script/grace.ts';
import { isPlayable, MINUTE, takesPlace, type PlayableStep, type Step } from '../script/step.ts';
import { accepted, refused } from '../refusal.ts';
import type { Guests } from '../seating/guest.ts';
import type { CommandOf } from './commands.ts';
import type { Decision } from './decide.ts';
import { mixTakenBack, tablesOf, type PlannedMix } from './decide-mixing.ts';
import type { WorkshopEvent } from './events.ts';
import { withGroups } from './groups/making.ts';
import type { TimeKept, WorkshopState } from './state.ts';
import { roomEnds, stepOf, takesPens } from './time.ts';

/**
 * Forwards, backwards, or again later. Two facilitators who press at once start the step once, and who pressed it for a
 * step that is over by now moves nobody.
 */
export function startStep(
  state: WorkshopState,
  { step: id, from }: CommandOf<'startStep'>,
  by: SeatId,
  at: number,
): Decision {
  if (state.closed) return refused({ kind: 'workshopClosed' });
  const step = stepOf(state, id);
  if (!step) return refused({ kind: 'stepUnknown' });
  if (!isPlayable(step.kind)) return refused({ kind: 'stepNotPlayable' });
  if (id === state.step.id) return accepted([]);
  if (isAnother(state, from)) return refused({ kind: 'stepChanged' });
  return accepted([anew(step, at, by)]);
}

/** One step on or back from the one that was meant. Where that takes pens away, people finish their sentence first. */
export function turn(
  state: WorkshopState,
  command: CommandOf<'next' | 'back'>,
  by: SeatId,
  at: number,
  plan: PlannedMix | null = null,
): Decision {
  if (state.closed) return refused({ kind: 'workshopClosed' });
  const to = neighbour(state, command.from, command.kind);
  if (isAnother(state, command.from, command.began)) {
    // The other facilitator was quicker, with the same wish.
    const isDone = to?.id === state.step.id && state.step.before === command.from;
    return isDone ? accepted([]) : refused({ kind: 'stepChanged' });
  }
  if (!to) return refused({ kind: 'stepUnknown' });
  const announced = state.step.turn?.to;
  if (announced !== undefined && announced !== to.id) return refused({ kind: 'stepEnding' });
  if (announced === undefined && command.seating) {
    const { version } = command.seating;
    // who sat down since stays there, as who comes after the word does
    const isAsSeen = plan?.step === to.id && plan.version === version && state.arrangedAt <= version;
    if (!plan || !isAsSeen) return refused({ kind: 'seatsChanged' });
    const tables = tablesOf(state, plan.after);
    const seats = { way: plan.way, seed: plan.seed, tables };
    if (tables.length > 0) {
      return accepted([{ kind: 'turnAnnounced', to: to.id, startsAt: at + GRACE_MS, seats, by, at }]);
    }
  }
  const isSeating = announced !== undefined && (state.step.turn?.seats?.moves.size ?? 0) > 0;
  if (command.atOnce || !(isSeating || takesPens(state, to, at))) return accepted(begun(state, to, at, by));
  return accepted(
    announced === undefined ? [{ kind: 'turnAnnounced', to: to.id, startsAt: at + GRACE_MS, by, at }] : [],
  );
}

export function keepWriting(state: WorkshopState, command: CommandOf<'keepWriting'>, by: SeatId, at: number): Decision {
  if (state.closed) return refused({ kind: 'workshopClosed' });
  if (isAnother(state, command.from, command.began)) return refused({ kind: 'stepChanged' });
  return accepted(state.step.turn ? [{ kind: 'turnCalledOff', by, at }] : []);
}

/** Back to the step that ran before, which goes on with what was left of it. */
export function takeBackTurn(
  state: WorkshopState,
  { began }: CommandOf<'takeBackTurn'>,
  by: SeatId,
  at: number,
): Decision {
  if (state.closed) return refused({ kind: 'workshopClosed' });
  if (state.step.tookBack === began) return accepted([]);
  const before = state.step.before === undefined ? undefined : stepOf(state, state.step.before);
  if (state.step.began !== began || !before) return refused({ kind: 'stepChanged' });
  if (state.step.turn) return refused({ kind: 'stepEnding' });
  // Whom the turn has moved goes back with it.
  const last = state.mixing?.last;
  const isMoved = last?.version === began - 1 && last.step === state.step.id && !last.isTakenBack;
  return accepted([
    ...(isMoved ? [mixTakenBack(state, last, at)] : []),
    { ...onwards(before, state.kept?.get(before.id), at), takesBack: began, by },
  ]);
}

/** What was announced for a moment that has come. */
export function due(state: WorkshopState, now: number, guests: Guests = new Map()): readonly WorkshopEvent[] {
  const { turn } = state.step;
  const to = turn && !state.closed && now >= turn.startsAt ? stepOf(state, turn.to) : undefined;
  return turn && to ? withGroups(state, begun(state, to, turn.startsAt), guests, turn.startsAt) : [];
}

/** With the rooms that were announced for it. */
function begun(state: WorkshopState, to: Step, at: number, by?: SeatId): readonly WorkshopEvent[] {
  const { turn } = state.step;
  const seats = turn?.to === to.id ? turn.seats : undefined;
  const tables = seats ? tablesOf(state, seats.moves) : [];
  if (!seats || tables.length === 0) return [started(state, to, at, by)];
  const { way, seed } = seats;
  return [{ kind: 'roomsMixed', way, seed, tables, step: to.id, at }, started(state, to, at, by)];
}

/** A step further on begins with its whole time; one further back goes on with what was left of it. */
function started(state: WorkshopState, to: Step, at: number, by?: SeatId): StepStarted {
  const isBack = state.script.indexOf(to) < state.step.index;
  const kept = isBack ? state.kept?.get(to.id) : undefined;
  return kept ? { ...onwards(to, kept, at), ...(by && { by }) } : anew(to, at, by);
}

type StepStarted = Extract<WorkshopEvent, { kind: 'stepStarted' }>;

function anew({ id, minutes }: Step, at: number, by?: SeatId): StepStarted {
  const endsAt = minutes === null ? null : at + minutes * MINUTE;
  return { kind: 'stepStarted', step: id, endsAt, ...(by && { by }), at };
}

function onwards(step: Step, kept: TimeKept | undefined, at: number): StepStarted {
  if (!kept) return anew(step, at);
  const endsAt = kept.left === null ? null : at + kept.left;
  const rooms = [...kept.rooms].map(([room, left]) => [room, at + left] as const);
  return { kind: 'stepStarted', step: step.id, endsAt, ...roomEnds(endsAt, rooms), at };
}

/** The nearest step before or after one at which a workshop stops: what is skipped or cannot be run here is passed over. */
export function neighbour(
  { script }: Pick<WorkshopState, 'script'>,
  from: StepId,
  way: 'next' | 'back',
): PlayableStep | undefined {
  const index = script.findIndex(({ id }) => id === from);
  if (index < 0) return undefined;
  return way === 'next' ? script.slice(index + 1).find(takesPlace) : script.slice(0, index).findLast(takesPlace);
}

/** Whether the step that was meant is not the one that runs, or runs another time. */
export const isAnother = ({ step }: WorkshopState, from: StepId | undefined, began?: number): boolean =>
  (from !== undefined && from !== step.id) || (began !== undefined && began !== step.began);
