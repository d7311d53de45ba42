import { leads } from '#domain/permissions/may.ts';
import type { RoomId, SeatId, WorkshopId } from '#domain/ids.ts';
import { isCall, type CallEvent } from '#domain/workshop/calls/events.ts';
import { hallCalls, ownCalls } from '#domain/workshop/calls/view.ts';
import type { WorkshopEvent } from '#domain/workshop/events.ts';
import { isQuestion } from '#domain/workshop/questions/events.ts';
import { isTalk } from '#domain/workshop/talk/events.ts';
import type { LiveSocket } from './live-socket.ts';
import type { LiveSockets } from './live-sockets.ts';
import { Telling } from './telling.ts';
import type { Workshops } from './workshops.ts';

interface Parts {
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
  readonly #telling: Telling<ReturnType<typeof hallCalls>>;
  readonly #told = new WeakMap<LiveSocket, { readonly calls: string; readonly hall: string }>();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#telling = new Telling({
      name: 'calls',
      audience: (workshop) => [...parts.sockets.ofWorkshop(workshop)].filter(({ data }) => leads(data.actor)),
      tell: (socket, halls) => this.#tell(socket, halls),
      connections: () => parts.connections(),
    });
  }

  changed(workshop: WorkshopId, events: readonly WorkshopEvent[]): void {
    const heard = events.filter((event) => !isTalk(event) && !isQuestion(event));
    for (const event of heard) {
      if (isCall(event)) this.#concerned(workshop, event);
      else if (event.kind === 'seatTaken' || event.kind === 'seatLeft') {
        this.#seats(workshop, event.seat);
      } else for (const socket of this.#parts.sockets.ofWorkshop(workshop)) this.#telling.socket(socket);
    }
    if (heard.length > 0) this.hall(workshop);
  }

  /** Who is here is another, and with it what is counted. */
  hall(workshop: WorkshopId): void {
    this.#telling.workshop(workshop);
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

  #tell(socket: LiveSocket, halls: Map<WorkshopId, ReturnType<typeof hallCalls>>): void {
    const { workshop, actor } = socket.data;
    const state = this.#parts.workshops.current(workshop);
    if (!state) return;
    const calls = actor.role === 'participant' ? ownCalls(state, actor.seatId) : null;
    let hall = null;
    if (leads(actor)) {
      hall = halls.get(workshop) ?? hallCalls(state, this.#parts.sockets.presentIn(workshop));
      halls.set(workshop, hall);
    }
    const before = this.#told.get(socket) ?? { calls: 'null', hall: 'null' };
    const now = { calls: JSON.stringify(calls), hall: JSON.stringify(hall) };
    this.#told.set(socket, now);
    if (now.calls !== before.calls) socket.emit('calls', calls);
    if (now.hall !== before.hall) socket.emit('hall', hall);
  }
}
