import { unreachable } from '../unreachable.ts';
import type { WorkshopEvent } from './events.ts';
import type { SeatId } from '../ids.ts';
import { stepIdAt } from '../script/step.ts';
import { evolveApart } from './apart/apart.ts';
import { evolveCalls, followCalls } from './calls/evolve.ts';
import { evolveMixing, followSeats } from './evolve-mixing.ts';
import { evolveHosts, followHosts } from './hosts.ts';
import { evolveScript } from './evolve-script.ts';
import { evolveSteps, withoutTurn } from './evolve-steps.ts';
import { evolveGroups } from './groups/evolve.ts';
import { evolveQuestions } from './questions/evolve.ts';
import { evolveReports, followReports } from './reports/evolve.ts';
import { followScreen } from './screen.ts';
import type { WorkshopState } from './state.ts';
import { evolveTalk, followTalk } from './talk/evolve.ts';

/** Folds one event in. Never refuses: what was stored has happened. Only `workshopOpened` may come first. */
export function evolve(state: WorkshopState | null, event: WorkshopEvent): WorkshopState {
  if (event.kind === 'workshopOpened') {
    return {
      id: event.workshop,
      forumId: event.forum,
      version: 1,
      script: event.script,
      rooms: event.rooms,
      seating: new Map(),
      seatedAt: 1,
      arrangedAt: 1,
      step: { id: event.script[0]?.id ?? stepIdAt(0), index: 0, began: 1, startedAt: event.at, endsAt: null },
      closed: false,
    };
  }
  if (!state) throw new Error(`a workshop cannot begin with ${event.kind}`);
  const version = state.version + 1;
  const done = change(state, event);
  const heard = followTalk(state, followCalls(followHosts(done), event), event);
  const followed = followScreen(followReports(state, heard, event), event);
  const changed = { ...followSeats(followed, event), version };
  if (!isAboutSeats(changed, state)) return changed;
  return { ...changed, seatedAt: version, ...(event.kind !== 'seatTaken' && { arrangedAt: version }) };
}

export function fold(state: WorkshopState | null, events: readonly WorkshopEvent[]): WorkshopState | null {
  return events.reduce<WorkshopState | null>(evolve, state);
}

function change(state: WorkshopState, event: Exclude<WorkshopEvent, { kind: 'workshopOpened' }>): WorkshopState {
  switch (event.kind) {
    case 'roomOpened':
      return { ...state, rooms: [...state.rooms, event.room] };
    case 'roomRenamed':
      return {
        ...state,
        rooms: state.rooms.map((room) => (room.id === event.room ? { ...room, name: event.name } : room)),
      };
    case 'seatTaken':
    case 'seatMoved':
      return { ...state, seating: new Map(state.seating).set(event.seat, event.room) };
    case 'seatLeft':
      return { ...state, ...withoutSeat(state, event.seat) };
    case 'choosingBegun':
      return { ...state, choosing: true };
    case 'choosingEnded':
      return unchosen(state);
    case 'seatPinned':
    case 'seatUnpinned':
    case 'roomsMixed':
    case 'mixTakenBack':
      return evolveMixing(state, event);
    case 'groupsMade':
      return evolveGroups(state, event);
    case 'stepStarted':
      return evolveSteps(atWork(state), event);
    case 'turnAnnounced':
    case 'turnCalledOff':
    case 'stepExtended':
    case 'minutesTakenBack':
    case 'timeSet':
    case 'stepPaused':
    case 'stepResumed':
    case 'lengthSet':
      return evolveSteps(state, event);
    case 'scriptChosen':
    case 'scriptTakenBack':
    case 'stepInserted':
    case 'stepRemoved':
    case 'stepMoved':
    case 'stepParked':
    case 'stepUnparked':
    case 'stepSkipped':
    case 'stepUnskipped':
    case 'stepChanged':
      return evolveScript(state, event);
    case 'boardsFrozen':
      return { ...state, frozen: true };
    case 'boardsUnfrozen':
      return unfrozen(state);
    case 'roomsRecalled':
      return { ...state, recall: { startsAt: event.startsAt, version: state.version + 1 } };
    case 'roomsReturned':
      return unrecalled(state);
    case 'hostNamed':
    case 'hostReleased':
      return evolveHosts(state, event);
    case 'workshopClosed':
      return { ...atWork(state), step: withoutTurn(state.step), closed: true };
    case 'workshopReopened':
      return { ...state, closed: false };
    case 'itemsKeptApart':
    case 'apartTakenBack':
      return evolveApart(state, event);
    case 'helpCalled':
    case 'helpCalledOff':
    case 'helpTaken':
    case 'helpLeft':
    case 'helpEnded':
    case 'paceTold':
    case 'broadcastSent':
    case 'broadcastTakenBack':
    case 'broadcastRead':
      return evolveCalls(state, event);
    case 'speakingAsked':
    case 'askingTakenBack':
    case 'floorGiven':
    case 'floorLeft':
    case 'roundBegun':
      return evolveTalk(state, event);
    case 'screenSet':
      return { ...state, screen: { show: event.show, alsoIn: event.alsoIn } };
    case 'reportGiven':
    case 'reportEnded':
      return evolveReports(state, event);
    case 'questionAsked':
    case 'questionTakenBack':
    case 'questionSupported':
    case 'questionUnsupported':
    case 'questionAnswered':
    case 'questionReopened':
    case 'questionSetAside':
    case 'questionBroughtBack':
      return evolveQuestions(state, event);
    default:
      return unreachable(event);
  }
}

/** A step that begins gives pens by its own rule. */
const atWork = (state: WorkshopState): WorkshopState => unrecalled(unfrozen(state));

function unfrozen(state: WorkshopState): WorkshopState {
  const { frozen: _, ...others } = state;
  return others;
}

function unchosen(state: WorkshopState): WorkshopState {
  const { choosing: _, ...others } = state;
  return others;
}

function unrecalled(state: WorkshopState): WorkshopState {
  const { recall: _, ...others } = state;
  return others;
}

/** Whether what a mix is planned on is another. */
const isAboutSeats = (now: WorkshopState, before: WorkshopState): boolean =>
  now.seating !== before.seating ||
  now.rooms.length !== before.rooms.length ||
  now.mixing?.pinned !== before.mixing?.pinned ||
  now.hosts !== before.hosts;

function withoutSeat({ seating, left }: WorkshopState, seat: SeatId): Pick<WorkshopState, 'seating' | 'left'> {
  const room = seating.get(seat);
  const others = new Map(seating);
  others.delete(seat);
  return { seating: others, left: room === undefined ? (left ?? new Map()) : new Map(left).set(seat, room) };
}
