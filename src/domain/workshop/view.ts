import type { Actor, Role } from '../forum/seat.ts';
import type { ForumId, RoomId, SeatId, StepId, WorkshopId } from '../ids.ts';
import type { ByLanguage } from '../languages/by-language.ts';
import { access, type Access } from '../permissions/access.ts';
import { leads } from '../permissions/may.ts';
import { GRACE_MS } from '../script/grace.ts';
import { seatingOf, type SeatingAsked } from '../script/seating-of.ts';
import type { PlayableStep, StepKind } from '../script/step.ts';
import { neighbour } from './decide-turns.ts';
import { seatsFor } from './seats-for.ts';
import type { AnnouncedTurn, RunningStep, WorkshopState } from './state.ts';
import { endOf, stepOf, takesPens } from './time.ts';
import { planningOf, stepLines, stepWords, type PlanningView, type StepLine, type StepWords } from './view-script.ts';

export interface RoomView {
  readonly id: RoomId;
  readonly name: string;
  readonly access: Access;
  /** Name of the board's document; absent for whom the board is out of reach. */
  readonly document?: string;
  readonly seats: readonly SeatId[];
  /** For who runs the workshop: milliseconds that the room has more than the others. */
  readonly more?: number;
}

/** A step that can be turned to. */
export interface WayView {
  readonly step: StepId;
  readonly kind: StepKind;
  readonly title?: ByLanguage;
  /** How people are seated for it, where that is not as they sit. */
  readonly seating?: SeatingAsked;
  /** Whether people write now who could not then: they are given grace. */
  readonly takesPens: boolean;
  /** Milliseconds with which it would go on; null: its whole time, or no limit. */
  readonly left: number | null;
}

/** What of the running step is for those who run the workshop. */
export interface TurningView {
  /** What begins by itself, when, and how many sit elsewhere then; until then people finish their sentence. */
  readonly turn: { readonly to: StepId; readonly startsAt: number; readonly moves?: number } | null;
  /** The last minutes that can be taken back. */
  readonly added: { readonly version: number; readonly minutes: number; readonly room: RoomId | null } | null;
  readonly next: WayView | null;
  readonly back: WayView | null;
  /** The step to which the turn can be taken back that began this one. */
  readonly before: StepId | null;
  /** When the whole was to end. */
  readonly plannedEnd: number | null;
}

export interface StepView extends StepWords {
  readonly id: StepId;
  readonly index: number;
  readonly began: number;
  readonly kind: StepKind;
  readonly startedAt: number;
  /** In the viewer's own room; everybody's for who has none. Null: no limit, or the clock is paused. */
  readonly endsAt: number | null;
  /** Milliseconds that are left while the clock is paused. */
  readonly left?: number;
  /** When the next step begins in rooms that were announced: its clock runs until then. */
  readonly roomsAt?: number;
}

/** Everything one viewer may know of a workshop, as plain JSON: what is not in here does not leave the server. */
export interface WorkshopView {
  readonly workshop: WorkshopId;
  readonly forum: ForumId;
  readonly version: number;
  readonly closed: boolean;
  /** Participants' boards are for reading, whatever the step allows. */
  readonly frozen?: true;
  /** The steps that are run. `step.index` counts in them. */
  readonly script: readonly StepLine[];
  readonly step: StepView;
  readonly me: {
    readonly seatId: SeatId;
    readonly role: Role;
    readonly room: RoomId | null;
    /** Announced with the step that comes; until then one sits where one sat. */
    readonly goesTo?: { readonly room: RoomId; readonly at: number };
  };
  readonly rooms: readonly RoomView[];
  /** For who runs the workshop only. `mix`: the version with the last mix, while it can be taken back. */
  readonly turning?: TurningView;
  readonly planning?: PlanningView;
  readonly mixing?: { readonly pinned: readonly SeatId[]; readonly mix: number | null };
}

/** The privacy boundary. `now` decides whether a step's grace is over. */
export function view(state: WorkshopState, viewer: Actor, now: number): WorkshopView {
  const room = viewer.role === 'participant' ? (state.seating.get(viewer.seatId) ?? null) : null;
  const isLeading = leads(viewer);
  return {
    workshop: state.id,
    forum: state.forumId,
    version: state.version,
    closed: state.closed,
    ...(state.frozen && { frozen: state.frozen }),
    script: stepLines(state).lines,
    step: stepView(state, room, now),
    me: {
      seatId: viewer.seatId,
      role: viewer.role,
      room: state.seating.get(viewer.seatId) ?? null,
      ...goesTo(state.step, viewer.seatId),
    },
    ...(isLeading && { turning: turningOf(state, now), planning: planningOf(state), mixing: mixingOf(state) }),
    rooms: state.rooms.map((room) => {
      const granted = access({ kind: 'board', room: room.id }, viewer, state, now);
      return {
        id: room.id,
        name: room.name,
        access: granted,
        ...(granted !== 'none' && { document: `board/${room.id}` }),
        seats: seatsByRoom(state.seating).get(room.id) ?? [],
        ...(isLeading && moreOf(state.step, room.id)),
      };
    }),
  };
}

