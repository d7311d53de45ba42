import { LIMITS } from '#domain/limits.ts';

const PER_SECOND = LIMITS.livePackets.most;
const BURST = 4 * PER_SECOND;

/** What one connection may send, of whatever kind and well formed or not. */
export class PacketCredits {
  readonly #clock: () => number;
  #left = BURST;
  #at: number;

  /** `clock` never goes back. */
  constructor(clock: () => number) {
    this.#clock = clock;
    this.#at = clock();
  }

  /** False: too many. */
  spend(): boolean {
    const now = this.#clock();
    this.#left = Math.min(BURST, this.#left + ((now - this.#at) / 1_000) * PER_SECOND);
    this.#at = now;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
