import type { ForumId, SeatId, WorkshopId } from '#domain/ids.ts';
import { guarded } from '#server/process/boundary.ts';

/** What has changed since it was last told. */
export interface Gathered {
  /** Who took a chair, changed it or left it. */
  readonly seats: ReadonlyMap<WorkshopId, ReadonlySet<SeatId>>;
  /** Whose names, or whose right to be named, came, changed or went. */
  readonly names: ReadonlyMap<ForumId, ReadonlySet<SeatId>>;
  /** Where somebody came or went. */
  readonly present: ReadonlySet<WorkshopId>;
}

const LEAST = 250; // ms; nobody sees a hall fill up faster
const EACH_SOCKET = 1; // ms: a thousand are told about eight hundred times a second, however many arrive

/** Gathers what arrivals change, so that what a hall of people costs grows with the people and not with their square. */
export class Gathering {
  readonly #tell: (gathered: Gathered) => void;
  readonly #sockets: () => number;
  #seats = new Map<WorkshopId, Set<SeatId>>();
  #names = new Map<ForumId, Set<SeatId>>();
  #present = new Set<WorkshopId>();
  #timer: NodeJS.Timeout | null = null;

  constructor(tell: (gathered: Gathered) => void, sockets: () => number) {
    this.#tell = guarded('arrivals were not told', tell);
    this.#sockets = sockets;
  }

  moved(workshop: WorkshopId, seat: SeatId): void {
    add(this.#seats, workshop, seat);
    this.#wait();
  }

  named(forum: ForumId, seat: SeatId): void {
    add(this.#names, forum, seat);
    this.#wait();
  }

  came(workshop: WorkshopId): void {
    this.#present.add(workshop);
    this.#wait();
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
  }

  #wait(): void {
    this.#timer ??= setTimeout(() => this.#flush(), LEAST + this.#sockets() * EACH_SOCKET).unref();
  }

  #flush(): void {
    const gathered = { seats: this.#seats, names: this.#names, present: this.#present };
    this.#timer = null;
    this.#seats = new Map();
    this.#names = new Map();
    this.#present = new Set();
    this.#tell(gathered);
  }
}

function add<Key>(seats: Map<Key, Set<SeatId>>, key: Key, seat: SeatId): void {
  const known = seats.get(key);
  if (known) known.add(seat);
  else seats.set(key, new Set([seat]));
}
