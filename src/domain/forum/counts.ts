import { LIMITS, type Limit } from '../limits.ts';
import { type Countable, type Refusal } from '../refusal.ts';

/** What is counted of an agenda that nobody has checked yet, as it comes from a file. */
interface Counts {
  readonly agendaItems: number;
  readonly workshops: number;
  /** Of its largest workshop. */
  readonly rooms: number;
  /** Place of that workshop in the agenda. */
  readonly at: number;
  readonly roomsOfForum: number;
}

const MOST: Readonly<Record<'agendaItems' | 'workshops' | 'rooms' | 'roomsOfForum', Limit>> = {
  agendaItems: LIMITS.agendaItems,
  workshops: LIMITS.workshopsOfForum,
  rooms: LIMITS.roomsOfWorkshop,
  roomsOfForum: LIMITS.roomsOfForum,
};
const ORDER = ['agendaItems', 'workshops', 'rooms', 'roomsOfForum'] as const;

/**
 * The first thing of which an agenda has too many; null when none. It is counted before anything is made of the agenda. What was
 * stored before a limit came (`stored`) may stay and be edited, and not grow.
 */
export function tooManyIn(agenda: unknown, stored: unknown = []): Refusal | null {
  const [now, before] = [countsOf(agenda), countsOf(stored)];
  for (const what of ORDER) {
    const { most } = MOST[what];
    if (now[what] > Math.max(most, before[what])) return refusal(what, most, now.at);
  }
  return null;
}

export const roomsOf = (agenda: unknown): number => countsOf(agenda).roomsOfForum;

function refusal(what: Countable, most: number, at: number): Refusal {
  return { kind: 'limitReached', what, most, field: what === 'rooms' ? `agenda[${at}].rooms` : 'agenda' };
}

function countsOf(agenda: unknown): Counts {
  const counts = { agendaItems: 0, workshops: 0, rooms: 0, at: 0, roomsOfForum: 0 };
  if (!Array.isArray(agenda)) return counts; // the schema says what is wrong with it
  counts.agendaItems = agenda.length;
  for (const [at, item] of agenda.entries() as Iterable<[number, { kind?: unknown; rooms?: unknown } | null]>) {
    if (item?.kind !== 'workshop') continue;
    const rooms = Array.isArray(item.rooms) ? item.rooms.length : 0;
    counts.workshops += 1;
    counts.roomsOfForum += rooms;
    if (rooms > counts.rooms) Object.assign(counts, { rooms, at });
  }
  return counts;
}
