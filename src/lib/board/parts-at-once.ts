import { parts } from './standing.ts';

/** For the server. Null in the browser's build: see `server/vite/at-once.ts`. */
export const atOnce: typeof parts | null = parts;
