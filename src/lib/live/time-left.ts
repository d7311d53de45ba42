import { GRACE_MS } from '#domain/script/grace.ts';

/** `soon` is the last minute; `grace` the 30 seconds in which people finish their sentence; `over` after that. */
export type Phase = 'untimed' | 'paused' | 'running' | 'soon' | 'grace' | 'over';

/** `left`: milliseconds, while the clock is paused. */
export interface StepTime {
  readonly endsAt: number | null;
  readonly left?: number;
  /** Until the next step begins in other rooms nothing ends. */
  readonly roomsAt?: number;
  /** Where people only read there is no sentence to finish. */
  readonly board?: 'read' | 'write';
}

export interface TimeLeft {
  readonly phase: Phase;
  /** Milliseconds to the end of the step, or of the grace once that runs; 0 when there is none. */
  readonly ms: number;
  /** `12:05`, `1:02:05`; empty for a step without a limit. */
  readonly text: string;
}

const SOON = 60_000;

/** How a countdown stands at `now` on the server's clock. */
export function timeLeft({ endsAt, left: kept, roomsAt, board }: StepTime, now: number): TimeLeft {
  if (kept !== undefined) return { phase: 'paused', ms: kept, text: clock(kept) };
  if (roomsAt !== undefined) {
    const ms = Math.max(0, roomsAt - now);
    return { phase: 'soon', ms, text: clock(ms) };
  }
  if (endsAt === null) return { phase: 'untimed', ms: 0, text: '' };
  const left = endsAt - now;
  if (left > 0) return { phase: left <= SOON ? 'soon' : 'running', ms: left, text: clock(left) };
  const grace = board === 'read' ? 0 : left + GRACE_MS;
  return grace > 0 ? { phase: 'grace', ms: grace, text: clock(grace) } : { phase: 'over', ms: 0, text: clock(0) };
}

/** Rounded up: it shows 0:00 when the time is over and not a second earlier. */
function clock(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
