import type { Actor } from '../../forum/seat.ts';
import type { RoomId, SeatId } from '../../ids.ts';
import { fittingLanguage } from '../../languages/fitting.ts';
import { lettersIn, oneLine } from '../../languages/one-line.ts';
import { isSeen } from '../../languages/seen.ts';
import { LIMITS } from '../../limits.ts';
import { accepted, refused } from '../../refusal.ts';
import { MINUTE } from '../../script/step.ts';
import { unreachable } from '../../unreachable.ts';
import type { Decision } from '../decide.ts';
import { hostOf } from '../hosts.ts';
import type { WorkshopState } from '../state.ts';
import type { CallCommand } from './commands.ts';
import { asksPace } from './asks-pace.ts';
import { awaits, NO_CALLS, type HelpCall } from './state.ts';

const LATEST = 60 * MINUTE; // a page gives a message up after seconds

type Of<Kind extends CallCommand['kind']> = Extract<CallCommand, { kind: Kind }>;

export function decideCalls(state: WorkshopState, command: CallCommand, { seatId }: Actor, at: number): Decision {
  switch (command.kind) {
    case 'callHelp':
      return callHelp(state, seatId, at);
    case 'callOffHelp':
      return callOffHelp(state, command, seatId, at);
    case 'takeHelp':
      return takeHelp(state, command, seatId, at);
    case 'leaveHelp': {
      const found = openCall(state, command.call);
      return accepted(found?.by === seatId ? [{ kind: 'helpLeft', room: found.room, by: seatId, at }] : []);
    }
    case 'endHelp': {
      const found = openCall(state, command.call);
      return accepted(found ? [{ kind: 'helpEnded', room: found.room, by: seatId, at }] : []);
    }
    case 'tellPace':
      return tellPace(state, command, seatId, at);
    case 'sendBroadcast':
      return sendBroadcast(state, command, seatId, at);
    case 'takeBackBroadcast':
      return takeBackBroadcast(state, command, seatId, at);
    case 'readBroadcast': {
      const found = broadcastOf(state, command.id);
      return accepted(
        found && awaits(found, seatId, state) ? [{ kind: 'broadcastRead', id: found.id, seat: seatId, at }] : [],
      );
    }
    default:
      return unreachable(command);
  }
}

/** One open call a room: whoever calls second has what they asked for. */
function callHelp(state: WorkshopState, seat: SeatId, at: number): Decision {
  const room = state.seating.get(seat);
  if (room === undefined) return refused({ kind: 'roomUnknown' });
  if (state.closed) return refused({ kind: 'workshopClosed' });
  return accepted(state.calls?.help.has(room) ? [] : [{ kind: 'helpCalled', room, seat, at }]);
}

function callOffHelp(state: WorkshopState, { call }: Of<'callOffHelp'>, seat: SeatId, at: number): Decision {
  const found = openCall(state, call);
  if (!found) return accepted([]);
  if (found.seat !== seat && hostOf(state, found.room) !== seat) return refused({ kind: 'notAllowed' });
  return accepted([{ kind: 'helpCalledOff', room: found.room, at }]);
}

function takeHelp(state: WorkshopState, { call, instead }: Of<'takeHelp'>, by: SeatId, at: number): Decision {
  const found = openCall(state, call);
  if (!found) return refused({ kind: 'helpOver' });
  if (found.by === by) return accepted([]);
  if (found.by !== null && found.by !== instead) return refused({ kind: 'helpTaken' });
  return accepted([{ kind: 'helpTaken', room: found.room, by, at }]);
}

function tellPace(state: WorkshopState, { pace, began }: Of<'tellPace'>, seat: SeatId, at: number): Decision {
  if (!state.seating.has(seat)) return refused({ kind: 'roomUnknown' });
  if (state.closed) return refused({ kind: 'workshopClosed' });
  if (began !== state.step.began) return refused({ kind: 'stepChanged' });
  if (!asksPace(state)) return refused({ kind: 'notAllowed' });
  const told = state.calls?.paces.get(seat) ?? null;
  return accepted(told === pace ? [] : [{ kind: 'paceTold', seat, pace, at }]);
}

function sendBroadcast(state: WorkshopState, command: Of<'sendBroadcast'>, by: SeatId, at: number): Decision {
  const { id, lang, room, until } = command;
  if (broadcastOf(state, id)) return accepted([]);
  if (room !== undefined && !state.rooms.some((open) => open.id === room)) return refused({ kind: 'roomUnknown' });
  const text = oneLine(command.text);
  if (!isSeen(text)) return refused({ kind: 'fieldMissing', field: 'message' });
  const { most } = LIMITS.lettersOfBroadcast;
  if (lettersIn(text) > most) return refused({ kind: 'fieldInvalid', field: 'message', reason: `≤ ${most}` });
  if (until > at + LATEST) return refused({ kind: 'fieldInvalid', field: 'until', reason: `≤ ${at + LATEST}` });
  if (at > until) return refused({ kind: 'broadcastLate' });
  const fitting = fittingLanguage(lang, text);
  return accepted([{ kind: 'broadcastSent', id, text, lang: fitting, ...(room && { room }), by, at }]);
}

/** For whoever has not read it yet. */
function takeBackBroadcast(state: WorkshopState, { id }: Of<'takeBackBroadcast'>, by: SeatId, at: number): Decision {
  const found = broadcastOf(state, id);
  if (!found) return refused({ kind: 'broadcastOver' });
  if (found.isTakenBack) return accepted([]);
  if (found.to.size > 0 && ![...found.to].some((seat) => awaits(found, seat, state)))
    return refused({ kind: 'broadcastOver' });
  return accepted([{ kind: 'broadcastTakenBack', id, by, at }]);
}

/** What becomes of the room's call when whoever called has no seat any more. */
export function withoutCaller({ calls }: WorkshopState, seat: SeatId, at: number) {
  return [...(calls ?? NO_CALLS).help].flatMap(([room, call]) =>
    call.seat === seat ? [{ kind: 'helpCalledOff', room, at } as const] : [],
  );
}

function openCall({ calls }: WorkshopState, call: number): (HelpCall & { readonly room: RoomId }) | undefined {
  for (const [room, open] of (calls ?? NO_CALLS).help) if (open.call === call) return { ...open, room };
  return undefined;
}

const broadcastOf = ({ calls }: WorkshopState, id: string) => calls?.broadcasts.find((one) => one.id === id);
