import { APART_EVENTS } from '../workshop/apart/apart.ts';
import { CALL_EVENTS } from '../workshop/calls/events.ts';
import type { WorkshopEvent } from '../workshop/events.ts';
import { QUESTION_EVENTS } from '../workshop/questions/events.ts';
import { TALK_EVENTS } from '../workshop/talk/events.ts';

const TAKES_NOTHING = new Set<WorkshopEvent['kind']>([
  'seatTaken',
  'seatPinned',
  'seatUnpinned',
  'hostNamed',
  'hostReleased',
  ...CALL_EVENTS,
  ...TALK_EVENTS,
  ...QUESTION_EVENTS,
  ...APART_EVENTS,
]);

/**
 * Whether somebody may do less with a board after it. Somebody who sits down takes nothing from anybody and had no board before; a pin
 * moves nobody, and neither does a host, a call, who speaks or what is asked.
 */
export const takesRights = ({ kind }: WorkshopEvent): boolean => !TAKES_NOTHING.has(kind);
