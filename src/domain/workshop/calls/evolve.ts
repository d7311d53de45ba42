import type { RoomId, SeatId } from '../../ids.ts';
import { LIMITS } from '../../limits.ts';
import { unreachable } from '../../unreachable.ts';
import type { WorkshopEvent } from '../events.ts';
import type { WorkshopState } from '../state.ts';
import type { CallEvent } from './events.ts';
import { isSaid, NO_CALLS, type Broadcast, type Calls, type HelpCall } from './state.ts';

export function evolveCalls(state: WorkshopState, event: CallEvent): WorkshopState {
  return { ...state, calls: changed(state, state.calls ?? NO_CALLS, event) };
}

function changed(state: WorkshopState, calls: Calls, event: CallEvent): Calls {
  switch (event.kind) {
    case 'helpCalled': {
      const { seat, at } = event;
      return withHelp(calls, event.room, { call: state.version + 1, seat, at, by: null });
    }
    case 'helpCalledOff':
    case 'helpEnded':
      return { ...calls, help: without(calls.help, event.room) };
    case 'helpTaken':
    case 'helpLeft': {
      const call = calls.help.get(event.room);
      return call ? withHelp(calls, event.room, { ...call, by: event.kind === 'helpTaken' ? event.by : null }) : calls;
    }
    case 'paceTold':
      return {
        ...calls,
        paces:
          event.pace === null ? without(calls.paces, event.seat) : new Map(calls.paces).set(event.seat, event.pace),
      };
    case 'broadcastSent': {
      const { id, text, lang, room = null, by, at } = event;
      const to = new Set(seatsIn(state, room));
      const sent: Broadcast = { id, text, lang, room, by, at, to, read: new Set(), isTakenBack: false };
      return { ...calls, broadcasts: [...calls.broadcasts, sent].slice(-LIMITS.broadcastsOfWorkshop.most) };
    }
    case 'broadcastTakenBack':
      return withBroadcasts(calls, (one) => (one.id === event.id ? { ...one, isTakenBack: true } : one));
    case 'broadcastRead':
      return withBroadcasts(calls, (one) =>
        one.id === event.id ? { ...one, read: new Set(one.read).add(event.seat) } : one,
      );
    default:
      return unreachable(event);
  }
}

/** What becomes of calls by what else happens. `state` has that in it, but for the version. */
export function followCalls(state: WorkshopState, event: WorkshopEvent): WorkshopState {
  const { calls } = state;
  if (!calls) return state;
  switch (event.kind) {
    case 'stepStarted':
      return { ...state, calls: { ...inStep(calls, event.takesBack, state.step.began), paces: new Map() } };
    case 'stepExtended':
    case 'timeSet': {
      // Who has got more time wants none any more.
      const isMore = event.kind === 'stepExtended' || event.endsAt === null || (event.shift ?? 0) > 0;
      if (!isMore) return state;
      const room = event.kind === 'stepExtended' ? event.room : undefined;
      const isLeft = (seat: SeatId) => room !== undefined && state.seating.get(seat) !== room;
      const paces = [...calls.paces].filter(([seat, pace]) => pace !== 'more' || isLeft(seat));
      return paces.length === calls.paces.size ? state : { ...state, calls: { ...calls, paces: new Map(paces) } };
    }
    case 'seatTaken': {
      const isFor = (one: Broadcast) => isSaid(one, state) && (one.room === null || one.room === event.room);
      if (!calls.broadcasts.some(isFor)) return state;
      const told = withBroadcasts(calls, (one) => (isFor(one) ? { ...one, to: new Set(one.to).add(event.seat) } : one));
      return { ...state, calls: told };
    }
    case 'seatMoved':
    case 'roomsMixed':
    case 'mixTakenBack': {
      // Who called and sits elsewhere now calls again from there: nobody is to go to a room that needs nothing.
      const help = [...calls.help].filter(([room, { seat }]) => state.seating.get(seat) === room);
      return help.length === calls.help.size ? state : { ...state, calls: { ...calls, help: new Map(help) } };
    }
    case 'workshopClosed':
      return { ...state, calls: { ...calls, help: new Map(), paces: new Map() } };
    case 'seatLeft':
      return calls.paces.has(event.seat)
        ? { ...state, calls: { ...calls, paces: without(calls.paces, event.seat) } }
        : state;
    default:
      return state;
  }
}

/** What was said is over with its step, unless the turn that ended it is taken back. */
const inStep = (calls: Calls, takesBack: number | undefined, began: number): Calls =>
  withBroadcasts(calls, ({ over, ...one }) => {
    if (over === undefined) return { ...one, over: began };
    return over === takesBack ? one : { ...one, over };
  });

function* seatsIn({ seating }: WorkshopState, room: RoomId | null): Generator<SeatId> {
  for (const [seat, at] of seating) if (room === null || at === room) yield seat;
}

const withHelp = (calls: Calls, room: RoomId, call: HelpCall): Calls => ({
  ...calls,
  help: new Map(calls.help).set(room, call),
});

const withBroadcasts = (calls: Calls, change: (one: Broadcast) => Broadcast): Calls => ({
  ...calls,
  broadcasts: calls.broadcasts.map(change),
});

function without<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): ReadonlyMap<Key, Value> {
  const others = new Map(map);
  others.delete(key);
  return others;
}
