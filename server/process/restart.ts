/** One run of the server, from its start to its end. */
export interface Life {
  /** Milliseconds from being ready to the end; null when it never was. */
  readonly readyFor: number | null;
}

const MOST_FAILED_STARTS = 5;
const LONG = 60_000; // ms after which a life says nothing about the ones before
const FIRST_RETRY = 250; // ms
const READY_MOST = 1_000; // ms: together with the start itself within two seconds

/**
 * How long to wait before the server is started again, in milliseconds; null: no more, it cannot start. Lives are all so far. A server that
 * was ready is always started again: to give up would be what somebody who ends it wants.
 */
export function waitBeforeRestart(lives: readonly Life[]): number | null {
  const failed = countFromEnd(lives, ({ readyFor }) => readyFor === null);
  if (failed >= MOST_FAILED_STARTS) return null;
  if (failed > 0) return FIRST_RETRY * 2 ** (failed - 1);
  const short = countFromEnd(lives, ({ readyFor }) => readyFor !== null && readyFor < LONG);
  return short <= 1 ? 0 : Math.min(READY_MOST, FIRST_RETRY * 2 ** (short - 2));
}

function countFromEnd(lives: readonly Life[], is: (life: Life) => boolean): number {
  const last = lives.findLastIndex((life) => !is(life));
  return lives.length - 1 - last;
}
