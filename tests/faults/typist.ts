import type { SyncClient } from '../integration/sync-client.ts';
import type { Seeded } from './seeded.ts';

const PAUSE = 20; // ms at least between two edits of one person: the server slows down whoever sends 50 frames a second

interface Edit {
  readonly kind: 'add' | 'remove';
  readonly marker: string;
}

/** One person who adds markers and sometimes takes one back, and remembers in which order. */
export class Typist {
  readonly client: SyncClient;
  readonly #name: string;
  readonly #random: Seeded;
  readonly #edits: Edit[] = [];
  #timer: NodeJS.Timeout | null = null;

  constructor(client: SyncClient, name: string, random: Seeded) {
    this.client = client;
    this.#name = name;
    this.#random = random;
  }

  /** The first so many edits were acknowledged. */
  get acknowledged(): number {
    return this.#edits.length - this.client.acknowledgements.unsaved;
  }

  get markers(): string[] {
    return this.client.doc.getArray<string>('markers').toArray();
  }

  get removed(): string[] {
    return this.#edits.filter(({ kind }) => kind === 'remove').map(({ marker }) => marker);
  }

  /** Markers of others on this screen. */
  get seen(): string[] {
    return this.markers.filter((marker) => !this.#isOwn(marker));
  }

  type(): void {
    this.#timer = setTimeout(
      () => {
        this.#edit();
        this.type();
      },
      this.#random.between(PAUSE, 2 * PAUSE),
    );
  }

  rest(): void {
    if (this.#timer) clearTimeout(this.#timer);
  }

  /** What the disk contradicts: an acknowledged addition that is absent, an acknowledged removal that is not. */
  missingOn(disk: ReadonlySet<string>): string[] {
    const sure = this.#edits.slice(0, this.acknowledged);
    const removed = new Set(this.removed); // a removal that is on its way may be on disk already
    return sure
      .filter(({ kind, marker }) => (kind === 'add' ? !removed.has(marker) && !disk.has(marker) : disk.has(marker)))
      .map(({ kind, marker }) => `acknowledged ${kind} ${marker}`);
  }

  #isOwn(marker: string): boolean {
    return marker.startsWith(`${this.#name}-`);
  }

  #edit(): void {
    const array = this.client.doc.getArray<string>('markers');
    const own = this.#random.next() < 0.15 ? array.toArray().findIndex((marker) => this.#isOwn(marker)) : -1;
    if (own >= 0) {
      this.#edits.push({ kind: 'remove', marker: array.get(own) });
      array.delete(own);
      return;
    }
    const marker = `${this.#name}-${this.#edits.length}`;
    this.#edits.push({ kind: 'add', marker });
    array.insert(this.#random.between(0, array.length), [marker]);
  }
}
