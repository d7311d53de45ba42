import { leads } from '#domain/permissions/may.ts';
import type { RoomId, SeatId, WorkshopId } from '#domain/ids.ts';
import { isCall, type CallEvent } from '#domain/workshop/calls/events.ts';
import { hallCalls, ownCalls } from '#domain/workshop/calls/view.ts';
import type { WorkshopEvent } from '#domain/workshop/events.ts';
import { isQuestion } from '#domain/workshop/questions/events.ts';
import { isTalk } from '#domain/workshop/talk/events.ts';
import { guarded } from '#server/process/boundary.ts';
import type { LiveSocket } from './live-socket.ts';
import type { LiveSockets } from './live-sockets.ts';
import type { Workshops } from './workshops.ts';

const LEAST = 100; // ms; a room full of people who press at once is one message
const EACH_SOCKET = 1; // ms
const MOST = 1_000; // ms: who opens thousands of connections makes nobody wait for theirs

interface Parts {
  readonly sockets: LiveSockets;
  readonly workshops: Workshops;
  connections(): number;
}

/**
 * Calls, told to whom they concern and only where something differs from what was told before: to participants their own, to
 * those who run the workshop what comes from its rooms. Gathered, so that a hall in which everybody presses costs a few messages.
 */
export class CallsNews {
  readonly #parts: Parts;
  readonly #sockets = new Set<LiveSocket>();
  readonly #halls = new Set<WorkshopId>();
  readonly #told = new WeakMap<LiveSocket, { readonly calls: string; readonly hall: string }>();
  #timer: NodeJS.Timeout | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  changed(workshop: WorkshopId, events: readonly WorkshopEvent[]): void {
    const heard = events.filter((event) => !isTalk(event) && !isQuestion(event));
    for (const event of heard) {
      if (isCall(event)) this.#concerned(workshop, event);
      else if (event.kind === 'seatTaken' || event.kind === 'seatLeft') {
        this.#seats(workshop, event.seat);
      } else for (const socket of this.#parts.sockets.ofWorkshop(workshop)) this.#sockets.add(socket);
    }
    if (heard.length > 0) this.hall(workshop);
  }

  /** Who is here is another, and with it what is counted. */
  hall(workshop: WorkshopId): void {
    this.#halls.add(workshop);
    this.#wait();
  }

  /** Somebody has just come, or is another for this workshop. */
  soon(socket: LiveSocket): void {
    this.#sockets.add(socket);
    this.#wait();
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
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
      if (socket.data.workshop === workshop) this.#sockets.add(socket);
    }
  }

  /** Null: all rooms. */
  #room(workshop: WorkshopId, room: RoomId | null): void {
    const seating = this.#parts.workshops.current(workshop)?.seating;
    for (const socket of this.#parts.sockets.ofWorkshop(workshop)) {
      if (room === null || seating?.get(socket.data.actor.seatId) === room) this.#sockets.add(socket);
    }
  }

  #wait(): void {
    const ms = Math.min(LEAST + this.#parts.connections() * EACH_SOCKET, MOST);
    this.#timer ??= setTimeout(
      guarded('calls were not told', () => this.#flush()),
      ms,
    ).unref();
  }

  #flush(): void {
    this.#timer = null;
    const sockets = new Set(this.#sockets);
    for (const workshop of this.#halls) {
      for (const socket of this.#parts.sockets.ofWorkshop(workshop)) if (leads(socket.data.actor)) sockets.add(socket);
    }
    this.#sockets.clear();
    this.#halls.clear();
    const halls = new Map<WorkshopId, ReturnType<typeof hallCalls>>();
    const send = guarded(
      'calls were not sent',
      (socket: LiveSocket) => this.#send(socket, halls),
      (socket) => socket.conn.close(),
    );
    for (const socket of sockets) if (socket.connected) send(socket);
  }

  #send(socket: LiveSocket, halls: Map<WorkshopId, ReturnType<typeof hallCalls>>): void {
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
