import type { ForumId, SeatId } from '#domain/ids.ts';
import { LIMITS } from '#domain/limits.ts';

export type Channel = 'sync' | 'live';
/** `crowded`: one too many for this seat, to be told so in words; `full`: none at all. */
export type Room = 'free' | 'crowded' | 'full';

/** Beyond what a seat may have, as many sockets as it takes to say so. */
const TO_BE_TOLD = 2;

/** A socket's place: taken before any work is done for it, given back when it is closed. */
export interface Place {
  /** Once it is known who comes. */
  sit(seat: SeatId, forum: ForumId, channel: Channel): Room;
  leave(): void;
}

/** Counts the sockets that are open, by who asks, so that nobody can have all of them. */
export class OpenSockets {
  readonly #counts = new Map<string, number>();

  /** Null: the server, or this address, has all it may. */
  take(address: string): Place | null {
    const taken: string[] = [];
    const add = (key: string) => {
      this.#counts.set(key, this.#of(key) + 1);
      taken.push(key);
    };
    const [server, from] = ['server', `address ${address}`];
    if (this.#of(server) >= LIMITS.socketsOfServer.most || this.#of(from) >= LIMITS.socketsOfAddress.most) return null;
    add(server);
    add(from);
    return {
      sit: (seat, forum, channel) => {
        if (taken.length === 0) return 'full'; // It was closed meanwhile.
        const [own, all] = [`${channel} ${seat}`, `forum ${forum}`];
        const most = LIMITS.socketsOfSeat.most;
        const open = this.#of(own);
        if (open >= most + TO_BE_TOLD || this.#of(all) >= LIMITS.socketsOfForum.most) return 'full';
        add(own);
        add(all);
        return open < most ? 'free' : 'crowded';
      },
      leave: () => {
        for (const key of taken.splice(0)) {
          const left = this.#of(key) - 1;
          if (left > 0) this.#counts.set(key, left);
          else this.#counts.delete(key);
        }
      },
    };
  }

  #of(key: string): number {
    return this.#counts.get(key) ?? 0;
  }
}
