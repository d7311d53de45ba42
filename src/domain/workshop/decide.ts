import type { Actor } from '../forum/seat.ts';
import { may } from '../permissions/may.ts';
import { refused, type Result } from '../refusal.ts';
import { unreachable } from '../unreachable.ts';
import type { WorkshopCommand } from './commands.ts';
import { openRoom, renameRoom } from './decide-rooms.ts';
import { moveSeat, removeSeat, takeSeat } from './decide-seats.ts';
import { closeWorkshop, extendStep, reopenWorkshop, startStep } from './decide-steps.ts';
import type { WorkshopEvent } from './events.ts';
import type { WorkshopState } from './state.ts';

/** No events: what was asked for is so already, which is a success. */
export type Decision = Result<readonly WorkshopEvent[]>;

/** What happens when `actor` asks for `command` at `now` (epoch milliseconds). */
export function decide(state: WorkshopState, command: WorkshopCommand, actor: Actor, now: number): Decision {
  if (!may(actor, command)) return refused({ kind: 'notAllowed' });
  switch (command.kind) {
    case 'takeSeat':
      return takeSeat(state, actor.seatId, now);
    case 'moveSeat':
      return moveSeat(state, command.seat, command.room, now);
    case 'removeSeat':
      return removeSeat(state, command.seat, now);
    case 'openRoom':
      return openRoom(state, command.room, now);
    case 'renameRoom':
      return renameRoom(state, command, now);
    case 'startStep':
      return startStep(state, command, now);
    case 'extendStep':
      return extendStep(state, command, now);
    case 'closeWorkshop':
      return closeWorkshop(state, now);
    case 'reopenWorkshop':
      return reopenWorkshop(state, now);
    default:
      return unreachable(command);
  }
}
