import type { WorkshopId } from '#domain/ids.ts';
import { guarded } from '#server/process/boundary.ts';

const LONGEST_WAIT = 5_000; // ms; timers stand still while the machine sleeps, deadlines do not

/** One timer for each workshop: says when the next moment has come at which something in it changes by itself. */
export class Deadlines {
  readonly #timers = new Map<WorkshopId, NodeJS.Timeout>();
  readonly #clock: () => number;
  readonly #passed: (workshop: WorkshopId) => void;

  constructor(clock: () => number, passed: (workshop: WorkshopId) => void) {
    this.#clock = clock;
    this.#passed = passed;
  }

  /** Replaces the workshop's moment; null takes it back. One that has come already is announced at once, in a turn of its own. */
  set(workshop: WorkshopId, moment: number | null): void {
    clearTimeout(this.#timers.get(workshop));
    this.#timers.delete(workshop);
    if (moment !== null) this.#wait(workshop, moment);
  }

  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  #wait(workshop: WorkshopId, moment: number): void {
    const timer = setTimeout(
      guarded('a deadline passed', () => {
        this.#timers.delete(workshop);
        if (this.#clock() < moment) this.#wait(workshop, moment);
        else this.#passed(workshop);
      }),
      Math.min(Math.max(moment - this.#clock(), 1), LONGEST_WAIT),
    );
    timer.unref();
    this.#timers.set(workshop, timer);
  }
}
