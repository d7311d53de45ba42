import type { SeatId } from '#domain/ids.ts';
import { guarded } from '#server/process/boundary.ts';
import type { OfferCounts } from './offers.ts';
import type { Peer } from './peer.ts';

/** Whose connections are open, and what became of the frames of all that ever were. */
export class Peers {
  readonly #open = new Set<Peer>();
  readonly #gone: OfferCounts = { taken: 0, refused: 0 };

  get size(): number {
    return this.#open.size;
  }

  get counts(): Readonly<OfferCounts> {
    const sum = { ...this.#gone };
    for (const { counts } of this.#open) {
      sum.taken += counts.taken;
      sum.refused += counts.refused;
    }
    return sum;
  }

  get seats(): ReadonlySet<SeatId> {
    return new Set([...this.#open].map(({ seat }) => seat));
  }

  add(peer: Peer): void {
    this.#open.add(peer);
  }

  remove(peer: Peer): void {
    this.#open.delete(peer);
    this.#gone.taken += peer.counts.taken;
    this.#gone.refused += peer.counts.refused;
  }

  [Symbol.iterator](): IterableIterator<Peer> {
    return this.#open.values();
  }

  /** One whose turn fails is cut off, and the others have theirs: whoever may no longer read must not stay because of a stranger. */
  forEach(what: string, act: (peer: Peer) => void): void {
    for (const peer of [...this.#open]) guarded(`a sync socket ${what}`, act, () => peer.terminate())(peer);
  }
}
