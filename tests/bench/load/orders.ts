import type { Dialect } from './person.ts';
import type { LoadFigures } from './tally.ts';

/** Somebody who will come: where to, and with which seat. */
export interface Guest {
  readonly url: string;
  readonly document: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Arrival {
  readonly guests: readonly Guest[];
  readonly dialect: Dialect;
  /** Guests a second; they are let in as fast as they are served, never faster. Null: all within `within`. */
  readonly within: number | null;
  /** Most come in the middle of that time, as when somebody says “now”; otherwise at any moment alike. */
  readonly isWave: boolean;
  /** Of each board's guests, how many will type. */
  readonly writersPerBoard: number;
  readonly cursors: boolean;
  /** Whether everybody announces a presence and repeats it every 15 s. */
  readonly presence: boolean;
  /** What the boards hold already: clock by clientID. */
  readonly present: Readonly<Record<string, number>>;
}

export interface Times {
  readonly p50: number;
  readonly p99: number;
  readonly missing: number;
}

/** What the process that runs the benchmark may ask of the process that is the load. */
export interface Orders {
  arrive(arrival: Arrival): { synced: Times; whole: Times };
  /** Every writer types so many characters a second; 0: rests. */
  type(perSecond: number): void;
  mark(): void;
  figures(): LoadFigures;
  /** Resolves when everybody has everything, or when nothing came for `quiet` ms. Answers how many edits are missing at somebody. */
  drain(quiet: number): number;
  /** What a newcomer lacks of all that was sent (`all`), or of what others had seen or the server had acknowledged (`known`). */
  lost(newcomers: { guests: readonly Guest[]; dialect: Dialect; what: 'all' | 'known' }): { lost: number; of: number };
  /** Connections that the server ended. */
  dropped(): { count: number; why: string | null };
}
