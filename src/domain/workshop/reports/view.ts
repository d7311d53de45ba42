import type { RoomId } from '../../ids.ts';
import { settingsOf } from '../../script/rules.ts';
import type { ReportSettings } from '../../script/steps/report.ts';
import type { WorkshopState } from '../state.ts';
import { lineOf, reportsNow } from './state.ts';

/** Which room reports, for everybody alike: the names of rooms are known to all. */
export interface ReportsView {
  readonly kind: 'reports';
  /** The version with which the step began. */
  readonly began: number;
  readonly since: number;
  /** That each room has. */
  readonly seconds: number;
  /** `left` (milliseconds) instead of an end while the step is paused. */
  readonly current: { readonly room: RoomId; readonly endsAt: number | null; readonly left?: number } | null;
  readonly line: readonly RoomId[];
  readonly done: readonly RoomId[];
}

/** Null: rooms do not report now. */
export function reportsView(state: WorkshopState): ReportsView | null {
  const reports = reportsNow(state);
  if (!reports) return null;
  const { script, step } = state;
  const { seconds } = settingsOf({ ...script[step.index], kind: 'report' }) as ReportSettings;
  const { order, since, current, done } = reports;
  const shown = current && (step.pausedAt === undefined ? current : stands(current, step.pausedAt));
  const over = order.filter((room) => done.has(room));
  return {
    kind: 'reports',
    began: step.began,
    since,
    seconds,
    current: shown,
    line: lineOf(state, reports),
    done: over,
  };
}

const stands = ({ room, endsAt }: { readonly room: RoomId; readonly endsAt: number }, pausedAt: number) => ({
  room,
  endsAt: null,
  left: Math.max(0, endsAt - pausedAt),
});
