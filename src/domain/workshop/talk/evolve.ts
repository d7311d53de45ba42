import type { SeatId } from '../../ids.ts';
import { settingsOf } from '../../script/rules.ts';
import type { TalkSettings } from '../../script/steps/talk.ts';
import { unreachable } from '../../unreachable.ts';
import type { WorkshopEvent } from '../events.ts';
import { groupsNow } from '../groups/state.ts';
import type { WorkshopState } from '../state.ts';
import { clockOf } from '../time.ts';
import type { TalkEvent } from './events.ts';
import { circleOf, membersOf, talkNow, type Circle, type Floor, type Talk } from './state.ts';

export function evolveTalk(state: WorkshopState, event: TalkEvent): WorkshopState {
  const talk = talkNow(state);
  if (!talk) return state;
  const circle = 'circle' in event ? event.circle : circleOf(talk, state, event.seat);
  const floor = circle === undefined ? undefined : talk.floors.get(circle);
  if (circle === undefined || !floor) return state;
  return withTalk(state, withFloor(talk, circle, changed(floor, event, state, circle)));
}

function changed(floor: Floor, event: TalkEvent, state: WorkshopState, circle: Circle): Floor {
  switch (event.kind) {
    case 'speakingAsked':
      return floor.line.includes(event.seat) ? floor : { ...floor, line: [...floor.line, event.seat] };
    case 'askingTakenBack':
      return { ...floor, line: floor.line.filter((seat) => seat !== event.seat) };
    case 'floorGiven':
      return given(event.takesBack ? withoutTurn(floor) : floor, event, state.version + 1);
    case 'floorLeft':
      return { ...floor, since: state.version + 1, speaker: null };
    case 'roundBegun':
      return { since: state.version + 1, speaker: null, line: membersOf(state, circle), spoken: new Set() };
    default:
      return unreachable(event);
  }
}

function given({ line, spoken }: Floor, event: Extract<TalkEvent, { kind: 'floorGiven' }>, version: number): Floor {
  const { seat, endsAt } = event;
  const place = line.indexOf(seat);
  return {
    since: version,
    speaker: { seat, endsAt, place: place < 0 ? null : place },
    line: line.filter((one) => one !== seat),
    spoken: new Set(spoken).add(seat),
  };
}

/** Whoever speaks has their place in line again, and has not spoken. */
function withoutTurn(floor: Floor): Floor {
  const { speaker, line, spoken } = floor;
  if (!speaker || speaker.place === null) return floor;
  const { seat, place } = speaker;
  return {
    ...floor,
    line: [...line.slice(0, place), seat, ...line.slice(place)],
    spoken: new Set([...spoken].filter((one) => one !== seat)),
  };
}

/** What becomes of talk by what else happens. `after` has that in it, but for the version. */
export function followTalk(before: WorkshopState, after: WorkshopState, event: WorkshopEvent): WorkshopState {
  switch (event.kind) {
    case 'stepStarted':
      return stepStarted(before, after, event.at);
    case 'stepResumed':
      return withTalk(after, later(talkNow(after), event.at - clockOf(before.step, event.at)));
    case 'roomOpened':
    case 'seatTaken':
    case 'seatMoved':
    case 'seatLeft':
    case 'mixTakenBack':
    case 'workshopReopened':
    case 'groupsMade':
      return withTalk(after, reseated(after, talkNow(after)));
    case 'roomsMixed':
      // What is left for a step that begins with other rooms is kept as it was: the turn may be taken back.
      return event.step === undefined ? withTalk(after, reseated(after, talkNow(after))) : after;
    case 'workshopClosed':
      return withTalk(after, nobodySpeaks(talkNow(before), after.version + 1));
    default:
      return after;
  }
}

/** A step that runs again goes on where it was left. */
function stepStarted(before: WorkshopState, after: WorkshopState, at: number): WorkshopState {
  const left = before.talks?.get(before.step.id);
  const state = left ? withTalk(after, { ...left, leftAt: clockOf(before.step, at) }, before.step.id) : after;
  const turns = turnsOf(state);
  if (turns === 'none') return state;
  const known = state.talks?.get(state.step.id);
  if (!known) return withTalk(state, reseated(state, { turns, floors: new Map() }));
  const { leftAt, ...talk } = known;
  const goesOn = reseated(state, later(talk, at - (leftAt ?? at)))!;
  const floors = [...goesOn.floors].map(([circle, floor]) => [circle, { ...floor, since: state.step.began }] as const);
  return withTalk(state, { ...goesOn, floors: new Map(floors) });
}

function turnsOf({ script, step }: WorkshopState): TalkSettings['turns'] {
  const running = script[step.index];
  if (running?.kind !== 'talk') return 'none';
  return (settingsOf({ ...running, kind: 'talk' }) as TalkSettings).turns;
}

/** Whoever sits elsewhere, or has gone, is forgotten; whoever has come is the last in turn. */
function reseated(state: WorkshopState, talk: Talk | undefined): Talk | undefined {
  if (!talk) return undefined;
  const isPlenary = state.script[state.step.index]?.place === 'plenary';
  const circles: readonly Circle[] = isPlenary
    ? [null]
    : [...(groupsNow(state)?.keys() ?? state.rooms.map(({ id }) => id))];
  const floors = circles.map((circle) => {
    const floor = talk.floors.get(circle) ?? { since: state.version + 1, speaker: null, line: [], spoken: new Set() };
    return [circle, amongThem(floor, membersOf(state, circle), talk.turns !== 'queue', state.version + 1)] as const;
  });
  return { ...talk, floors: new Map(floors) };
}

function amongThem(floor: Floor, seats: readonly SeatId[], areAllInLine: boolean, version: number): Floor {
  const here = new Set(seats);
  const { speaker } = floor;
  const known = new Set([...floor.line, ...floor.spoken]);
  const stay = floor.line.filter((seat) => here.has(seat));
  const come = areAllInLine ? seats.filter((seat) => !known.has(seat)) : [];
  const hasGone = speaker !== null && !here.has(speaker.seat);
  return {
    since: hasGone ? version : floor.since,
    speaker: hasGone ? null : speaker,
    line: [...stay, ...come],
    spoken: new Set([...floor.spoken].filter((seat) => here.has(seat))),
  };
}

function later(talk: Talk | undefined, ms: number): Talk | undefined {
  return (
    talk &&
    withFloors(talk, (floor) => {
      const { speaker } = floor;
      return speaker?.endsAt ? { ...floor, speaker: { ...speaker, endsAt: speaker.endsAt + ms } } : floor;
    })
  );
}

/** Who has asked would not wait for days. */
function nobodySpeaks(talk: Talk | undefined, version: number): Talk | undefined {
  return (
    talk &&
    withFloors(talk, (floor) => ({
      ...floor,
      since: version,
      speaker: null,
      line: talk.turns === 'queue' ? [] : floor.line,
    }))
  );
}

const withFloor = (talk: Talk, circle: Circle, floor: Floor): Talk => ({
  ...talk,
  floors: new Map(talk.floors).set(circle, floor),
});

const withFloors = (talk: Talk, change: (floor: Floor) => Floor): Talk => ({
  ...talk,
  floors: new Map([...talk.floors].map(([circle, floor]) => [circle, change(floor)])),
});

const withTalk = (state: WorkshopState, talk: Talk | undefined, step = state.step.id): WorkshopState =>
  talk ? { ...state, talks: new Map(state.talks).set(step, talk) } : state;
