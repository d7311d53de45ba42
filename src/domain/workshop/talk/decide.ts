import type { Actor } from '../../forum/seat.ts';
import type { SeatId } from '../../ids.ts';
import { leads } from '../../permissions/may.ts';
import { accepted, refused } from '../../refusal.ts';
import { unreachable } from '../../unreachable.ts';
import type { Decision } from '../decide.ts';
import type { WorkshopState } from '../state.ts';
import { clockOf } from '../time.ts';
import type { TalkCommand } from './commands.ts';
import { mayPassOn } from './may-pass-on.ts';
import { circleOf, membersOf, secondsOf, talkNow, type Circle, type Floor, type Talk } from './state.ts';

export function decideTalk(state: WorkshopState, command: TalkCommand, actor: Actor, at: number): Decision {
  if (state.closed) return refused({ kind: 'workshopClosed' });
  const meant = 'began' in command ? command.began : command.from;
  if (meant < state.step.began) return refused({ kind: 'stepChanged' });
  const talk = talkNow(state);
  if (!talk) return refused({ kind: 'notAllowed' });
  switch (command.kind) {
    case 'askToSpeak':
    case 'takeBackAsking':
      return asking(state, talk, command.kind, actor.seatId, at);
    case 'passOn':
      return passOn(state, talk, command, actor, at);
    case 'giveFloor': {
      const { circle, seat } = command;
      const floor = talk.floors.get(circle);
      if (!floor) return refused({ kind: 'roomUnknown' });
      if (floor.speaker?.seat === seat) return accepted([]);
      if (circleOf(talk, state, seat) !== circle) return refused({ kind: 'seatUnknown' });
      if (command.from !== floor.since) return refused({ kind: 'floorPassedOn' });
      const event = given(state, talk, circle, seat, actor.seatId, at);
      return accepted([command.takesBack ? { ...event, takesBack: true } : event]);
    }
    default:
      return unreachable(command);
  }
}

function asking(
  state: WorkshopState,
  talk: Talk,
  kind: 'askToSpeak' | 'takeBackAsking',
  seat: SeatId,
  at: number,
): Decision {
  const circle = circleOf(talk, state, seat);
  const floor = circle === undefined ? undefined : talk.floors.get(circle);
  if (!floor) return refused({ kind: 'roomUnknown' });
  if (talk.turns !== 'queue') return refused({ kind: 'notAllowed' });
  const hasAsked = floor.line.includes(seat);
  if (kind === 'takeBackAsking') return accepted(hasAsked ? [{ kind: 'askingTakenBack', seat, at }] : []);
  return accepted(hasAsked || floor.speaker?.seat === seat ? [] : [{ kind: 'speakingAsked', seat, at }]);
}

/** Two who press at once pass it on once. */
function passOn(
  state: WorkshopState,
  talk: Talk,
  { circle, from }: Extract<TalkCommand, { kind: 'passOn' }>,
  actor: Actor,
  at: number,
): Decision {
  const floor = talk.floors.get(circle);
  if (!floor) return refused({ kind: 'roomUnknown' });
  const by = actor.seatId;
  if (!leads(actor) && circleOf(talk, state, by) !== circle) return refused({ kind: 'notAllowed' });
  if (from !== floor.since) return accepted([]);
  if (!mayNow(state, talk, floor, circle, actor, at)) return refused({ kind: 'floorHeld' });
  const next = floor.line[0];
  if (next !== undefined) return accepted([given(state, talk, circle, next, by, at)]);
  if (floor.speaker) return accepted([{ kind: 'floorLeft', circle, by, at }]);
  const first = membersOf(state, circle)[0];
  if (talk.turns === 'queue' || first === undefined) return accepted([]);
  return accepted([{ kind: 'roundBegun', circle, by, at }, given(state, talk, circle, first, by, at)]);
}

function mayNow(state: WorkshopState, talk: Talk, floor: Floor, circle: Circle, actor: Actor, at: number): boolean {
  const now = clockOf(state.step, at);
  const may = mayPassOn(state, talk, floor, circle, actor);
  const end = floor.speaker?.endsAt ?? null;
  return may === 'now' || (may === 'whenOver' && end !== null && now >= end);
}

function given({ step }: WorkshopState, talk: Talk, circle: Circle, seat: SeatId, by: SeatId, at: number) {
  const seconds = secondsOf(talk);
  const endsAt = seconds === null ? null : clockOf(step, at) + seconds * 1_000;
  return { kind: 'floorGiven', circle, seat, endsAt, by, at } as const;
}
