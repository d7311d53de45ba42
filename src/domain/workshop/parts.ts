import type { Actor } from '../forum/seat.ts';
import type { ForumId, RoomId, SeatId, WorkshopId } from '../ids.ts';
import { access, type Access } from '../permissions/access.ts';
import { leads } from '../permissions/may.ts';
import { GRACE_MS } from '../script/grace.ts';
import { seatingOf } from '../script/seating-of.ts';
import { isSmallGroups, sizeOfGroups } from '../script/small-groups.ts';
import type { PlayableStep } from '../script/step.ts';
import { neighbour } from './decide-turns.ts';
import { groupsNow } from './groups/state.ts';
import { groupsIn, wroteInGroups, type GroupWritten, type RoomGroups } from './groups/view.ts';
import { hostOf } from './hosts.ts';
import { seatsFor } from './seats-for.ts';
import { screenOf, type ScreenSetting } from './screen.ts';
import type { AddedMinutes, AnnouncedTurn, Recall, Room, RunningStep, WorkshopState } from './state.ts';
import { boardInStep, endOf, groupInStep, stepOf, takesPens } from './time.ts';
import type { StepView, TurningView, WayView, WorkshopView } from './view.ts';
import { planningOf, stepLines, stepWords, type PlanningView, type StepLine } from './view-script.ts';

/** For everybody of a workshop: what happens, and its rooms with how many sit in each. */
export interface SharedPart {
  readonly workshop: WorkshopId;
  readonly forum: ForumId;
  readonly closed: boolean;
  readonly frozen: boolean;
  /** People choose where they sit. */
  readonly choosing: boolean;
  readonly recall: Recall | null;
  /** The steps that are run. `step.index` counts in them. */
  readonly script: readonly StepLine[];
  /** With everybody's time. */
  readonly step: StepView;
  /** What participants may do with their board now, in rooms that have no time of their own. */
  readonly board: 'read' | 'write';
  /** The same for the board of their group; null: people work in their rooms. */
  readonly groups: 'read' | 'write' | null;
  readonly rooms: readonly Room[];
  /** In the order of the rooms. */
  readonly seated: readonly number[];
}

type ShownTime = Pick<StepView, 'endsAt' | 'left' | 'roomsAt'>;

/** For those who sit in a room, and for whoever reads every board. */
export interface RoomPart {
  readonly id: RoomId;
  readonly seats: readonly SeatId[];
  readonly host?: SeatId;
  /** Where the room has more time than the others. `more`: milliseconds. */
  readonly own?: ShownTime & {
    readonly more: number;
    readonly board: 'read' | 'write';
    readonly groups: 'read' | 'write' | null;
  };
  /** Who works with whom. */
  readonly groups?: RoomGroups;
}

/** For one seat. */
export interface MinePart {
  readonly seatId: SeatId;
  readonly role: Actor['role'];
  readonly room: RoomId | null;
  /** What one may do with every room's board; null for whom it depends on the room that they sit in. */
  readonly boards: Access | null;
  /** Announced with the step that comes; until then one sits where one sat. */
  readonly goesTo?: { readonly room: RoomId; readonly at: number };
  /** Groups of other steps in which one wrote, the latest last. */
  readonly wrote?: readonly GroupWritten[];
}

/** For those who run the workshop. `mix`: the version with the last mix, while it can be taken back. */
export interface ControlPart {
  readonly turning: TurningView;
  readonly planning: PlanningView;
  readonly mixing: { readonly pinned: readonly SeatId[]; readonly mix: number | null };
  readonly screen: ScreenSetting;
}

/** For a screen on the wall: what it shows, numbers, and nobody. */
export interface ScreenPart extends ScreenSetting {
  readonly seated: number;
  /** How many of them are connected. */
  readonly here: number;
}

/** Everything that one viewer may know of a workshop, as it is told on the live channel. */
export interface Parts {
  readonly version: number;
  readonly shared: SharedPart;
  readonly mine: MinePart;
  readonly rooms: readonly RoomPart[];
  readonly control?: ControlPart;
}

/** THE privacy boundary: which parts a viewer is given. `now` decides whether a step's grace is over. */
export function partsFor(state: WorkshopState, viewer: Actor, now: number): Parts {
  const own = state.seating.get(viewer.seatId);
  const readsAll = viewer.role !== 'participant';
  return {
    version: state.version,
    shared: sharedPart(state, now),
    mine: minePart(state, viewer, now),
    rooms: state.rooms.filter(({ id }) => readsAll || id === own).map(({ id }) => roomPart(state, id, now)),
    ...(leads(viewer) && { control: controlPart(state, now) }),
  };
}

/** What a screen on the wall is given: nobody's seat but the one that it is. */
export function screenParts(state: WorkshopState, viewer: Actor, now: number): Parts {
  return {
    version: state.version,
    shared: sharedPart(state, now),
    mine: minePart(state, viewer, now),
    rooms: [],
  };
}

export function sharedPart(state: WorkshopState, now: number): SharedPart {
  const { lines, at } = stepLines(state);
  const { step } = state;
  const { id, began, startedAt } = step;
  const seats = seatsByRoom(state.seating);
  return {
    workshop: state.id,
    forum: state.forumId,
    closed: state.closed,
    frozen: state.frozen === true,
    choosing: state.choosing === true,
    recall: state.recall ?? null,
    script: lines,
    step: { id, index: at, began, ...stepWords(state), startedAt, ...shownTime(state, step.endsAt, now) },
    board: boardInStep(state, null, now),
    groups: groupsMay(state, null, now),
    rooms: state.rooms.map(({ id, name }) => ({ id, name })),
    seated: state.rooms.map((room) => seats.get(room.id)?.length ?? 0),
  };
}

