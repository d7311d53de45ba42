import { LIMITS } from '#domain/limits.ts';
import { neverBack } from '#server/clock.ts';

/** Of a hall: its tenth failure has to wait, and ten a minute are forgiven. */
const OF_A_HALL: Allowance = { free: LIMITS.codesFromPlace.most, forgivenAfter: 6_000 };
const LONGEST_WAIT = 60_000;
/** Addresses remembered at most; the ones that failed longest ago are forgotten first. */
const REMEMBERED = 10_000;

export interface Allowance {
  /** Failures without a wait. */
  readonly free: number;
  /** Milliseconds after which one failure is forgiven. */
  readonly forgivenAfter: number;
}

interface Failures {
  count: number;
  /** Up to when failures have been forgiven. */
  since: number;
  waitsUntil: number;
}

/**
 * Slows guessing without locking out a hall in which everybody shares one address: only failures count, some are forgiven in time, and
 * beyond those that are free the wait grows from 2 s to a minute. Kept in memory: a restart forgives.
 */
export class Tries {
  readonly #clock: () => number;
  readonly #allowance: Allowance;
  readonly #failures = new Map<string, Failures>();

  constructor(clock: () => number, allowance: Allowance = OF_A_HALL) {
    this.#clock = neverBack(clock);
    this.#allowance = allowance;
  }

  /** Seconds until the address may try again; 0: now. */
  wait(address: string): number {
    const known = this.#failures.get(address);
    return known ? Math.max(0, Math.ceil((known.waitsUntil - this.#clock()) / 1_000)) : 0;
  }

  /** Failures that are not forgiven yet. */
  failures(address: string): number {
    return this.#now(address).count;
  }

  failed(address: string): void {
    const { count, since } = this.#now(address);
    const beyond = count - this.#allowance.free;
    const waitsUntil = beyond < 0 ? 0 : this.#clock() + Math.min(LONGEST_WAIT, 2_000 * 2 ** beyond);
    this.#failures.delete(address);
    this.#failures.set(address, { count: count + 1, since, waitsUntil });
    if (this.#failures.size > REMEMBERED) this.#failures.delete(this.#failures.keys().next().value!);
  }

  /** Takes one failure back: it was none. */
  forgive(address: string): void {
    const { count, since, waitsUntil } = this.#now(address);
    if (count <= 1) this.#failures.delete(address);
    else
      this.#failures.set(address, {
        count: count - 1,
        since,
        waitsUntil: count > this.#allowance.free ? waitsUntil : 0,
      });
  }

  #now(address: string): Failures {
    const now = this.#clock();
    const known = this.#failures.get(address);
    if (!known) return { count: 0, since: now, waitsUntil: 0 };
    const { forgivenAfter } = this.#allowance;
    const forgiven = Math.max(0, Math.min(known.count, Math.floor((now - known.since) / forgivenAfter)));
    const count = known.count - forgiven;
    return { ...known, count, since: count === 0 ? now : known.since + forgiven * forgivenAfter };
  }
}
