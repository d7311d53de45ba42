import { neverBack } from '#server/clock.ts';

/** The failure after which an address has to wait. */
const FIRST_WAIT = 10;
/** One failure is forgiven each: ten a minute. */
const FORGIVEN_AFTER = 6_000;
const LONGEST_WAIT = 60_000;
/** Addresses remembered at most; the ones that failed longest ago are forgotten first. */
const REMEMBERED = 10_000;

interface Failures {
  count: number;
  /** Up to when failures have been forgiven. */
  since: number;
  waitsUntil: number;
}

/**
 * Slows guessing without locking out a hall in which everybody shares one address: only failures count, ten a minute are
 * forgiven, and beyond that the wait grows from 2 s to a minute. Kept in memory: a restart forgives.
 */
export class Tries {
  readonly #clock: () => number;
  readonly #failures = new Map<string, Failures>();

  constructor(clock: () => number) {
    this.#clock = neverBack(clock);
  }

  /** Seconds until the address may try again; 0: now. */
  wait(address: string): number {
    const known = this.#failures.get(address);
    return known ? Math.max(0, Math.ceil((known.waitsUntil - this.#clock()) / 1_000)) : 0;
  }

  failed(address: string): void {
    const now = this.#clock();
    const known = this.#failures.get(address) ?? { count: 0, since: now, waitsUntil: 0 };
    const forgiven = Math.min(known.count, Math.floor((now - known.since) / FORGIVEN_AFTER));
    const count = known.count - forgiven + 1;
    const since = known.count === forgiven ? now : known.since + forgiven * FORGIVEN_AFTER;
    const beyond = count - FIRST_WAIT;
    const waitsUntil = beyond < 0 ? 0 : now + Math.min(LONGEST_WAIT, 2_000 * 2 ** beyond);
    this.#failures.delete(address);
    this.#failures.set(address, { count, since, waitsUntil });
    if (this.#failures.size > REMEMBERED) this.#failures.delete(this.#failures.keys().next().value!);
  }
}
