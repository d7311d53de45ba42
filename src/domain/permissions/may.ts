import type { Actor } from '../forum/seat.ts';
import { unreachable } from '../unreachable.ts';
import type { WorkshopCommand } from '../workshop/commands.ts';

/** Whether a role may ask for this at all (SPEC P); the workshop's own state may still refuse it. */
export function may(actor: Actor, command: WorkshopCommand): boolean {
  switch (command.kind) {
    case 'takeSeat':
    case 'chooseRoom':
    case 'callHelp':
    case 'callOffHelp':
    case 'tellPace':
    case 'readBroadcast':
    case 'askToSpeak':
    case 'takeBackAsking':
    case 'askQuestion':
    case 'takeBackQuestion':
    case 'supportQuestion':
    case 'unsupportQuestion':
      return actor.role === 'participant';
    case 'moveSeat':
    case 'letChoose':
    case 'endChoosing':
    case 'removeSeat':
    case 'pinSeat':
    case 'unpinSeat':
    case 'mixRooms':
    case 'takeBackMix':
    case 'openRoom':
    case 'renameRoom':
    case 'startStep':
    case 'next':
    case 'back':
    case 'keepWriting':
    case 'takeBackTurn':
    case 'extendStep':
    case 'takeBackMinutes':
    case 'setTime':
    case 'pauseStep':
    case 'resumeStep':
    case 'setLength':
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
    case 'freezeBoards':
    case 'unfreezeBoards':
    case 'recallRooms':
    case 'returnToRooms':
    case 'nameHost':
    case 'releaseHost':
    case 'closeWorkshop':
    case 'reopenWorkshop':
    case 'takeHelp':
    case 'leaveHelp':
    case 'endHelp':
    case 'sendBroadcast':
    case 'takeBackBroadcast':
    case 'giveFloor':
    case 'giveReport':
    case 'setScreen':
    case 'answerQuestion':
    case 'reopenQuestion':
    case 'setQuestionAside':
    case 'bringQuestionBack':
    case 'keepApart':
    case 'takeBackApart':
      return leads(actor);
    case 'passOn':
    case 'nextReport':
      return actor.role === 'participant' || leads(actor);
    default:
      return unreachable(command);
  }
}

/** Organizers and facilitators run workshops. */
export const leads = (actor: Pick<Actor, 'role'>): boolean =>
  actor.role === 'organizer' || actor.role === 'facilitator';
