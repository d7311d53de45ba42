import type { RoomId, SeatId, WorkshopId } from '#domain/ids.ts';
import { isCall, type CallEvent } from '#domain/workshop/calls/events.ts';
import { hallCalls, ownCalls, type HallCalls, type OwnCalls } from '#domain/workshop/calls/view.ts';
import type { WorkshopEvent } from '#domain/workshop/events.ts';
import { isQuestion } from '#domain/workshop/questions/events.ts';
import type { WorkshopState } from '#domain/workshop/state.ts';
import { isReport } from '#domain/workshop/reports/events.ts';
import { isTalk } from '#domain/workshop/talk/events.ts';
import { Alike } from './alike.ts';
import { isLeading } from './audience.ts';
import type { LiveFrames } from './live-frames.ts';
import type { LiveSocket } from './live-socket.ts';
import type { LiveSockets } from './live-sockets.ts';
import { Telling } from './telling.ts';
import type { Workshops } from './workshops.ts';

interface Parts {
  readonly frames: LiveFrames;
  readonly sockets: LiveSockets;
  readonly workshops: Workshops;
  connections(): number;
}

/**
 * Calls, told to whom they concern and only where something differs from what was told before: to participants their own, to
 * those who run the workshop what comes from its rooms. Gathered.
 */
export class CallsNews {
  readonly #parts: Parts;
  readonly #telling: Telling<Gathered>;
  readonly #told = new WeakMap<LiveSocket, { readonly calls: string; readonly hall: string }>();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#telling = new Telling({
      name: 'calls',
      audience: (workshop) => [...parts.sockets.ofWorkshop(workshop)].filter(isLeading),
      begin: () => ({ halls: new Map(), calls: new Alike(), hall: new Alike() }),
      gather: (socket, gathered) => this.#gather(socket, gathered),
      tell: ({ calls, hall }) => {
        calls.tell((sockets, message) => parts.frames.tell(sockets, 'calls', message));
        hall.tell((sockets, message) => parts.frames.tell(sockets, 'hall', message));
      },
      connections: () => parts.connections(),
    });
  }

  /** `before`: what the events happened to. Whose seat is another is told by `soon`. */
  changed(workshop: WorkshopId, events: readonly WorkshopEvent[], before: WorkshopState | null): void {
    const heard = events.filter((event) => !isTalk(event) && !isQuestion(event) && !isReport(event));
    for (const event of heard) if (isCall(event)) this.#concerned(workshop, event);
    const now = this.#parts.workshops.current(workshop);
    const isOther = !now || !before || areCallsOthers(before, now);
    if (isOther && heard.some((event) => !isCall(event))) this.#room(workshop, null);
    if (heard.length > 0) this.hall(workshop);
  }

  /** Who is here is another, and with it what is counted. */
  hall(workshop: WorkshopId): void {
    this.#telling.workshop(workshop);
    for (const host of this.#parts.workshops.current(workshop)?.hosts?.values() ?? []) this.#seats(workshop, host);
  }

  /** Somebody has just come, or is another for this workshop. */
  soon(socket: LiveSocket): void {
    this.#telling.socket(socket);
  }

  close(): void {
    this.#telling.close();
  }

  #concerned(workshop: WorkshopId, event: CallEvent): void {
    switch (event.kind) {
      case 'paceTold':
      case 'broadcastRead':
        return this.#seats(workshop, event.seat);
      case 'broadcastSent':
        return this.#room(workshop, event.room ?? null);
      case 'broadcastTakenBack':
        return this.#room(workshop, null);
      default:
        return this.#room(workshop, event.room);
    }
  }

  #seats(workshop: WorkshopId, seat: SeatId): void {
    for (const socket of this.#parts.sockets.ofSeat(seat)) {
      if (socket.data.workshop === workshop) this.#telling.socket(socket);
    }
  }

  /** Null: all rooms. */
  #room(workshop: WorkshopId, room: RoomId | null): void {
    const seating = this.#parts.workshops.current(workshop)?.seating;
    for (const socket of this.#parts.sockets.ofWorkshop(workshop)) {
      if (room === null || seating?.get(socket.data.actor.seatId) === room) this.#telling.socket(socket);
    }
  }

  #gather(socket: LiveSocket, gathered: Gathered): void {
    const { workshop, actor } = socket.data;
    const state = this.#parts.workshops.current(workshop);
    if (!state) return;
    const calls =
      actor.role === 'participant'
        ? ownCalls(state, actor.seatId, () => this.#parts.sockets.presentIn(workshop))
        : null;
    let hall = null;
    if (isLeading(socket)) {
      hall = gathered.halls.get(workshop) ?? hallCalls(state, this.#parts.sockets.presentIn(workshop));
      gathered.halls.set(workshop, hall);
    }
    const before = this.#told.get(socket) ?? { calls: 'null', hall: 'null' };
    const now = { calls: JSON.stringify(calls), hall: JSON.stringify(hall) };
    this.#told.set(socket, now);
    if (now.calls !== before.calls) gathered.calls.add(socket, calls, now.calls);
    if (now.hall !== before.hall) gathered.hall.add(socket, hall, now.hall);
  }
}

/** A call goes with who called, a message with its step, and nobody calls in a closed workshop. */
const areCallsOthers = (before: WorkshopState, now: WorkshopState): boolean =>
  now.calls !== before.calls || now.hosts !== before.hosts || now.closed !== before.closed;

/** What is to be told to whom; `halls`: of each workshop, worked out once. */
interface Gathered {
  readonly halls: Map<WorkshopId, HallCalls>;
  readonly calls: Alike<OwnCalls | null>;
  readonly hall: Alike<HallCalls | null>;
}
