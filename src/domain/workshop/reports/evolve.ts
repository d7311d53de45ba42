import { Chance } from '../../chance.ts';
import type { RoomId } from '../../ids.ts';
import { unreachable } from '../../unreachable.ts';
import type { WorkshopEvent } from '../events.ts';
import type { WorkshopState } from '../state.ts';
import { clockOf } from '../time.ts';
import type { ReportEvent } from './events.ts';
import { reportsNow, type Reports } from './state.ts';

export function evolveReports(state: WorkshopState, event: ReportEvent): WorkshopState {
  const reports = reportsNow(state);
  return reports ? withReports(state, changed(reports, event, state.version + 1)) : state;
}

function changed({ current, done, ...reports }: Reports, event: ReportEvent, since: number): Reports {
  const over = new Set(done);
  switch (event.kind) {
    case 'reportGiven':
      if (current && !event.takesBack) over.add(current.room);
      over.delete(event.room);
      return { ...reports, since, current: { room: event.room, endsAt: event.endsAt }, done: over };
    case 'reportEnded':
      if (current) over.add(current.room);
      return { ...reports, since, current: null, done: over };
    default:
      return unreachable(event);
  }
}

/** What becomes of reports by what else happens. `after` has that in it, but for the version. */
export function followReports(before: WorkshopState, after: WorkshopState, event: WorkshopEvent): WorkshopState {
  switch (event.kind) {
    case 'stepStarted':
      return stepStarted(before, after, event.at);
    case 'stepResumed':
      return withReports(after, later(reportsNow(after), event.at - clockOf(before.step, event.at)));
    case 'roomOpened': {
      const reports = reportsNow(after);
      return withReports(after, reports && { ...reports, order: [...reports.order, event.room.id] });
    }
    case 'workshopClosed': {
      const reports = reportsNow(before);
      return withReports(after, reports && { ...reports, since: after.version + 1, current: null });
    }
    default:
      return after;
  }
}

/** The order is drawn by the stored moment at which the step began; a step that runs again goes on where it was left. */
function stepStarted(before: WorkshopState, after: WorkshopState, at: number): WorkshopState {
  const left = before.reports?.get(before.step.id);
  const state = left ? withReports(after, { ...left, leftAt: clockOf(before.step, at) }, before.step.id) : after;
  if (state.script[state.step.index]?.kind !== 'report') return state;
  const rooms = state.rooms.map(({ id }) => id);
  const known = state.reports?.get(state.step.id);
  const since = state.step.began;
  if (!known) {
    const order = new Chance(at).shuffled<RoomId>(rooms);
    return withReports(state, { order, since, current: null, done: new Set() });
  }
  const { leftAt, ...reports } = known;
  const came = rooms.filter((room) => !reports.order.includes(room));
  const goesOn = later(reports, at - (leftAt ?? at))!;
  return withReports(state, { ...goesOn, order: [...reports.order, ...came], since });
}

function later(reports: Reports | undefined, ms: number): Reports | undefined {
  if (!reports?.current) return reports;
  const { current } = reports;
  return { ...reports, current: { ...current, endsAt: current.endsAt + ms } };
}

const withReports = (state: WorkshopState, reports: Reports | undefined, step = state.step.id): WorkshopState =>
  reports ? { ...state, reports: new Map(state.reports).set(step, reports) } : state;
