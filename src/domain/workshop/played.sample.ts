import type { Actor, Role } from '../forum/seat.ts';
import type { ForumId, RoomId, SeatId, StepId, WorkshopId } from '../ids.ts';
import { access } from '../permissions/access.ts';
import { MINUTE, type Script, type Step } from '../script/step.ts';
import type { WorkshopCommand } from './commands.ts';
import { decide, type Known } from './decide.ts';
import type { WorkshopEvent } from './events.ts';
import { fold } from './evolve.ts';
import { toStore, upcast, type StoredEvent } from './upcast.ts';
import { view } from './view.ts';

export const GRACE = 30_000;
export const NOW = 1_000_000;
export const id = <T extends string>(text: string) => text as T;
export const actor = (name: string, role: Role = 'participant'): Actor => ({ seatId: id<SeatId>(name), role });
export const [ARRIVE, FIRST, SECOND, LAST] = ['arrive', 'first', 'second', 'last'].map((name) => name as StepId) as [
  StepId,
  StepId,
  StepId,
  StepId,
];
export const [NORTH, SOUTH] = [id<RoomId>('north'), id<RoomId>('south')];
export const [host, other] = [actor('host', 'facilitator'), actor('other', 'facilitator')];
export const [aida, azat, bolot] = [actor('aida'), actor('azat'), actor('bolot')];
/** Sits nowhere yet. */
export const late = actor('late');

const SCRIPT: Script = [
  { id: ARRIVE, kind: 'arrive', minutes: null },
  { id: FIRST, kind: 'writeTogether', minutes: 20 },
  { id: SECOND, kind: 'writeTogether', minutes: 10 },
  { id: LAST, kind: 'close', minutes: null },
];
const SEATS: readonly (readonly [SeatId, RoomId])[] = [
  [aida.seatId, NORTH],
  [azat.seatId, NORTH],
  [bolot.seatId, SOUTH],
];

/** A workshop with two rooms that goes on by commands. */
export class Given {
  state;
  events: readonly WorkshopEvent[];

  constructor(script: Script, seats = SEATS) {
    this.events = [
      {
        kind: 'workshopOpened',
        workshop: id<WorkshopId>('w'),
        forum: id<ForumId>('f'),
        script,
        rooms: [NORTH, SOUTH].map((room) => ({ id: room, name: room })),
        at: NOW,
      },
      ...seats.map(([seat, room]) => ({ kind: 'seatTaken', seat, room, at: NOW }) as const),
    ];
    this.state = fold(null, this.events)!;
  }

  when(command: WorkshopCommand, by: Actor, at: number, known?: Known) {
    const decision = decide(this.state, command, by, at, known);
    if (decision.ok) this.add(decision.value);
    return decision;
  }
  add(events: readonly WorkshopEvent[]): void {
    this.state = fold(this.state, events)!;
    this.events = [...this.events, ...events];
  }
  get stored() {
    return this.events.map((event) => JSON.parse(JSON.stringify(toStore(event))) as StoredEvent);
  }
  /** As a server that has just started knows it. */
  get afterRestart() {
    return fold(null, this.stored.map(upcast))!;
  }
}

/** Two steps in which people write, each command at its minute. */
export class Played extends Given {
  constructor() {
    super(SCRIPT);
  }
  ask(command: WorkshopCommand, minute = 0, by = host) {
    const decision = this.when(command, by, NOW + minute * MINUTE);
    return decision.ok ? decision.value : decision.refusal;
  }
  next(from: StepId, minute = 0, by = host) {
    return this.ask({ kind: 'next', from }, minute, by);
  }
  /** Milliseconds that somebody's clock shows at a minute. */
  left(minute: number, by = host): number | null {
    const { step } = view(this.state, by, NOW + minute * MINUTE);
    return step.left ?? (step.endsAt === null ? null : step.endsAt - NOW - minute * MINUTE);
  }
  writes(who: Actor, minute: number): boolean {
    const room = this.state.seating.get(who.seatId)!;
    return access({ kind: 'board', room }, who, this.state, NOW + minute * MINUTE) === 'write';
  }
}

/** One step that has begun and what comes after it, each command at the moment that the clock shows; what comes of it is told by its kinds. */
export class RunningStep extends Given {
  now = NOW;

  constructor(step: Step, ...later: Step[]) {
    super([{ id: ARRIVE, kind: 'arrive', minutes: null }, step, { id: LAST, kind: 'close', minutes: null }, ...later]);
    this.ask({ kind: 'next', from: ARRIVE });
  }
  ask(command: WorkshopCommand, by = host) {
    const decision = this.when(command, by, this.now);
    return decision.ok ? decision.value.map(({ kind }) => kind) : decision.refusal;
  }
}

export const writing = () => {
  const played = new Played();
  played.next(ARRIVE);
  return played;
};
export const half = 0.5; // of a minute: the grace
