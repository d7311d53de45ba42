import type { Actor } from '../forum/seat.ts';
import { may } from '../permissions/may.ts';
import { accepted, refused, type Result } from '../refusal.ts';
import type { Guests } from '../seating/guest.ts';
import { unreachable } from '../unreachable.ts';
import { decideApart } from './apart/apart.ts';
import { decideCalls } from './calls/decide.ts';
import { chooseRoom, letChoose } from './choosing-rooms.ts';
import type { WorkshopCommand } from './commands.ts';
import { mixRooms, pinSeat, takeBackMix, unpinSeat, type PlannedMix } from './decide-mixing.ts';
import { recallRooms, returnToRooms } from './decide-recall.ts';
import { openRoom, renameRoom } from './decide-rooms.ts';
import { moveSeat, removeSeat, takeSeat } from './decide-seats.ts';
import { decideScript, type GivenScript } from './decide-script.ts';
import { closeWorkshop, freezeBoards, reopenWorkshop } from './decide-steps.ts';
import { extendStep, pauseStep, resumeStep, setLength, setTime, takeBackMinutes } from './decide-time.ts';
import { due, keepWriting, startStep, takeBackTurn, turn } from './decide-turns.ts';
import type { WorkshopEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { withGroups } from './groups/making.ts';
import { nameHost, releaseHost } from './hosts.ts';
import { decideQuestions } from './questions/decide.ts';
import { decideReports } from './reports/decide.ts';
import { setScreen } from './screen.ts';
import type { WorkshopState } from './state.ts';
import { decideTalk } from './talk/decide.ts';

/** No events: what was asked for is so already, which is a success. */
export type Decision = Result<readonly WorkshopEvent[]>;

/** What is known beside the workshop's state; what is not known stops nobody who sits down. */
export interface Known {
  readonly guests: Guests;
  /** The preview that a mix is asked for by. */
  readonly mix: PlannedMix | null;
  /** The script that is asked for, as it was checked. */
  readonly script?: GivenScript | null;
}

const NOTHING: Known = { guests: new Map(), mix: null };

/** What happens when `actor` asks for `command` at `now` (epoch milliseconds); first of all what was to happen by then. */
export function decide(
  state: WorkshopState,
  command: WorkshopCommand,
  actor: Actor,
  now: number,
  known: Known = NOTHING,
): Decision {
  if (!may(actor, command)) return refused({ kind: 'notAllowed' });
  const first = due(state, now, known.guests);
  const then = first.reduce<WorkshopState>(evolve, state);
  const decision = decideNow(then, command, actor, now, known);
  if (!decision.ok || decision.value.length === 0) return decision;
  return accepted([...first, ...withGroups(then, decision.value, known.guests, now)]);
}

function decideNow(state: WorkshopState, command: WorkshopCommand, actor: Actor, now: number, known: Known): Decision {
  const by = actor.seatId;
  switch (command.kind) {
    case 'takeSeat':
      return takeSeat(state, actor.seatId, known.guests, now);
    case 'moveSeat':
      return moveSeat(state, command.seat, command.room, now);
    case 'letChoose':
    case 'endChoosing':
      return letChoose(state, command, by, now);
    case 'chooseRoom':
      return chooseRoom(state, by, command.room, now);
    case 'removeSeat':
      return removeSeat(state, command.seat, now);
    case 'pinSeat':
      return pinSeat(state, command.seat, now);
    case 'unpinSeat':
      return unpinSeat(state, command.seat, now);
    case 'mixRooms':
      return mixRooms(state, command, known.mix, now);
    case 'takeBackMix':
      return takeBackMix(state, command.mix, now);
    case 'openRoom':
      return openRoom(state, command.room, now);
    case 'renameRoom':
      return renameRoom(state, command, now);
    case 'startStep':
      return startStep(state, command, by, now);
    case 'next':
    case 'back':
      return turn(state, command, by, now, known.mix);
    case 'keepWriting':
      return keepWriting(state, command, by, now);
    case 'takeBackTurn':
      return takeBackTurn(state, command, by, now);
    case 'extendStep':
      return extendStep(state, command, by, now);
    case 'takeBackMinutes':
      return takeBackMinutes(state, command, by, now);
    case 'setTime':
      return setTime(state, command, by, now);
    case 'pauseStep':
      return pauseStep(state, command, by, now);
    case 'resumeStep':
      return resumeStep(state, command, by, now);
    case 'setLength':
      return setLength(state, command, by, now);
    case 'chooseScript':
    case 'takeBackScript':
    case 'insertStep':
    case 'removeStep':
    case 'moveStep':
    case 'parkStep':
    case 'unparkStep':
    case 'skipStep':
    case 'unskipStep':
    case 'changeStep':
      return decideScript(state, command, known.script ?? null, by, now);
    case 'freezeBoards':
    case 'unfreezeBoards':
      return freezeBoards(state, command, by, now);
    case 'recallRooms':
      return recallRooms(state, command, by, now);
    case 'returnToRooms':
      return returnToRooms(state, command, by, now);
    case 'nameHost':
      return nameHost(state, command, by, now);
    case 'releaseHost':
      return releaseHost(state, command, by, now);
    case 'closeWorkshop':
      return closeWorkshop(state, now);
    case 'reopenWorkshop':
      return reopenWorkshop(state, now);
    case 'keepApart':
    case 'takeBackApart':
      return decideApart(state, command, actor, now);
    case 'callHelp':
    case 'callOffHelp':
    case 'takeHelp':
    case 'leaveHelp':
    case 'endHelp':
    case 'tellPace':
    case 'sendBroadcast':
    case 'takeBackBroadcast':
    case 'readBroadcast':
      return decideCalls(state, command, actor, now);
    case 'askToSpeak':
    case 'takeBackAsking':
    case 'passOn':
    case 'giveFloor':
      return decideTalk(state, command, actor, now);
    case 'setScreen':
      return setScreen(state, command, by, now);
    case 'nextReport':
    case 'giveReport':
      return decideReports(state, command, actor, now);
    case 'askQuestion':
    case 'takeBackQuestion':
    case 'supportQuestion':
    case 'unsupportQuestion':
    case 'answerQuestion':
    case 'reopenQuestion':
    case 'setQuestionAside':
    case 'bringQuestionBack':
      return decideQuestions(state, command, actor, now);
    default:
      return unreachable(command);
  }
}
