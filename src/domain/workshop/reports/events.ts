import type { RoomId, SeatId } from '../../ids.ts';

export type ReportEvent =
  /** `endsAt` on the step's clock. `takesBack`: the room that reported has not had its turn. */
  | {
      readonly kind: 'reportGiven';
      readonly room: RoomId;
      readonly endsAt: number;
      readonly takesBack?: true;
      readonly by: SeatId;
      readonly at: number;
    }
  | { readonly kind: 'reportEnded'; readonly by: SeatId; readonly at: number };

const KINDS: Readonly<Record<ReportEvent['kind'], true>> = { reportGiven: true, reportEnded: true };

export const isReport = (event: { readonly kind: string }): event is ReportEvent => Object.hasOwn(KINDS, event.kind);
