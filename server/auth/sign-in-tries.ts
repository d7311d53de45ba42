import { LIMITS } from '#domain/limits.ts';
import { addressGroup } from '#server/http/client-address.ts';
import type { Rank } from './passwords.ts';
import { Tries } from './tries.ts';

/** Who tries to sign in. */
export interface SignInTry {
  /** As typed, in lower case. */
  readonly email: string;
  /** Whether there is an account of that address: its counter must not be pushed out of memory by made-up ones. */
  readonly isAccount: boolean;
  readonly address: string;
  /** Hash of the mark of a device from which somebody signed in to this account before; null: no such device. */
  readonly knownDevice: string | null;
}

const OF_PAIR = { free: LIMITS.guessesFromPlace.most, forgivenAfter: 6_000 };
const OF_ADDRESS = { free: LIMITS.failuresFromPlace.most, forgivenAfter: 2_000 };
/** From all addresses together. */
const OF_ACCOUNT = { free: LIMITS.guessesAtAccount.most, forgivenAfter: 6_000 };
const OF_KNOWN_DEVICE = { free: LIMITS.guessesOnKnownDevice.most, forgivenAfter: 6_000 };
/** While others guess at an account, a place that has failed less often at it is let through … */
const OF_NEWCOMER = { free: 2, forgivenAfter: 3_600_000 };
/** … as long as not more than so many of these have failed within the day, about. */
const OF_NEWCOMERS = { free: 500, forgivenAfter: 180_000 };

/**
 * Who may have a password checked now. Every try counts as failed until it is known to be right, so that a thousand at once are not more than
 * their number. Guesses are counted for each account and address together, for each address, and for each account; who guesses
 * from a hundred addresses at one account gets no further than somebody from one. None of it keeps a known device out: that has a
 * counter of its own, so that the owner gets in while others guess, from the same proxy too.
 */
export class SignInTries {
  readonly #pairs: Tries;
  readonly #addresses: Tries;
  readonly #accounts: Tries;
  /** Beside `#accounts`, with the same numbers: the answer must not tell which addresses are known here. */
  readonly #unknown: Tries;
  readonly #newcomers: Tries;
  /** As `#pairs`, and much slower to forgive: who comes once an hour is new, who comes every six seconds is not. */
  readonly #places: Tries;
  readonly #devices: Tries;

  constructor(clock: () => number) {
    this.#pairs = new Tries(clock, OF_PAIR);
    this.#addresses = new Tries(clock, OF_ADDRESS);
    this.#accounts = new Tries(clock, OF_ACCOUNT);
    this.#unknown = new Tries(clock, OF_ACCOUNT);
    this.#places = new Tries(clock, OF_NEWCOMER);
    this.#newcomers = new Tries(clock, OF_NEWCOMERS);
    this.#devices = new Tries(clock, OF_KNOWN_DEVICE);
  }

  /** Seconds that somebody without a known device has to wait in any case, before anything is looked up; 0: `begin` decides. */
  wait(email: string, from: string): number {
    const address = addressGroup(from);
    const pair = `${email} ${address}`;
    const own = Math.max(this.#pairs.wait(pair), this.#addresses.wait(address));
    if (own > 0 || this.#places.failures(pair) < OF_NEWCOMER.free) return own;
    return Math.max(this.#accounts.wait(email), this.#unknown.wait(email));
  }

  /** Seconds to wait, or the counted try: `right` takes it back. */
  begin(one: SignInTry): { readonly seconds: number } | { readonly rank: Rank; right(): void; unchecked(): void } {
    if (one.knownDevice !== null) return this.#counted('known', [[this.#devices, one.knownDevice]]);
    const address = addressGroup(one.address);
    const pair = `${one.email} ${address}`;
    const accounts = one.isAccount ? this.#accounts : this.#unknown;
    const rank = this.#addresses.failures(address) === 0 ? 'fresh' : 'other';
    const everywhere: Counters = [
      [this.#pairs, pair],
      [this.#addresses, address],
    ];
    if (accounts.wait(one.email) === 0) return this.#counted(rank, [...everywhere, [accounts, one.email]], pair);
    if (this.#places.failures(pair) >= OF_NEWCOMER.free) return { seconds: accounts.wait(one.email) };
    return this.#counted(rank, [...everywhere, [this.#newcomers, one.email]], pair);
  }

  #counted(rank: Rank, counters: Counters, place?: string) {
    const seconds = Math.max(...counters.map(([tries, key]) => tries.wait(key)));
    if (seconds > 0) return { seconds };
    const counted: Counters = place === undefined ? counters : [...counters, [this.#places, place]];
    for (const [tries, key] of counted) tries.failed(key);
    const takeBack = () => counted.forEach(([tries, key]) => tries.forgive(key));
    return { rank, right: takeBack, unchecked: takeBack };
  }
}

type Counters = readonly (readonly [Tries, string])[];
