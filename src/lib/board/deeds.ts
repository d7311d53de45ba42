import type * as All from './all-deeds.ts';
import { atOnce } from './deeds-at-once.ts';
import type { parts } from './standing.ts';

let brought: typeof All | null = atOnce;
let shown: typeof parts | null = null;

/** They come with the parts of the board from which they are done. */
export function bringDeeds(all: typeof All, those: typeof parts): void {
  brought = all;
  shown = those;
}

export const partsHere = (): typeof parts | null => shown;

export const areDeedsHere = (): boolean => brought !== null;

export function deeds(): typeof All {
  if (!brought) throw new Error('a board was to be changed before it could be');
  return brought;
}
