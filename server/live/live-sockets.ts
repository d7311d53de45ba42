import type { ForumId, SeatId, WorkshopId } from '#domain/ids.ts';
import type { LiveSocket } from './live-socket.ts';

/** The sockets that are open, by workshop, seat and forum. */
export class LiveSockets {
  readonly #ofWorkshop = new Map<WorkshopId, Set<LiveSocket>>();
  readonly #ofSeat = new Map<SeatId, Set<LiveSocket>>();

  add(socket: LiveSocket): void {
    addTo(this.#ofWorkshop, socket.data.workshop, socket);
    addTo(this.#ofSeat, socket.data.actor.seatId, socket);
  }

  remove(socket: LiveSocket): void {
    removeFrom(this.#ofWorkshop, socket.data.workshop, socket);
    removeFrom(this.#ofSeat, socket.data.actor.seatId, socket);
  }

  ofWorkshop(workshop: WorkshopId): Iterable<LiveSocket> {
    return this.#ofWorkshop.get(workshop) ?? [];
  }

  /** A list of its own: whoever reads it may disconnect them. */
  ofSeat(seat: SeatId): readonly LiveSocket[] {
    return [...(this.#ofSeat.get(seat) ?? [])];
  }

  *ofForum(forum: ForumId): Generator<LiveSocket> {
    for (const sockets of this.#ofWorkshop.values())
      for (const socket of sockets) if (socket.data.forum === forum) yield socket;
  }

  isEmpty(forum: ForumId): boolean {
    return this.ofForum(forum).next().done === true;
  }

  isNobodyIn(workshop: WorkshopId): boolean {
    return !this.#ofWorkshop.has(workshop);
  }

  presentIn(workshop: WorkshopId): Set<SeatId> {
    const seats = new Set<SeatId>();
    for (const { data } of this.ofWorkshop(workshop)) seats.add(data.actor.seatId);
    return seats;
  }
}

function addTo<Key>(sockets: Map<Key, Set<LiveSocket>>, key: Key, socket: LiveSocket): void {
  const known = sockets.get(key);
  if (known) known.add(socket);
  else sockets.set(key, new Set([socket]));
}

function removeFrom<Key>(sockets: Map<Key, Set<LiveSocket>>, key: Key, socket: LiveSocket): void {
  const known = sockets.get(key);
  known?.delete(socket);
  if (known?.size === 0) sockets.delete(key);
}
