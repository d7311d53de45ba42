import type { Actor } from '../../forum/seat.ts';
import type { RoomId, SeatId } from '../../ids.ts';
import { leads } from '../../permissions/may.ts';
import { accepted, refused } from '../../refusal.ts';
import { settingsOf } from '../../script/rules.ts';
import type { ReportSettings } from '../../script/steps/report.ts';
import { unreachable } from '../../unreachable.ts';
import type { Decision } from '../decide.ts';
import { hostOf } from '../hosts.ts';
import type { WorkshopState } from '../state.ts';
import { clockOf } from '../time.ts';
import type { ReportCommand } from './commands.ts';
import { lineOf, reportsNow, type Reports } from './state.ts';

export function decideReports(state: WorkshopState, command: ReportCommand, actor: Actor, at: number): Decision {
  if (state.closed) return refused({ kind: 'workshopClosed' });
  if (command.from < state.step.began) return refused({ kind: 'stepChanged' });
  const reports = reportsNow(state);
  if (!reports) return refused({ kind: 'notAllowed' });
  switch (command.kind) {
    case 'nextReport':
      return next(state, reports, command.from, actor, at);
    case 'giveReport': {
      const { room, from, takesBack } = command;
      if (!reports.order.includes(room)) return refused({ kind: 'roomUnknown' });
      if (reports.current?.room === room) return accepted([]);
      if (from !== reports.since) return refused({ kind: 'floorPassedOn' });
      const event = given(state, room, actor.seatId, at);
      return accepted([takesBack ? { ...event, takesBack } : event]);
    }
    default:
      return unreachable(command);
  }
}

/** Two who press at once go on once. The room's host ends their own report, and nobody else's. */
function next(state: WorkshopState, reports: Reports, from: number, actor: Actor, at: number): Decision {
  const { current, since } = reports;
  const by = actor.seatId;
  const isHost = current !== null && hostOf(state, current.room) === by;
  if (from !== since) return leads(actor) || isHost ? accepted([]) : refused({ kind: 'floorPassedOn' });
  if (!leads(actor) && !isHost) return refused({ kind: 'notAllowed' });
  const room = lineOf(state, reports)[0];
  // who hosts a table does not call up another
  if (room !== undefined && leads(actor)) return accepted([given(state, room, by, at)]);
  return accepted(current ? [{ kind: 'reportEnded', by, at }] : []);
}

function given({ script, step }: WorkshopState, room: RoomId, by: SeatId, at: number) {
  const { seconds } = settingsOf({ ...script[step.index], kind: 'report' }) as ReportSettings;
  return { kind: 'reportGiven', room, endsAt: clockOf(step, at) + seconds * 1_000, by, at } as const;
}
