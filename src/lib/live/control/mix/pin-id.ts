import type { SeatId } from '#domain/ids.ts';

/** Of the button that keeps somebody where they sit. */
export const pinId = (seat: SeatId): string => `pin-${seat}`;
