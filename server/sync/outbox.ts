import { guarded } from '#server/process/boundary.ts';
import { encodeUpdate } from '#protocol/sync.ts';
import { joinUpdates } from '#protocol/update/join.ts';
import type { ScannedUpdate } from '#protocol/update/scan.ts';
import type { Author } from './journal.ts';
import type { Presence, PresenceNews } from './presence.ts';
import { framed } from './ws-frame.ts';

/** A connection as the outbox sees it. */
export interface Reader {
  /** Whole websocket frames, as `framed` makes them. */
  write(frames: Uint8Array): void;
}

interface Receivable {
  readonly author: Author;
  readonly frame: number;
}

interface Leaving {
  readonly edits: Uint8Array | null;
  readonly news: PresenceNews | null;
  readonly authors: Map<object, Receivable>;
  /** All edits are one reader's. */
  readonly isOwnOnly: boolean;
}

const PRESENCE_WINDOW = 30; // ms that cursors alone may wait

/**
 * What a document's readers are told: the edits of a commit and the cursors moved since the last one leave as one buffer, encoded once
 * and written to every socket. Receipts follow in the same write, so that an edit is never known as saved before it is shown.
 */
export class Outbox {
  readonly #readers: ReadonlySet<Reader>;
  readonly #presence: Presence;
  #updates: ScannedUpdate[] = [];
  #authors = new Map<object, Receivable>();
  /** Some edits have nobody who knows them already. */
  #isPartlyOrphaned = false;
  #seq = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(readers: ReadonlySet<Reader>, presence: Presence) {
    this.#readers = readers;
    this.#presence = presence;
  }

  /** A stored edit, the document's log being at `seq` now. `from`: whose it is and in which frame it came, for the receipt. */
  add(update: ScannedUpdate, from: Receivable | null, seq: number): void {
    this.#updates.push(update);
    if (from) this.#authors.set(from.author, from);
    else this.#isPartlyOrphaned = true;
    this.#seq = seq;
  }

  presenceChanged(): void {
    if (this.#presence.hasNews)
      this.#timer ??= setTimeout(
        guarded('cursors were not sent', () => this.flush()),
        PRESENCE_WINDOW,
      );
  }

  /** After the edits of a commit were added, or when cursors have waited long enough. */
  flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const authors = this.#authors;
    const isOwnOnly = authors.size === 1 && !this.#isPartlyOrphaned;
    const edits = this.#takeEdits();
    const news = this.#presence.hasNews ? this.#presence.takeNews() : null;
    const shared = joined([edits, news?.forOthers ?? null]);
    const [one, other, ...more] = new Set<object>([...authors.keys(), ...(news?.owners ?? [])]);
    const further = more.length > 0 ? new Set(more) : null; // two comparisons for each of a thousand readers are far cheaper than a look-up
    for (const reader of this.#readers) {
      if (reader === one || reader === other || further?.has(reader)) {
        this.#writeTo(reader, { edits, news, authors, isOwnOnly });
      } else if (shared) reader.write(shared);
    }
    // the server itself, and whoever has gone meanwhile
    for (const { author, frame } of authors.values()) author.receipt(frame, this.#seq);
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** To somebody who does not get what all others get: who wrote is told that it is stored, who moved is not told of it. */
  #writeTo(reader: Reader, { edits, news, authors, isOwnOnly }: Leaving): void {
    const own = authors.get(reader);
    authors.delete(reader);
    const presence = news?.owners.has(reader) ? framedOr(news.for(reader)) : (news?.forOthers ?? null);
    const frames = joined([
      own && isOwnOnly ? null : edits,
      presence,
      framedOr(own?.author.receipt(own.frame, this.#seq)),
    ]);
    if (frames) reader.write(frames);
  }

  #takeEdits(): Uint8Array | null {
    const updates = this.#updates;
    this.#updates = [];
    this.#authors = new Map();
    this.#isPartlyOrphaned = false;
    return updates.length > 0 ? framed(encodeUpdate(joinUpdates(updates))) : null;
  }
}

function framedOr(payload: Uint8Array | null | undefined): Uint8Array | null {
  return payload ? framed(payload) : null;
}

function joined(frames: readonly (Uint8Array | null)[]): Uint8Array | null {
  const present = frames.filter((frame) => frame !== null);
  return present.length > 1 ? Buffer.concat(present) : (present[0] ?? null);
}
