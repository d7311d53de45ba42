import type { SeatId } from '#domain/ids.ts';

/** Whoever has a seat before a peer starts. */
export const seatedAt = (index: number): SeatId => `seated${String(index).padStart(6, '0')}` as SeatId;
