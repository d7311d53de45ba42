import { isCall } from '#domain/workshop/calls/events.ts';
import type { WorkshopEvent } from '#domain/workshop/events.ts';
import { isQuestion } from '#domain/workshop/questions/events.ts';
import { isReport } from '#domain/workshop/reports/events.ts';
import { isTalk } from '#domain/workshop/talk/events.ts';

type SeatEvent = Extract<WorkshopEvent, { kind: 'seatTaken' | 'seatMoved' | 'seatLeft' }>;

export const isAboutSeat = (event: WorkshopEvent): event is SeatEvent =>
  event.kind === 'seatTaken' || event.kind === 'seatMoved' || event.kind === 'seatLeft';

/** Who comes was not to move. */
export const isMove = ({ kind }: WorkshopEvent): boolean => kind === 'seatMoved' || kind === 'seatLeft';

/** Gathered, or by a part of its own: nobody else's parts are others by it. */
export const isToldOtherwise = (event: WorkshopEvent): boolean =>
  isAboutSeat(event) || isCall(event) || isTalk(event) || isReport(event) || isQuestion(event);
