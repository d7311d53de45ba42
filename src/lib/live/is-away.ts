import type { SeatId } from '#domain/ids.ts';
import type { LiveConnection } from './live-connection.svelte.ts';

/** Not connected, as far as those who run the workshop are told; without a connection of its own a page knows of nobody. */
export const isAway = ({ status, present }: Pick<LiveConnection, 'status' | 'present'>, seat: SeatId): boolean =>
  status === 'online' && present.length > 0 && !present.includes(seat);
