import type { SeatId } from '#domain/ids.ts';
import { Credits } from './credits.ts';

const UPDATES = { perSecond: 200, burst: 2_000 };
const QUESTIONS = { perSecond: 10, burst: 80 };
const BYTES = { perSecond: 512_000, burst: 16_000_000 };
const ANSWERS = { perSecond: 2_000_000, burst: 64_000_000 }; // bytes: a large board some times over, for a phone that falls off the network
const FORGET_AFTER = 120_000; // ms; everything is earned back by then

/** What a seat may ask for over all its sockets; each socket has less of its own. */
export interface SeatBudget {
  readonly updates: Credits;
  readonly questions: Credits;
  readonly bytes: Credits;
  /** Bytes that the server sends because it was asked. */
  readonly answers: Credits;
  /** Bytes that were stored, where the rules say how many a minute. */
  readonly stored: Credits;
}

/** Outlives the sockets, so that coming back brings nothing. */
export class SeatBudgets {
  readonly #clock: () => number;
  readonly #seats = new Map<SeatId, { readonly budget: SeatBudget; usedAt: number }>();

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  of(seat: SeatId, storedPerMinute: number): SeatBudget {
    const now = this.#clock();
    const known = this.#seats.get(seat);
    if (known) {
      known.usedAt = now;
      return known.budget;
    }
    const stored = { perSecond: storedPerMinute / 60, burst: 4 * storedPerMinute };
    const budget = {
      updates: new Credits(UPDATES, now),
      questions: new Credits(QUESTIONS, now),
      bytes: new Credits(BYTES, now),
      answers: new Credits(ANSWERS, now),
      stored: new Credits(stored, now),
    };
    this.#seats.set(seat, { budget, usedAt: now });
    return budget;
  }

  /** `present`: seats that have a socket. */
  forget(present: ReadonlySet<SeatId>): void {
    const before = this.#clock() - FORGET_AFTER;
    for (const [seat, entry] of this.#seats) {
      if (present.has(seat)) entry.usedAt = this.#clock();
      else if (entry.usedAt < before || entry.usedAt > this.#clock()) this.#seats.delete(seat);
    }
  }
}
