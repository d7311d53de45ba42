export interface SavedNow {
  readonly isOnline: boolean;
  /** Everything is at the server. */
  readonly isSaved: boolean;
  readonly unsaved: number;
}

export type SavedCall = 'lost' | 'waiting' | 'again' | 'back' | 'saved';

const LOST_AFTER = 3_000; // ms; hall Wi-Fi has gaps that nobody needs to know of
const WAITS_AFTER = 10_000; // ms; the server may be slow or have no disk
const SLOW = 5_000; // ms; who waited so long wants to hear that it is over
const CALM = 2_000; // ms without a letter; people who type are not told after every word
const SAVED_EVERY = 30_000; // ms

/** Tells what is to be said of the network and of what is saved, by what was seen before. */
export class SavedCalls {
  #wasOnline = false;
  #offlineSince: number | null = null;
  #unsavedSince: number | null = null;
  #savedSince: number | null = null;
  #slowest = 0;
  #isTold: 'nothing' | 'lost' | 'waiting' = 'nothing';
  #isFirst = true;
  #savedToldAt = -Infinity;

  see({ isOnline, isSaved, unsaved }: SavedNow, now: number): SavedCall | null {
    if (isOnline) {
      this.#wasOnline = true;
      this.#offlineSince = null;
    } else if (this.#wasOnline) this.#offlineSince ??= now;

    if (unsaved > 0) {
      this.#unsavedSince ??= now;
      this.#savedSince = null;
      this.#slowest = Math.max(this.#slowest, now - this.#unsavedSince);
    } else if (isSaved) {
      if (this.#unsavedSince !== null) this.#slowest = Math.max(this.#slowest, now - this.#unsavedSince);
      this.#savedSince ??= now;
      this.#unsavedSince = null;
    }
    return this.#isAway(now) ? this.#away(unsaved, now) : this.#here(isOnline, isSaved, now);
  }

  #isAway(now: number): boolean {
    const isLost = this.#offlineSince !== null && now - this.#offlineSince >= LOST_AFTER;
    return isLost || (this.#unsavedSince !== null && now - this.#unsavedSince >= WAITS_AFTER);
  }

  #away(unsaved: number, now: number): SavedCall | null {
    const isWaiting = unsaved > 0 && this.#unsavedSince !== null && now - this.#unsavedSince >= LOST_AFTER;
    if (isWaiting && this.#isTold !== 'waiting') return (this.#isTold = 'waiting');
    if (this.#offlineSince === null || this.#isTold !== 'nothing') return null;
    return (this.#isTold = 'lost');
  }

  #here(isOnline: boolean, isSaved: boolean, now: number): SavedCall | null {
    if (!isOnline) return null;
    if (this.#isTold !== 'nothing') {
      if (!isSaved) return null;
      const call = this.#isTold === 'waiting' ? 'again' : 'back';
      this.#forget(now);
      return call;
    }
    if (this.#savedSince === null || now - this.#savedSince < CALM || this.#slowest === 0) return null;
    const isWorthIt = this.#isFirst || (this.#slowest >= SLOW && now - this.#savedToldAt >= SAVED_EVERY);
    this.#slowest = 0;
    if (!isWorthIt) return null;
    this.#forget(now);
    return 'saved';
  }

  #forget(now: number): void {
    this.#isTold = 'nothing';
    this.#isFirst = false;
    this.#slowest = 0;
    this.#savedToldAt = now;
  }
}
