import type { Forum } from '#domain/forum/forum.ts';
import { seatsOf } from '#domain/forum/forum.ts';
import type { ForumId } from '#domain/ids.ts';
import { LIMITS } from '#domain/limits.ts';

const MINUTE = 60_000;
const BURST = LIMITS.joinsOfAddress.most;
/** Addresses remembered at most; the one that was longest without a newcomer is forgotten first. */
const ADDRESSES = 10_000;

/**
 * How many seats of a forum are taken, so that a newcomer is let in without everybody being counted; and how fast newcomers come
 * from one address. In memory: counted when first asked for, and kept by who adds and removes seats.
 */
export class Chairs {
  readonly #count: (forum: ForumId) => Promise<number>;
  readonly #clock: () => number;
  readonly #taken = new Map<ForumId, Promise<{ count: number }>>();
  readonly #arrivals = new Map<string, { left: number; at: number }>();

  constructor(count: (forum: ForumId) => Promise<number>, clock: () => number) {
    this.#count = count;
    this.#clock = clock;
  }

  /** True when the newcomer has a chair; it stays theirs until `free`. */
  async take(forum: Forum, address: string): Promise<boolean> {
    const taken = await this.#of(forum.id);
    if (taken.count >= seatsOf(forum) || !this.#arrives(`${forum.id} ${address}`)) return false;
    taken.count += 1;
    return true;
  }

  /** How many chairs nobody has. */
  async free(forum: Forum): Promise<number> {
    return Math.max(0, seatsOf(forum) - (await this.#of(forum.id)).count);
  }

  /** A seat came by another way than by `take`, or (−1) went. */
  async count(forum: ForumId, change: 1 | -1): Promise<void> {
    const known = this.#taken.get(forum);
    if (known) (await known).count += change;
  }

  /** Counted again the next time. */
  forget(forum: ForumId): void {
    this.#taken.delete(forum);
  }

  #of(forum: ForumId): Promise<{ count: number }> {
    const known = this.#taken.get(forum);
    if (known) return known;
    const counted = this.#count(forum).then((count) => ({ count }));
    this.#taken.set(forum, counted);
    counted.catch(() => this.#taken.get(forum) === counted && this.#taken.delete(forum));
    return counted;
  }

  #arrives(key: string): boolean {
    const now = this.#clock();
    const last = this.#arrivals.get(key);
    const passed = last ? Math.max(0, now - last.at) : 0; // a clock set back gives nothing and takes nothing
    const left = last ? Math.min(BURST, last.left + (passed / MINUTE) * BURST) : BURST;
    if (left < 1) return false;
    this.#arrivals.delete(key);
    this.#arrivals.set(key, { left: left - 1, at: now });
    if (this.#arrivals.size > ADDRESSES) this.#arrivals.delete(this.#arrivals.keys().next().value!);
    return true;
  }
}
