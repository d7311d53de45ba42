import type { WorkshopId } from '#domain/ids.ts';
import { graceEndsAt } from '#domain/script/allows.ts';
import { guarded } from '#server/process/boundary.ts';

const LONGEST_WAIT = 5_000; // ms; timers stand still while the machine sleeps, deadlines do not

/** Says when a timed step's grace is over: nothing is stored then, but what the step allows has changed. */
export class Deadlines {
  readonly #timers = new Map<WorkshopId, NodeJS.Timeout>();
  readonly #clock: () => number;
  readonly #passed: (workshop: WorkshopId) => void;

  constructor(clock: () => number, passed: (workshop: WorkshopId) => void) {
    this.#clock = clock;
    this.#passed = passed;
  }

  /** Replaces the workshop's deadline; null takes it back. One that has passed already needs no announcement. */
  set(workshop: WorkshopId, endsAt: number | null): void {
    clearTimeout(this.#timers.get(workshop));
    this.#timers.delete(workshop);
    const end = graceEndsAt(endsAt);
    if (end !== null && end > this.#clock()) this.#wait(workshop, end);
  }

  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  #wait(workshop: WorkshopId, end: number): void {
    const timer = setTimeout(
      guarded('a deadline passed', () => {
        this.#timers.delete(workshop);
        if (this.#clock() < end) this.#wait(workshop, end);
        else this.#passed(workshop);
      }),
      Math.min(Math.max(end - this.#clock(), 1), LONGEST_WAIT),
    );
    timer.unref();
    this.#timers.set(workshop, timer);
  }
}
