import type { Actor } from '../forum/seat.ts';
import type { ForumId, RoomId, SeatId, StepId, WorkshopId } from '../ids.ts';
import { access } from '../permissions/access.ts';
import { MINUTE, type Script } from '../script/step.ts';
import type { WorkshopCommand } from './commands.ts';
import { decide } from './decide.ts';
import type { WorkshopEvent } from './events.ts';
import { fold } from './evolve.ts';
import { view } from './view.ts';

export const GRACE = 30_000;
export const NOW = 1_000_000;
const id = <T extends string>(text: string) => text as T;
export const [ARRIVE, FIRST, SECOND, LAST] = ['arrive', 'first', 'second', 'last'].map((name) => name as StepId) as [
  StepId,
  StepId,
  StepId,
  StepId,
];
export const [NORTH, SOUTH] = [id<RoomId>('north'), id<RoomId>('south')];
export const host: Actor = { seatId: id<SeatId>('host'), role: 'facilitator' };
export const other: Actor = { seatId: id<SeatId>('other'), role: 'facilitator' };
export const aida: Actor = { seatId: id<SeatId>('aida'), role: 'participant' };
export const bolot: Actor = { seatId: id<SeatId>('bolot'), role: 'participant' };

const SCRIPT: Script = [
  { id: ARRIVE, kind: 'arrive', minutes: null },
  { id: FIRST, kind: 'writeTogether', minutes: 20 },
  { id: SECOND, kind: 'writeTogether', minutes: 10 },
  { id: LAST, kind: 'close', minutes: null },
];
const BEGINNING: readonly WorkshopEvent[] = [
  {
    kind: 'workshopOpened',
    workshop: id<WorkshopId>('w'),
    forum: id<ForumId>('f'),
    script: SCRIPT,
    rooms: [NORTH, SOUTH].map((room) => ({ id: room, name: room })),
    at: NOW,
  },
  { kind: 'seatTaken', seat: aida.seatId, room: NORTH, at: NOW },
  { kind: 'seatTaken', seat: bolot.seatId, room: SOUTH, at: NOW },
];

/** A workshop that goes on by commands alone, each at its minute. */
export class Played {
  state = fold(null, BEGINNING)!;
  events: readonly WorkshopEvent[] = BEGINNING;

  ask(command: WorkshopCommand, minute = 0, by = host) {
    const decision = decide(this.state, command, by, NOW + minute * MINUTE);
    if (!decision.ok) return decision.refusal;
    this.add(decision.value);
    return decision.value;
  }
  add(events: readonly WorkshopEvent[]): void {
    this.state = fold(this.state, events)!;
    this.events = [...this.events, ...events];
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

export const writing = () => {
  const played = new Played();
  played.next(ARRIVE);
  return played;
};
export const half = 0.5; // of a minute: the grace
