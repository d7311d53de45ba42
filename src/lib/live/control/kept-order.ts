import type { RoomId } from '#domain/ids.ts';

const RENEWED = 10_000; // ms; a tile that moves while it is read is read again

export interface Wanted {
  readonly rooms: readonly RoomId[];
  /** The last call for help: a new one does not wait. */
  readonly call: number;
  /** Somebody's pointer or focus is in the tiles: nothing moves under it. */
  readonly isHeld: boolean;
}

/** The order in which tiles stand: that of need, renewed seldom enough to be read. */
export class KeptOrder {
  #rooms: readonly RoomId[] = [];
  #renewedAt = -Infinity;
  #call = -1;

  /** What is shown at this moment. A room that has just opened comes last until the order is renewed. */
  at(now: number, { rooms, call, isHeld }: Wanted): readonly RoomId[] {
    const isDue = now - this.#renewedAt >= RENEWED || call > this.#call;
    if (this.#rooms.length === 0 || (isDue && !isHeld)) {
      this.#renewedAt = now;
      this.#call = call;
      this.#rooms = rooms;
      return rooms;
    }
    const known = new Set(this.#rooms);
    return [...this.#rooms.filter((room) => rooms.includes(room)), ...rooms.filter((room) => !known.has(room))];
  }
}
