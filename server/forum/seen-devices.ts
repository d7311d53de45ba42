import { inBackground } from '#server/process/boundary.ts';
import type { Storage } from '#server/storage/ports/storage.ts';

const GATHERED_FOR = 1_000; // ms

interface Visit {
  /** Null: the browser did not say. */
  readonly name: string | null;
  /** When its token ends, where it has no end yet. */
  readonly expiresAt: number | null;
}

/**
 * Visits on their way to the list of devices, the only one that asks for them. Nobody waits for that at a door: a hall that arrives
 * is one commit, and a full disk keeps nobody from reading.
 */
export class SeenDevices {
  readonly #people: Pick<Storage['people'], 'seen'>;
  readonly #clock: () => number;
  #waiting = new Map<string, Visit>();
  #timer: NodeJS.Timeout | null = null;

  constructor(people: Pick<Storage['people'], 'seen'>, clock: () => number) {
    this.#people = people;
    this.#clock = clock;
  }

  note(hash: string, visit: Visit): void {
    this.#waiting.set(hash, visit);
    this.#timer ??= setTimeout(() => inBackground('visits were not noted', this.settle()), GATHERED_FOR).unref();
  }

  /** Resolves when the list has all of them, or storage would not take them: they are noted again another day. */
  async settle(): Promise<void> {
    this.close();
    const waiting = this.#waiting;
    this.#waiting = new Map();
    const alike = Map.groupBy(waiting.keys(), (hash) => JSON.stringify(waiting.get(hash)));
    for (const [visit, hashes] of alike) {
      const { name, expiresAt } = JSON.parse(visit) as Visit;
      await this.#people.seen(hashes, { at: this.#clock(), name, expiresAt }).catch(() => undefined);
    }
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