function goesTo({ turn }: RunningStep, seat: SeatId): Pick<WorkshopView['me'], 'goesTo'> {
  const room = turn?.seats?.moves.get(seat);
  return turn && room !== undefined ? { goesTo: { room, at: turn.startsAt } } : {};
}

function stepView(state: WorkshopState, room: RoomId | null, now: number): StepView {
  const { step } = state;
  const { id, began, startedAt } = step;
  const index = stepLines(state).at;
  return {
    id,
    index,
    began,
    ...stepWords(state),
    startedAt,
    ...(roomsAt(state, now) ?? shownTime(step, endOf(step, room))),
  };
}

/** Where the turn takes no pens there is no sentence to finish. Not by who still moves: chairs are told apart from views. */
function roomsAt(state: WorkshopState, now: number): Pick<StepView, 'endsAt' | 'roomsAt'> | null {
  const { turn } = state.step;
  const to = turn?.seats && stepOf(state, turn.to);
  return turn && to && !takesPens(state, to, now) ? { endsAt: turn.startsAt, roomsAt: turn.startsAt } : null;
}

/** What a clock shows: before a turn the grace that people have until then. */
function shownTime({ turn, pausedAt }: RunningStep, end: number | null): Pick<StepView, 'endsAt' | 'left'> {
  if (turn) {
    const from = turn.startsAt - GRACE_MS;
    return { endsAt: end === null || pausedAt !== undefined ? from : Math.min(end, from) };
  }
  if (end === null || pausedAt === undefined) return { endsAt: end };
  return { endsAt: null, left: Math.max(0, end - pausedAt) };
}

function moreOf(step: RunningStep, room: RoomId): Pick<RoomView, 'more'> {
  const end = step.rooms?.get(room);
  return end === undefined || step.endsAt === null ? {} : { more: end - step.endsAt };
}

function turningOf(state: WorkshopState, now: number): TurningView {
  const { step, kept, plan } = state;
  const added = step.added?.findLast(({ isTakenBack }) => !isTakenBack);
  const way = (to: PlayableStep | undefined, left: number | null): WayView | null =>
    to ? { ...lineOf(to), step: to.id, ...asked(state, to), takesPens: takesPens(state, to, now), left } : null;
  const previous = neighbour(state, step.id, 'back');
  return {
    turn: step.turn ? turnView(step.turn) : null,
    added: added ? { version: added.version, minutes: added.minutes, room: added.room } : null,
    next: way(neighbour(state, step.id, 'next'), null),
    back: way(previous, (previous && kept?.get(previous.id)?.left) ?? null),
    before: step.before ?? null,
    plannedEnd: plan?.endsAt ?? null,
  };
}

function turnView({ to, startsAt, seats }: AnnouncedTurn): NonNullable<TurningView['turn']> {
  return { to, startsAt, ...(seats && { moves: seats.moves.size }) };
}

/**
 * Who goes back to a step stays where they sit: how they sat then can be had by hand. Not by who sits where: chairs are told apart from
 * views, and whether anybody moves the preview says.
 */
function asked(state: WorkshopState, to: PlayableStep): Pick<WayView, 'seating'> {
  const isBack = state.script.indexOf(to) < state.step.index;
  const seating = isBack || state.rooms.length < 2 || !seatsFor(state, to) ? null : seatingOf(to);
  return seating ? { seating } : {};
}

const lineOf = ({ kind, title }: PlayableStep): Pick<WayView, 'kind' | 'title'> => ({ kind, ...(title && { title }) });

function mixingOf({ mixing }: WorkshopState): WorkshopView['mixing'] {
  const last = mixing?.last;
  return { pinned: [...(mixing?.pinned ?? [])], mix: last && !last.isTakenBack ? last.version : null };
}

const rosters = new WeakMap<WorkshopState['seating'], ReadonlyMap<RoomId, readonly SeatId[]>>();

/** Once for each seating, however many look at it. */
function seatsByRoom(seating: WorkshopState['seating']): ReadonlyMap<RoomId, readonly SeatId[]> {
  const known = rosters.get(seating);
  if (known) return known;
  const rooms = new Map<RoomId, SeatId[]>();
  for (const [seat, room] of seating) {
    const seats = rooms.get(room);
    if (seats) seats.push(seat);
    else rooms.set(room, [seat]);
  }
  rosters.set(seating, rooms);
  return rooms;
}
