import type { Actor } from '../../forum/seat.ts';
import type { SeatId } from '../../ids.ts';
import type { WorkshopState } from '../state.ts';
import { mayPassOn } from './may-pass-on.ts';
import { circleOf, secondsOf, talkNow, type Circle, type Floor, type Talk } from './state.ts';

interface FloorView {
  readonly circle: Circle;
  readonly since: number;
  /** `left` (milliseconds) instead of an end while the step is paused. */
  readonly speaker: { readonly seat: SeatId; readonly endsAt: number | null; readonly left?: number } | null;
  readonly line: readonly SeatId[];
}

interface TalkWords {
  /** The version with which the step began. */
  readonly began: number;
  /** Whether people ask to speak, or each has their turn. */
  readonly isQueue: boolean;
  readonly seconds: number | null;
}

/** What somebody in a circle may know of who speaks there. In the plenary that is who is next, and not who else has asked. */
export interface OwnTalk extends TalkWords, FloorView {
  readonly kind: 'ownTalk';
  /** In line, also those who are not named. */
  readonly waiting: number;
  /** How many come before oneself; null: one is not in line. */
  readonly before: number | null;
  readonly mayPassOn: 'now' | 'whenOver' | null;
}

/** What those know who run, watch or translate the workshop. */
export interface HallTalk extends TalkWords {
  readonly kind: 'hallTalk';
  readonly floors: readonly (FloorView & { readonly spoken: readonly SeatId[] })[];
}

const NAMED = 2; // who speaks, and who gets ready

/** The privacy boundary for a participant. Null: people do not speak in turn, or not here. */
export function ownTalk(state: WorkshopState, viewer: Actor): OwnTalk | null {
  const talk = talkNow(state);
  const circle = talk && circleOf(talk, state, viewer.seatId);
  const floor = circle === undefined ? undefined : talk?.floors.get(circle);
  if (!talk || !floor || circle === undefined) return null;
  const { line } = floor;
  const before = line.indexOf(viewer.seatId);
  return {
    kind: 'ownTalk',
    ...wordsOf(state, talk),
    ...floorView(state, circle, floor),
    line: circle === null ? line.slice(0, NAMED) : line,
    waiting: line.length,
    before: before < 0 ? null : before,
    mayPassOn: mayPassOn(state, talk, floor, circle, viewer),
  };
}

/** Who speaks before everybody, for a screen on the wall: it says nothing of single rooms. */
export function wallTalk(state: WorkshopState): OwnTalk | null {
  const talk = talkNow(state);
  const floor = talk?.floors.get(null);
  if (!talk || !floor) return null;
  const { line } = floor;
  const shown = { ...wordsOf(state, talk), ...floorView(state, null, floor), line: line.slice(0, NAMED) };
  return { kind: 'ownTalk', ...shown, waiting: line.length, before: null, mayPassOn: null };
}

export function hallTalk(state: WorkshopState): HallTalk | null {
  const talk = talkNow(state);
  if (!talk) return null;
  const floors = [...talk.floors].map(([circle, floor]) => ({
    ...floorView(state, circle, floor),
    spoken: [...floor.spoken],
  }));
  return { kind: 'hallTalk', ...wordsOf(state, talk), floors };
}

const wordsOf = ({ step }: WorkshopState, talk: Talk): TalkWords => ({
  began: step.began,
  isQueue: talk.turns === 'queue',
  seconds: secondsOf(talk),
});

function floorView({ step }: WorkshopState, circle: Circle, { since, speaker, line }: Floor): FloorView {
  if (!speaker) return { circle, since, speaker, line };
  const { seat, endsAt } = speaker;
  if (endsAt === null || step.pausedAt === undefined) return { circle, since, speaker: { seat, endsAt }, line };
  return { circle, since, speaker: { seat, endsAt: null, left: Math.max(0, endsAt - step.pausedAt) }, line };
}