export function roomPart(state: WorkshopState, id: RoomId, now: number): RoomPart {
  const { step } = state;
  const end = step.rooms?.get(id);
  const host = hostOf(state, id);
  const groups = groupsIn(state, id);
  const seats = seatsByRoom(state.seating).get(id) ?? [];
  const known = { id, seats, ...(host && { host }), ...(groups && { groups }) };
  if (end === undefined || step.endsAt === null) return known;
  const may = { board: boardInStep(state, id, now), groups: groupsMay(state, id, now) };
  return { ...known, own: { ...shownTime(state, endOf(step, id), now), more: end - step.endsAt, ...may } };
}

export function minePart(state: WorkshopState, { seatId, role }: Actor, now: number): MinePart {
  const [room] = state.rooms;
  const every = () => (room ? access({ kind: 'board', room: room.id }, { seatId, role }, state, now) : 'none');
  const boards = role === 'participant' ? null : every();
  const wrote = role === 'participant' ? wroteInGroups(state, seatId, now) : [];
  const mine = { seatId, role, room: state.seating.get(seatId) ?? null, boards, ...goesTo(state.step, seatId) };
  return wrote.length > 0 ? { ...mine, wrote } : mine;
}

const groupsMay = (state: WorkshopState, room: RoomId | null, now: number): 'read' | 'write' | null =>
  groupsNow(state) ? groupInStep(state, state.step.id, room, now) : null;

export const isSameMine = (one: MinePart, other: MinePart): boolean =>
  one.seatId === other.seatId &&
  one.role === other.role &&
  one.room === other.room &&
  one.boards === other.boards &&
  one.goesTo?.room === other.goesTo?.room &&
  one.goesTo?.at === other.goesTo?.at &&
  JSON.stringify(one.wrote) === JSON.stringify(other.wrote);

function goesTo({ turn }: RunningStep, seat: SeatId): Pick<MinePart, 'goesTo'> {
  const room = turn?.seats?.moves.get(seat);
  return turn && room !== undefined ? { goesTo: { room, at: turn.startsAt } } : {};
}

export function controlPart(state: WorkshopState, now: number): ControlPart {
  return {
    turning: turningOf(state, now),
    planning: planningOf(state),
    mixing: mixingOf(state),
    screen: screenOf(state),
  };
}

export function screenPart(state: WorkshopState, present: ReadonlySet<SeatId>): ScreenPart {
  const { seating } = state;
  let here = 0;
  for (const seat of seating.keys()) if (present.has(seat)) here += 1;
  return { ...screenOf(state), seated: seating.size, here };
}

/** What a clock shows: before a turn the grace that people have until then. */
function shownTime(state: WorkshopState, end: number | null, now: number): ShownTime {
  const { turn, pausedAt } = state.step;
  const rooms = roomsAt(state, now);
  if (rooms !== null) return { endsAt: rooms, roomsAt: rooms };
  if (turn) {
    const from = turn.startsAt - GRACE_MS;
    return { endsAt: end === null || pausedAt !== undefined ? from : Math.min(end, from) };
  }
  if (end === null || pausedAt === undefined) return { endsAt: end };
  return { endsAt: null, left: Math.max(0, end - pausedAt) };
}

/** Where the turn takes no pens there is no sentence to finish. Not by who still moves: chairs are told apart from steps. */
function roomsAt(state: WorkshopState, now: number): number | null {
  const { turn } = state.step;
  const to = turn?.seats && stepOf(state, turn.to);
  return turn && to && !takesPens(state, to, now) ? turn.startsAt : null;
}

function turningOf(state: WorkshopState, now: number): TurningView {
  const { step, kept, plan } = state;
  const added = step.added?.findLast(({ isTakenBack }) => !isTakenBack);
  const way = (to: PlayableStep | undefined, left: number | null): WayView | null =>
    to
      ? {
          ...lineOf(to),
          step: to.id,
          ...asked(state, to),
          ...groupsAsked(to),
          takesPens: takesPens(state, to, now),
          left,
        }
      : null;
  const previous = neighbour(state, step.id, 'back');
  return {
    turn: step.turn ? turnView(step.turn) : null,
    begun: { began: step.began, ...(step.by && { by: step.by }) },
    added: added ? addedView(added) : null,
    next: way(neighbour(state, step.id, 'next'), null),
    back: way(previous, (previous && kept?.get(previous.id)?.left) ?? null),
    before: step.before ?? null,
    plannedEnd: plan?.endsAt ?? null,
  };
}

function addedView({ isTakenBack: _, ...added }: AddedMinutes): NonNullable<TurningView['added']> {
  return added;
}

function turnView({ to, startsAt, seats, by }: AnnouncedTurn): NonNullable<TurningView['turn']> {
  return { to, startsAt, ...(by && { by }), ...(seats && { moves: seats.moves.size }) };
}

/**
 * Who goes back to a step stays where they sit: how they sat then can be had by hand. Not by who sits where: whether anybody moves the
 * preview says.
 */
function asked(state: WorkshopState, to: PlayableStep): Pick<WayView, 'seating'> {
  const isBack = state.script.indexOf(to) < state.step.index;
  const seating = isBack || state.rooms.length < 2 || !seatsFor(state, to) ? null : seatingOf(to);
  return seating ? { seating } : {};
}

function groupsAsked(to: PlayableStep): Pick<WayView, 'groups'> {
  const size = isSmallGroups(to) ? sizeOfGroups(to) : null;
  return size === null ? {} : { groups: size };
}

const lineOf = ({ kind, title }: PlayableStep): Pick<WayView, 'kind' | 'title'> => ({ kind, ...(title && { title }) });

function mixingOf({ mixing }: WorkshopState): NonNullable<WorkshopView['mixing']> {
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
