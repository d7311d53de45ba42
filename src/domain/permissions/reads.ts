import type { Actor } from '../forum/seat.ts';
import type { RoomId, SeatId } from '../ids.ts';
import { unreachable } from '../unreachable.ts';
import type { WorkshopState } from '../workshop/state.ts';
import { leads } from './may.ts';

/**
 * Who asks, as one forum sees them. `rooms`: where a seat sits now, one for each workshop that it has a chair in. Whoever has no
 * cookie, a removed seat, an ended session or a seat in another forum only is `nobody` (or `account`, signed in).
 */
export type Visitor =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'account' }
  | (Actor & { readonly kind: 'seat'; readonly rooms: readonly RoomId[] });

/** A person whose name may be told: where they sit now, and on the boards of which rooms something of theirs may stand. */
export interface Named extends Actor {
  readonly rooms: readonly RoomId[];
  readonly wroteIn: readonly RoomId[];
  /** Whoever was in a pair or group with them: each reads what the other wrote there. */
  readonly groupedWith?: ReadonlySet<SeatId>;
}

/** Whatever a page, a socket, an export or a part of one of them shows. */
export type Thing =
  /** Front page, code field, sign-in and links with a token of their own. */
  | { readonly kind: 'entrance' }
  /** An account's forums, and the form for a new one. */
  | { readonly kind: 'account' }
  /** Title, agenda with the names of rooms, how far each workshop is, and one's own seat. */
  | { readonly kind: 'programme' }
  | { readonly kind: 'joinCode' }
  /** Everybody's names, countries and organisations. */
  | { readonly kind: 'people' }
  | { readonly kind: 'controlRoom' }
  | { readonly kind: 'screen' }
  /** Settings, and the forum as a file. */
  | { readonly kind: 'settings' }
  /** What is written on a room's board, comments and merged items included, and who is at it. */
  | { readonly kind: 'board'; readonly room: RoomId }
  /** What people wrote in a pair or group; `of`: who is in it, and once its step is over whoever was. */
  | { readonly kind: 'group'; readonly of: readonly SeatId[] }
  /** Earlier versions of a board. */
  | { readonly kind: 'versions' }
  /** The document as assembled, as a page and in every format. */
  | { readonly kind: 'outcome'; readonly isOpen: boolean }
  /** The texts that are written on the outcome page itself, live. */
  | { readonly kind: 'outcomeDraft' }
  | { readonly kind: 'name'; readonly of: Named };

/** THE read table (SPEC P20–P25). Whatever it does not give is not in the bytes that leave the server. */
export function reads(visitor: Visitor, thing: Thing): boolean {
  switch (thing.kind) {
    case 'entrance':
      return true;
    case 'account':
      return visitor.kind === 'account' || visitor.kind === 'seat';
    default:
      return visitor.kind === 'seat' && seatReads(visitor, thing);
  }
}

type Seated = Extract<Visitor, { kind: 'seat' }>;

function seatReads(seat: Seated, thing: Exclude<Thing, { kind: 'entrance' | 'account' }>): boolean {
  switch (thing.kind) {
    case 'programme':
      return true;
    case 'joinCode':
    case 'people':
    case 'controlRoom':
    case 'versions':
      return leads(seat);
    case 'screen':
      return mayShow(seat);
    case 'settings':
      return seat.role === 'organizer';
    case 'board':
      return readsBoard(seat, thing.room);
    case 'group':
      return leads(seat) || (seat.role === 'participant' && thing.of.includes(seat.seatId));
    case 'outcome':
      return thing.isOpen || leads(seat); // names stand in it that who watches may not know
    case 'outcomeDraft':
      return readsEveryBoard(seat);
    case 'name':
      return readsName(seat, thing.of);
    default:
      return unreachable(thing);
  }
}

/** Those who run the forum, and observers: a projector is one. */
export const mayShow = (seat: Pick<Actor, 'role'>): boolean => leads(seat) || seat.role === 'observer';

/** Whoever runs the forum, and those who are there to watch or to translate. */
const readsEveryBoard = ({ role }: Pick<Actor, 'role'>): boolean => role !== 'participant';

const readsBoard = (seat: Pick<Seated, 'role' | 'rooms'>, room: RoomId): boolean =>
  readsEveryBoard(seat) || seat.rooms.includes(room);

/**
 * One's own name; for those who run the forum everybody's; else of people at one's own table, of whoever was in a group with one, of
 * whoever left something on a board that one may read, and of whoever may read along on one's own: nobody is watched by somebody without a name.
 */
function readsName(seat: Seated, named: Named): boolean {
  if (named.seatId === seat.seatId || leads(seat)) return true;
  if (readsEveryBoard(named) && (readsEveryBoard(seat) || seat.rooms.length > 0)) return true;
  if (seat.role === 'participant' && named.groupedWith?.has(seat.seatId)) return true;
  return [...named.rooms, ...named.wroteIn].some((room) => readsBoard(seat, room));
}

type Seatings = readonly Pick<WorkshopState, 'seating' | 'groups'>[];

/** A seat as a visitor of its forum. `workshops`: all of the forum that are open. */
export const seatedVisitor = ({ seatId, role }: Actor, workshops: Seatings): Seated => ({
  kind: 'seat',
  seatId,
  role,
  rooms: roomsOf(seatId, workshops),
});

/**
 * People as the rule for names sees them; made once for many viewers. `wrote`: the seats that have written on each room's board, as
 * the server knows it by their leased clientIDs. What a board says about its authors does not count: guests wrote that.
 */
export function namedPeople(
  people: readonly Actor[],
  workshops: Seatings,
  wrote: ReadonlyMap<RoomId, ReadonlySet<SeatId>>,
): Named[] {
  const byAuthor = new Map<SeatId, RoomId[]>();
  for (const [room, seats] of wrote) {
    for (const seat of seats) byAuthor.set(seat, [...(byAuthor.get(seat) ?? []), room]);
  }
  return people.map(({ seatId, role }) => {
    const mates = groupedWith(seatId, workshops);
    const named = { seatId, role, rooms: roomsOf(seatId, workshops), wroteIn: byAuthor.get(seatId) ?? [] };
    return mates ? { ...named, groupedWith: mates } : named;
  });
}

const together = new WeakMap<NonNullable<WorkshopState['groups']>, ReadonlyMap<SeatId, ReadonlySet<SeatId>>>();

/** Whoever is, or was, in a pair or group with a seat; worked out once for each state of the groups. */
export function groupedWith(seat: SeatId, workshops: Seatings): ReadonlySet<SeatId> | undefined {
  const all = workshops.flatMap(({ groups }) => (groups ? [...(matesIn(groups).get(seat) ?? [])] : []));
  return all.length === 0 ? undefined : new Set(all);
}

function matesIn(groups: NonNullable<WorkshopState['groups']>): ReadonlyMap<SeatId, ReadonlySet<SeatId>> {
  const known = together.get(groups);
  if (known) return known;
  const mates = new Map<SeatId, Set<SeatId>>();
  for (const { seats, left } of [...groups.values()].flatMap((of) => [...of.values()])) {
    const all = [...seats, ...left];
    for (const seat of all) mates.set(seat, new Set([...(mates.get(seat) ?? []), ...all]));
  }
  together.set(groups, mates);
  return mates;
}

/** Whether the viewer may be told this person's name. */
export const mayReadName = (viewer: Visitor, of: Named): boolean => reads(viewer, { kind: 'name', of });

const roomsOf = (seat: SeatId, workshops: Seatings): RoomId[] =>
  workshops.flatMap(({ seating }) => seating.get(seat) ?? []);
