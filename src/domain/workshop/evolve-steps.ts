import type { RoomId, StepId } from '../ids.ts';
import { MINUTE, minutesOf, takesPlace } from '../script/step.ts';
import { unreachable } from '../unreachable.ts';
import type { RoomEnd, WorkshopEvent } from './events.ts';
import { seatsAt } from './evolve-mixing.ts';
import type { AddedMinutes, AnnouncedTurn, RunningStep, WorkshopState } from './state.ts';
import { unskipped } from './evolve-script.ts';
import { timeKept } from './time.ts';

const MOST_ADDED = 20; // a hand that adds more in one step takes back the latest

type StepEvent = Extract<
  WorkshopEvent,
  {
    kind:
      | 'stepStarted'
      | 'turnAnnounced'
      | 'turnCalledOff'
      | 'stepExtended'
      | 'minutesTakenBack'
      | 'timeSet'
      | 'stepPaused'
      | 'stepResumed'
      | 'lengthSet';
  }
>;

export function evolveSteps(state: WorkshopState, event: StepEvent): WorkshopState {
  const { step } = state;
  switch (event.kind) {
    case 'stepStarted':
      return started(state, event);
    case 'turnAnnounced':
      return { ...state, step: { ...step, turn: announced(event) } };
    case 'turnCalledOff':
      return { ...state, step: withoutTurn(step) };
    case 'stepExtended': {
      const longer = withEnds(step, event);
      const { minutes, room = null } = event;
      if (minutes === undefined) return { ...state, step: longer }; // stored before minutes could be taken back
      return { ...state, step: withAdded(longer, { minutes, room }, state.version + 1) };
    }
    case 'minutesTakenBack': {
      const added = step.added?.map((one) => (one.version === event.added ? { ...one, isTakenBack: true } : one));
      return { ...state, step: { ...withEnds(step, event), ...(added && { added }) } };
    }
    case 'timeSet': {
      const { endsAt, rooms, shift } = event;
      const set = withEnds(step, { endsAt, ...(rooms && { rooms }) });
      if (shift === undefined) return { ...state, step: { ...set, added: [] } };
      return {
        ...state,
        step: withAdded(set, { minutes: shift / MINUTE, room: null, isSet: true }, state.version + 1),
      };
    }
    case 'stepPaused':
      return { ...state, step: { ...step, pausedAt: event.at } };
    case 'stepResumed':
      return { ...state, step: resumed(step, event.at) };
    case 'lengthSet': {
      const script = state.script.map((one) => (one.id === event.step ? { ...one, minutes: event.minutes } : one));
      return { ...state, script };
    }
    default:
      return unreachable(event);
  }
}

function announced({ to, startsAt, by, seats }: Extract<StepEvent, { kind: 'turnAnnounced' }>): AnnouncedTurn {
  return {
    to,
    startsAt,
    ...(by && { by }),
    ...(seats && { seats: { way: seats.way, seed: seats.seed, moves: seatsAt(seats.tables) } }),
  };
}

export function withoutTurn(step: RunningStep): RunningStep {
  const { turn: _, ...kept } = step;
  return kept;
}

type StepStarted = Extract<WorkshopEvent, { kind: 'stepStarted' }>;

function started(state: WorkshopState, event: StepStarted): WorkshopState {
  const { step, script, kept } = state;
  const { endsAt, at, takesBack } = event;
  const began = state.version + 1;
  const index = script.findIndex(({ id }) => id === event.step);
  const by = event.by ?? (step.turn?.to === event.step ? step.turn.by : undefined);
  const running: RunningStep = {
    id: event.step,
    index,
    began,
    startedAt: at,
    ...(by && { by }),
    endsAt,
    ...(event.rooms && { rooms: new Map(event.rooms) }),
    ...(takesBack === undefined ? { before: step.id } : { tookBack: takesBack }),
  };
  const plan = takesBack !== undefined && takesBack === state.plan?.began ? undefined : state.plan;
  const { plan: _, ...rest } = state;
  return {
    ...rest,
    script: script.map((one) => (one.id === event.step && one.isSkipped ? unskipped(one) : one)),
    step: running,
    kept: new Map(kept).set(step.id, timeKept(step, at)),
    ...seatsKept(state, event.step),
    ...(plan ? { plan } : planned(running, state)),
  };
}

/** Who was moved for the step that begins sat elsewhere in the one that ends: that was kept as they were. */
function seatsKept({ mixing, version, sat, step, seating }: WorkshopState, to: StepId): Pick<WorkshopState, 'sat'> {
  const isKept = mixing?.last?.version === version && mixing.last.step === to;
  return isKept ? {} : { sat: new Map(sat).set(step.id, seating) };
}

/** Made once the first timed step begins: what is changed before is preparation. */
function planned(
  { index, startedAt, endsAt, began }: RunningStep,
  { script }: WorkshopState,
): Pick<WorkshopState, 'plan'> {
  if (endsAt === null) return {};
  return { plan: { endsAt: startedAt + minutesOf(script.slice(index).filter(takesPlace)) * MINUTE, began } };
}

const withAdded = (step: RunningStep, given: Omit<AddedMinutes, 'version' | 'isTakenBack'>, version: number) => ({
  ...step,
  added: [...(step.added ?? []), { ...given, version, isTakenBack: false }].slice(-MOST_ADDED),
});

function withEnds(step: RunningStep, event: { endsAt: number | null; rooms?: readonly RoomEnd[] }): RunningStep {
  const { rooms: _, ...others } = step;
  return { ...others, endsAt: event.endsAt, ...(event.rooms && { rooms: new Map(event.rooms) }) };
}

function resumed(step: RunningStep, at: number): RunningStep {
  const { pausedAt, ...others } = step;
  const later = at - (pausedAt ?? at);
  const rooms = step.rooms && new Map<RoomId, number>([...step.rooms].map(([room, end]) => [room, end + later]));
  return { ...others, endsAt: step.endsAt === null ? null : step.endsAt + later, ...(rooms && { rooms }) };
}
