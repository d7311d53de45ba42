import { groupedWith } from '#domain/permissions/reads.ts';
import type { ForumId, SeatId } from '#domain/ids.ts';
import type { PersonAtTable } from '#protocol/live/down.ts';
import { isScreen } from './audience.ts';
import type { LiveFrames } from './live-frames.ts';
import type { LiveSocket } from './live-socket.ts';
import type { LiveSockets } from './live-sockets.ts';
import type { Roster } from './roster.ts';
import type { Rosters } from './rosters.ts';
import type { Workshops } from './workshops.ts';

interface Parts {
  readonly frames: LiveFrames;
  readonly sockets: LiveSockets;
  readonly rosters: Rosters;
  readonly workshops: Workshops;
}

/** Names, told to whom the read table gives them; that somebody went, to those who knew them: to others a seat is nothing. */
export class NamesNews {
  readonly #parts: Parts;
  /** Whose names each socket was told. */
  readonly #named = new WeakMap<LiveSocket, Set<SeatId>>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Everybody whom this socket may know. */
  async greet(socket: LiveSocket, roster: Roster): Promise<void> {
    if (isScreen(socket)) return;
    const put = await roster.namesFor(socket.data.actor);
    this.#named.set(socket, new Set(put.map(({ seatId }) => seatId)));
    socket.emit('people', { put, gone: [], whole: true });
  }

  /** To whom a name may be told depends on role, rooms and groups alone: each such kind of viewer is asked for once. */
  changed(forum: ForumId, changed: ReadonlySet<SeatId>): void {
    const roster = this.#parts.rosters.known(forum);
    if (!roster) return;
    const open = this.#parts.workshops.ofForum(forum);
    const areGrouped = open.some(({ groups }) => groups !== undefined);
    const readable = new Map<string, readonly PersonAtTable[]>();
    const alike = new Map<readonly PersonAtTable[], LiveSocket[]>();
    for (const socket of this.#parts.sockets.ofForum(forum)) {
      const named = this.#named.get(socket);
      if (!named) continue; // is greeted with all of them
      const { seatId, role } = socket.data.actor;
      const rooms = open.map(({ seating }) => seating.get(seatId) ?? '').join();
      const mates = areGrouped ? groupedWith(seatId, open) : undefined;
      const met = mates ? [...changed].filter((seat) => mates.has(seat)).join() : '';
      const kind = changed.has(seatId) ? seatId : `${role} ${rooms} ${met}`;
      const put = readable.get(kind) ?? roster.someFor(socket.data.actor, changed);
      readable.set(kind, put);
      const gone = [...changed].filter((seat) => named.has(seat) && !put.some((person) => person.seatId === seat));
      for (const seat of gone) named.delete(seat);
      for (const person of put) named.add(person.seatId);
      if (gone.length > 0) socket.emit('people', { put, gone });
      else if (put.length > 0) alike.set(put, [...(alike.get(put) ?? []), socket]);
    }
    for (const [put, sockets] of alike) this.#parts.frames.tell(sockets, 'people', { put, gone: [] });
  }
}
