import * as all from './all-deeds.ts';

/** Null in the browser's build: see `server/vite/at-once.ts`. */
export const atOnce: typeof all | null = all;
